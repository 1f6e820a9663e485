// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/terminput.h"

#include "base/error.h"
#include "base/uniquefd.h"
#include "cli/context.h"
#include "service/signalwatch.h"

#include <QFile>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace quarry::cli {

using namespace Qt::StringLiterals;

Result<void> readInput(Context &context, const QString &path,
                       const std::function<Result<void>(QByteArrayView)> &each)
{
    const bool standard = path == u"-"_s;
    const UniqueFd file(standard
                            ? ::dup(STDIN_FILENO)
                            : ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC));
    if (!file)
        return systemError(u"Cannot read "_s + path, errno);
    std::array<char, 64 * 1024> buffer;
    while (true) {
        pollfd entries[2]
            = {{file.get(), POLLIN, 0}, {context.signalWatch().descriptor(), POLLIN, 0}};
        if (::poll(entries, 2, -1) < 0 && errno != EINTR)
            return systemError(u"Cannot wait for "_s + path, errno);
        if (entries[1].revents != 0)
            return Error{ErrorCode::Cancelled, u"Interrupted."_s, {}};
        if (entries[0].revents == 0)
            continue;
        const ssize_t count = ::read(file.get(), buffer.data(), buffer.size());
        if (count < 0 && errno != EINTR)
            return systemError(u"Cannot read "_s + path, errno);
        if (count == 0)
            return {};
        if (count > 0) {
            if (const Result<void> taken = each(QByteArrayView(buffer.data(), count)); !taken)
                return taken;
        }
    }
}

} // namespace quarry::cli
