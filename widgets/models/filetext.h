// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A file's bytes as text to edit, and the way back. Pure.
#pragma once

#include <QByteArray>
#include <QString>

namespace quarry::widgets {

struct FileText {
    enum class Kind {
        Editable, // encoding an unchanged text gives the same bytes
        ReadOnly, // text, but saving would change what was not edited
        Binary,
        LongLines, // text that no editor of ours shows in time
    };
    Kind kind = Kind::Editable;
    QString text; // lines end in "\n"; empty for the last two kinds
    bool crlf = false;
    bool bom = false;
    QString reason; // why it is not editable: a sentence's end, "it is not UTF-8"
    bool turnsDirection = false; // it has marks that can show a line in another order than it has

    QByteArray encode(const QString &edited) const;
};

inline constexpr qsizetype LongestLine = 10'000; // characters

FileText decodeText(const QByteArray &bytes);

} // namespace quarry::widgets
