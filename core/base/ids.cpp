// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/ids.h"

#include <cerrno>
#include <sys/random.h>

namespace quarry {

QByteArray randomBytes(int bytes)
{
    QByteArray out(bytes, Qt::Uninitialized);
    for (int done = 0; done < bytes;) {
        const ssize_t n = getrandom(out.data() + done, size_t(bytes - done), 0);
        if (n < 0 && errno != EINTR)
            qFatal("getrandom failed");
        done += n > 0 ? int(n) : 0;
    }
    return out;
}

QString randomHex(int bytes)
{
    return QString::fromLatin1(randomBytes(bytes).toHex());
}

} // namespace quarry
