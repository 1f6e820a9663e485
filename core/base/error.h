// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What went wrong, for a program and for a person.
#pragma once

#include <QJsonObject>
#include <QString>

namespace quarry {

// The class of a failure: what a caller branches on. Each door (HTTP, command line) has one table
// from these to its own codes.
enum class ErrorCode {
    InvalidArgument, // the caller's fault: a bad name, value, type or format
    NotFound,        // what was named does not exist
    AlreadyExists,   // the name is taken
    WrongState,      // it exists, but cannot do this now
    PermissionDenied,
    LimitExceeded, // a bound of ours or of the machine: size, count, memory, descriptors
    NoSpace,       // the disk is full
    Unsupported,   // this machine, runtime or version cannot do it; the message says why
    Timeout,
    Cancelled,
    CommandFailed, // a program in a sandbox ended badly
    ConnectionLost, // the other side of a stream has gone
    Io,
    Internal,
};

struct Error {
    ErrorCode code = ErrorCode::Internal;
    QString message;     // one sentence for a person; names the input at fault
    QJsonObject details; // machine-readable extras, may be empty
};

// The stable text of a code, as --json and the API show it: "invalid_argument", "not_found", …
QString toString(ErrorCode code);

// The error of a failed system call, classified by errno (ENOSPC is NoSpace, ENOENT NotFound …).
// The message is "WHAT: strerror".
Error systemError(const QString &what, int errnoValue);

} // namespace quarry
