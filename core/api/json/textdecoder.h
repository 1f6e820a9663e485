// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Text in any encoding to UTF-8, as it comes; names and error handlers are Python's.
#pragma once

#include "api/json/utf8.h"
#include "base/result.h"

#include <QByteArray>
#include <QString>

#include <memory>

namespace quarry::api {

enum class DecodeErrors { Strict, Ignore, Replace, BackslashReplace };

// "strict", "ignore", "replace", "backslashreplace"; InvalidArgument for another word.
Result<DecodeErrors> decodeErrorsFromText(const QString &text);

class TextDecoder
{
public:
    virtual ~TextDecoder() = default;

    // Appends what can be decided of DATA to OUT as UTF-8. With Strict, InvalidArgument names the
    // first bad byte and its place; nothing more may be pushed then.
    virtual Result<void> push(QByteArrayView data, QByteArray &out) = 0;
    virtual Result<void> finish(QByteArray &out) = 0;

    // NAME as Python's codecs spell it ("utf-8", "latin_1", "cp1252", …); empty is UTF-8.
    // InvalidArgument for an encoding that is not known.
    static Result<std::unique_ptr<TextDecoder>> make(const QString &name, DecodeErrors errors);
};

} // namespace quarry::api
