// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/folderentry.h"

#include "base/escapedname.h"

#include <QCoreApplication>

#include <algorithm>
#include <tuple>

namespace quarry::widgets {

namespace {

constexpr qint64 nsOfMs = 1'000'000;

struct Kinds {
    Q_DECLARE_TR_FUNCTIONS(FolderEntry)
};

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

// The digits that TEXT begins with, without leading zeros; they are taken off TEXT.
QStringView takeNumber(QStringView &text)
{
    const auto *end = std::find_if_not(text.begin(), text.end(), isDigit);
    QStringView number = text.first(end - text.begin());
    text = text.sliced(number.size());
    while (number.size() > 1 && number.front() == u'0')
        number = number.sliced(1);
    return number;
}

int sign(qsizetype difference)
{
    return difference < 0 ? -1 : difference > 0 ? 1 : 0;
}

int compareBy(EntryOrder by, const FolderEntry &a, const FolderEntry &b)
{
    const auto order = [](const auto &x, const auto &y) { return x < y ? -1 : y < x ? 1 : 0; };
    switch (by) {
    case EntryOrder::Name:
        break;
    case EntryOrder::Size:
        return order(a.size, b.size);
    case EntryOrder::Modified:
        return order(a.modified, b.modified);
    case EntryOrder::Kind:
        return order(a.type, b.type);
    case EntryOrder::Mode:
        return order(a.mode, b.mode);
    case EntryOrder::Owner:
        return order(std::tie(a.uid, a.gid), std::tie(b.uid, b.gid));
    }
    return 0;
}

} // namespace

QDateTime FolderEntry::modifiedTime() const
{
    return QDateTime::fromMSecsSinceEpoch(modified / nsOfMs, Qt::UTC);
}

FolderEntry folderEntry(const agent::FileInfo &info)
{
    FolderEntry entry;
    entry.name = QByteArray::fromStdString(info.name);
    entry.shown = escapedName(entry.name);
    if (info.type == FolderEntry::Type::Link)
        entry.target
            = escapedName(QByteArrayView(info.target.data(), qsizetype(info.target.size())));
    entry.type = info.type;
    entry.mode = info.mode;
    entry.uid = info.uid;
    entry.gid = info.gid;
    if (info.type == FolderEntry::Type::File)
        entry.size = qint64(std::min<quint64>(info.size, std::numeric_limits<qint64>::max()));
    entry.modified = info.modified;
    return entry;
}

QString kindText(FolderEntry::Type type)
{
    switch (type) {
    case FolderEntry::Type::Folder:
        return Kinds::tr("folder");
    case FolderEntry::Type::File:
        return Kinds::tr("file");
    case FolderEntry::Type::Link:
        return Kinds::tr("link");
    case FolderEntry::Type::Fifo:
        return Kinds::tr("FIFO");
    case FolderEntry::Type::Socket:
        return Kinds::tr("socket");
    case FolderEntry::Type::Device:
        break;
    }
    return Kinds::tr("device");
}

QString modeText(quint32 mode)
{
    QString text = QStringLiteral("rwxrwxrwx");
    for (int bit = 0; bit < 9; ++bit) {
        if (!(mode & (0400u >> bit)))
            text[bit] = u'-';
    }
    const auto special = [&](quint32 bit, int at, char16_t letter) {
        if (mode & bit)
            text[at] = text[at] == u'-' ? QChar(letter).toUpper() : QChar(letter);
    };
    special(04000, 2, u's');
    special(02000, 5, u's');
    special(01000, 8, u't');
    return text;
}

int compareNames(QStringView a, QStringView b)
{
    // What both begin with says nothing, but for the digits at its end.
    qsizetype same = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin();
    while (same > 0 && isDigit(a[same - 1]))
        --same;
    a = a.sliced(same);
    b = b.sliced(same);
    while (!a.isEmpty() && !b.isEmpty()) {
        if (isDigit(a.front()) && isDigit(b.front())) {
            const QStringView x = takeNumber(a);
            const QStringView y = takeNumber(b);
            const int order = x.size() != y.size() ? sign(x.size() - y.size()) : x.compare(y);
            if (order != 0)
                return order;
            continue;
        }
        const char16_t x = a.front().toCaseFolded().unicode();
        const char16_t y = b.front().toCaseFolded().unicode();
        if (x != y)
            return x < y ? -1 : 1;
        a = a.sliced(1);
        b = b.sliced(1);
    }
    return sign(a.size() - b.size());
}

QList<int> arranged(const std::vector<FolderEntry> &entries, const Arrangement &how)
{
    const QStringList words = how.filter.split(u' ', Qt::SkipEmptyParts);
    QList<int> rows;
    rows.reserve(qsizetype(entries.size()));
    for (size_t i = 0; i < entries.size(); ++i) {
        const bool fits = std::all_of(words.begin(), words.end(), [&](const QString &word) {
            return entries[i].shown.contains(word, Qt::CaseInsensitive);
        });
        if (fits)
            rows.append(int(i));
    }
    std::sort(rows.begin(), rows.end(), [&](int left, int right) {
        const FolderEntry &a = entries[size_t(left)];
        const FolderEntry &b = entries[size_t(right)];
        if (a.isFolder() != b.isFolder())
            return a.isFolder();
        int order = compareBy(how.by, a, b);
        if (order == 0 || how.by == EntryOrder::Name)
            order = compareNames(a.shown, b.shown);
        if (order == 0) // names that differ in case or zeros alone
            order = a.name < b.name ? -1 : b.name < a.name ? 1 : 0;
        return how.descending ? order > 0 : order < 0;
    });
    return rows;
}

} // namespace quarry::widgets
