// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a JSON object whose one text field may be huge, as it comes: that field's text goes to a
// sink, the rest is kept and parsed at the end.
#pragma once

#include "api/json/utf8.h"
#include "base/result.h"

#include <QByteArray>
#include <QJsonObject>

#include <functional>

namespace quarry::api {

struct ContentLimits {
    int depth = 64;
    qsizetype rest = 1 << 20; // bytes of everything but the field
};

// RFC 8259: strict where a parser of the whole text would be. Pieces may be split anywhere, within
// an escape, a surrogate pair or a UTF-8 sequence too.
class ContentStream
{
public:
    // `sink` gets the decoded text as UTF-8, in pieces of at most about 64 KiB. `restart` is called
    // when the field comes a second time: the last one counts.
    struct Sink {
        std::function<Result<void>(QByteArrayView)> data;
        std::function<Result<void>()> restart;
    };

    ContentStream(QByteArray field, Sink sink, ContentLimits limits = {});

    // InvalidArgument for what is malformed, LimitExceeded, or the sink's error; nothing more may
    // be pushed afterwards.
    Result<void> push(QByteArrayView data);
    // The other fields; the streamed one is in them as "" (or as what it is when it is not text).
    Result<QJsonObject> finish();

private:
    enum class Place { Outside, String, Key, Content };

    Result<void> structure(char c);
    Result<void> keep(char c);
    Result<void> keepString(QByteArrayView &data);
    Result<void> content(QByteArrayView &data);
    void plainText(QByteArrayView &data);
    Result<void> endContent();
    Result<void> escape(char c);
    Result<void> unicode(char c);
    Result<void> add(char32_t character);
    Result<void> addRun(QByteArrayView run);
    Result<void> flush();
    Result<void> fault(const QString &what) const;

    QByteArray m_field;
    Sink m_sink;
    ContentLimits m_limits;

    Place m_place = Place::Outside;
    QByteArray m_rest;
    QByteArray m_key; // the last key of the outermost object, as it came
    int m_depth = 0;
    bool m_objectOutside = false; // the outermost value is an object
    bool m_expectKey = false; // the next string at depth 1 is a key
    bool m_afterColon = false; // the next value at depth 1 is the value of m_key
    bool m_escaped = false; // a backslash has come
    bool m_seen = false; // the field's text has come before

    int m_hexLeft = 0; // digits of a \uXXXX that are still to come
    char32_t m_unit = 0; // its value so far
    char32_t m_highSurrogate = 0;
    QByteArray m_out;
    Utf8Splitter m_utf8;
    qint64 m_position = 0;
};

} // namespace quarry::api
