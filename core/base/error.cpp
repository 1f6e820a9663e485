// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"

#include <cerrno>
#include <cstring>

namespace quarry {

QString toString(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidArgument:
        return QStringLiteral("invalid_argument");
    case ErrorCode::NotFound:
        return QStringLiteral("not_found");
    case ErrorCode::AlreadyExists:
        return QStringLiteral("already_exists");
    case ErrorCode::WrongState:
        return QStringLiteral("wrong_state");
    case ErrorCode::PermissionDenied:
        return QStringLiteral("permission_denied");
    case ErrorCode::LimitExceeded:
        return QStringLiteral("limit_exceeded");
    case ErrorCode::NoSpace:
        return QStringLiteral("no_space");
    case ErrorCode::Unsupported:
        return QStringLiteral("unsupported");
    case ErrorCode::Timeout:
        return QStringLiteral("timeout");
    case ErrorCode::Cancelled:
        return QStringLiteral("cancelled");
    case ErrorCode::CommandFailed:
        return QStringLiteral("command_failed");
    case ErrorCode::ConnectionLost:
        return QStringLiteral("connection_lost");
    case ErrorCode::Io:
        return QStringLiteral("io");
    case ErrorCode::Internal:
        return QStringLiteral("internal");
    }
    return QStringLiteral("internal");
}

static ErrorCode classify(int errnoValue)
{
    switch (errnoValue) {
    case ENOSPC:
    case EDQUOT:
        return ErrorCode::NoSpace;
    case ENOENT:
    case ENOTDIR:
        return ErrorCode::NotFound;
    case EEXIST:
        return ErrorCode::AlreadyExists;
    case EACCES:
    case EPERM:
    case EROFS:
        return ErrorCode::PermissionDenied;
    case EMFILE:
    case ENFILE:
    case ENOMEM:
    case EAGAIN:
        return ErrorCode::LimitExceeded;
    case ENAMETOOLONG:
    case EINVAL:
    case ELOOP:
    case EISDIR:
        return ErrorCode::InvalidArgument;
    case ETIMEDOUT:
        return ErrorCode::Timeout;
    case EPIPE:
    case ECONNRESET:
    case ECONNREFUSED:
        return ErrorCode::ConnectionLost;
    case ENOSYS:
    case EOPNOTSUPP:
        return ErrorCode::Unsupported;
    default:
        return ErrorCode::Io;
    }
}

Error systemError(const QString &what, int errnoValue)
{
    return {classify(errnoValue),
            what + QStringLiteral(": ") + QString::fromLocal8Bit(std::strerror(errnoValue)),
            {}};
}

} // namespace quarry
