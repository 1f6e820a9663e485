// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contentstreamcases.h"

QList<QByteArray> wellFormedObjects()
{
    return {
        R"({"content": "plain", "path": "/tmp/x", "sandbox_id": "s"})",
        R"({"path":"/tmp/x","content":""})",
        R"({ "content" : "q\" b\\ s\/ \b\f\n\r\t \u0041\u00e9\u4e16\ud83d\ude80 end" , "n" : [1, {"content":"inner"}, "content"] })",
        "{\"content\":\"\xc3\xa9 \xe4\xb8\x96\xe7\x95\x8c \xf0\x9f\x9a\x80 "
        "\xe2\x80\xa8\",\"a\":{\"content\":\"no\"}}",
        R"({"\u0063ontent":"by an escaped key","x":"\"content\":"})",
        R"({"a":"content","b":-1.5e3,"c":true,"d":null,"content":"z"})",
        R"({"content":"once","content":"twice"})",
        R"({"content":"\u0000"})",
        "{}",
    };
}

QList<QByteArray> malformedObjects()
{
    return {
        "[]",
        "5",
        "\"content\"",
        R"({"content":"a"} x)",
        R"({"content":"a")",
        R"({"content":"a)",
        R"({"content":"\x41"})",
        R"({"content":"\u12g4"})",
        R"({"content":"\ud800"})",
        R"({"content":"\ud800x"})",
        R"({"content":"\udc00"})",
        R"({"content":"\ud800\ud800"})",
        "{\"content\":\"a\nb\"}",
        "{\"content\":\"\xff\"}",
        "{\"content\":\"\xc3\"}",
        "{\"content\":\"\xed\xa0\x80\"}",
        "{\"content\":\"\xe4\\n\"}",
        R"({"content" "a"})",
        R"({"content":"a",})",
        R"({content:"a"})",
        R"({"content":"a"}})",
        R"({"content":"a" "b"})",
        "\xef\xbb\xbf{}",
        R"({"content":NaN})",
    };
}
