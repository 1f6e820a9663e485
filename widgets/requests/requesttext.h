// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is shown and copied of a request. Secrets are taken out of everything that leaves here:
// what JSON and queries call a token, a password, a key, and what follows "Bearer". Pure.
#pragma once

#include "widgets/models/requests.h"

namespace quarry::widgets {

class ServerControl;

// TEXT without the secrets.
QString redacted(const QString &text);

// A body of TOTAL bytes, of which BYTES are the first: JSON that is whole is laid out, other text
// stays as it is but for control characters; what is no text, and what is missing, is said.
QString bodyText(const QByteArray &bytes, qint64 total);
// "PATH?QUERY"
QString targetText(const RequestRecord &record);

// The call again. A token is read from its file where the call needs one.
QString curlOf(const RequestRecord &record, const ServerControl &control);

} // namespace quarry::widgets
