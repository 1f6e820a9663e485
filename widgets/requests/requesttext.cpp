// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/requests/requesttext.h"

#include "widgets/common/format.h"
#include "widgets/common/shellword.h"
#include "widgets/models/servercontrol.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QStringDecoder>

namespace quarry::widgets {

namespace {

struct Requests {
    Q_DECLARE_TR_FUNCTIONS(Requests)
};

constexpr QChar symbols(0x2400); // of the control characters

// Lines and tabs stay; other control characters become their symbols.
QString visible(QString text)
{
    for (QChar &c : text) {
        if (c.unicode() < 0x20 && c != u'\n' && c != u'\t')
            c = QChar(symbols.unicode() + c.unicode());
        else if (c.unicode() == 0x7f)
            c = QChar(0x2421);
    }
    return text;
}

// A body that was cut may end within a character.
QString decoded(const QByteArray &bytes, bool cut, bool &isText)
{
    for (qsizetype spare = 0; spare <= (cut ? 3 : 0); ++spare) {
        QStringDecoder decoder(QStringDecoder::Utf8);
        const QString text = decoder(QByteArrayView(bytes).chopped(std::min(spare, bytes.size())));
        isText = !decoder.hasError() && !text.isEmpty() && !text.contains(QChar(0));
        if (isText)
            return text;
    }
    return {};
}

} // namespace

QString redacted(const QString &text)
{
    static const QString words = QStringLiteral(
        "(?:token|secret|passw|authoriz|api[-_]?key|private[-_]?key|access[-_]?key|cookie|"
        "credential)");
    static const QRegularExpression json(
        QStringLiteral("(\"[^\"\\\\]{0,64}?%1[^\"\\\\]{0,64}\"\\s*:\\s*)\"(?:[^\"\\\\]|\\\\.)*+\"?")
            .arg(words),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression query(
        QStringLiteral("((?:^|[?&])[^=&?\\s]{0,64}?%1[^=&?\\s]{0,64}=)[^&\\s]+").arg(words),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression bearer(QStringLiteral("(\\bBearer\\s+)[A-Za-z0-9._~+/=-]{4,}"),
                                           QRegularExpression::CaseInsensitiveOption);
    const QString dots(QStringLiteral("•••"));
    QString safe = text;
    safe.replace(json, QStringLiteral("\\1\"") + dots + u'"');
    safe.replace(query, QStringLiteral("\\1") + dots);
    safe.replace(bearer, QStringLiteral("\\1") + dots);
    return safe;
}

QString bodyText(const QByteArray &bytes, qint64 total)
{
    if (total <= 0)
        return Requests::tr("nothing");
    if (bytes.isEmpty())
        return Requests::tr("%1, not kept").arg(formatBytes(total));
    const bool cut = total > bytes.size();
    bool isText = false;
    QString text = decoded(bytes, cut, isText);
    if (!isText)
        return Requests::tr("%1 that are no text").arg(formatBytes(total));
    if (!cut) {
        const QJsonDocument document = QJsonDocument::fromJson(bytes);
        if (!document.isNull())
            text = QString::fromUtf8(document.toJson(QJsonDocument::Indented)).trimmed();
    }
    text = visible(redacted(text));
    return cut ? text + u'\n'
            + Requests::tr("… the first %1 of %2")
                  .arg(formatBytes(bytes.size()), formatBytes(total))
               : text;
}

QString targetText(const RequestRecord &record)
{
    return record.query.isEmpty() ? record.path : redacted(record.path + u'?' + record.query);
}

QString curlOf(const RequestRecord &record, const ServerControl &control)
{
    const bool local = record.local || control.addresses().isEmpty();
    QString line = QStringLiteral("curl -X ") + shellWord(record.method);
    if (local)
        line += QStringLiteral(" --unix-socket %1").arg(shellWord(control.socketPath()));
    line += u' '
        + shellWord((local ? QStringLiteral("http://localhost") : control.addresses().first())
                    + targetText(record));
    if (!local && control.access() == ServerAccess::EverybodyByToken)
        line += QStringLiteral(" \\\n  -H \"Authorization: Bearer $(cat %1)\"")
                    .arg(shellWord(control.tokenFile()));
    if (record.received <= 0)
        return line;
    bool isText = false;
    const QString body = decoded(record.requestBody, false, isText);
    if (!isText || record.received > record.requestBody.size() || body != visible(body))
        return line + QStringLiteral(" \\\n  --data-binary @BODY");
    if (!record.type.isEmpty())
        line += QStringLiteral(" \\\n  -H %1")
                    .arg(shellWord(QStringLiteral("Content-Type: ") + record.type));
    return line + QStringLiteral(" \\\n  --data-binary %1").arg(shellWord(redacted(body)));
}

} // namespace quarry::widgets
