// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/server/snippets.h"

#include "widgets/common/shellword.h"

namespace quarry::widgets {

namespace {

// As a text of Python.
QString pythonText(QString word)
{
    word.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\""));
    return u'"' + word + u'"';
}

QString authorization(const QString &tokenFile)
{
    return tokenFile.isEmpty()
        ? QString()
        : QStringLiteral(" \\\n  -H \"Authorization: Bearer $(cat %1)\"").arg(shellWord(tokenFile));
}

} // namespace

QString pythonSnippet(const QString &address, const QString &tokenFile)
{
    QString code = QStringLiteral("import asyncio\n"
                                  "from rock.actions import Command\n"
                                  "from rock.sdk.sandbox.client import Sandbox\n"
                                  "from rock.sdk.sandbox.config import SandboxConfig\n\n"
                                  "async def main():\n"
                                  "    box = Sandbox(SandboxConfig(\n"
                                  "        image=\"host\",\n        base_url=%1")
                       .arg(pythonText(address));
    if (!tokenFile.isEmpty())
        code += QStringLiteral(",\n        xrl_authorization=open(%1).read().strip()")
                    .arg(pythonText(tokenFile));
    return code
        + QStringLiteral("))\n"
                         "    await box.start()\n"
                         "    done = await box.execute(Command(command=[\"id\"]))\n"
                         "    print(done.stdout)\n"
                         "    await box.stop()\n\n"
                         "asyncio.run(main())");
}

QString curlSnippet(const QString &address, const QString &tokenFile)
{
    return QStringLiteral("curl %1/api/quarry/v1/sandboxes").arg(shellWord(address))
        + authorization(tokenFile)
        + QStringLiteral(" \\\n  -H 'Content-Type: application/json' -d '{\"image\": \"host\"}'");
}

QString shellSnippet(const QString &dataFolder)
{
    return QStringLiteral("quarry sandbox start --image host --data %1").arg(shellWord(dataFolder));
}

} // namespace quarry::widgets
