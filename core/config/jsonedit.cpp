// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/jsonedit.h"

namespace quarry::config {

using namespace Qt::StringLiterals;

namespace {

struct Span {
    qsizetype first = 0, end = 0;
};

struct Member {
    QString name;
    Span key; // with its quotes
    Span value;
};

struct Object {
    Span span; // with its braces
    QList<Member> members;
};

// Walks over text that a parser has accepted.
class Scanner
{
public:
    explicit Scanner(const QString &text) : m_text(text) { }

    // The object that begins at AT, or none.
    std::optional<Object> object(qsizetype at)
    {
        m_at = at;
        skipSpace();
        if (peek() != u'{')
            return {};
        Object found;
        found.span.first = m_at++;
        for (skipSpace(); peek() != u'}' && m_at < m_text.size(); skipSpace()) {
            Member member;
            member.key = string();
            member.name = m_text.mid(member.key.first + 1, member.key.end - member.key.first - 2);
            skipSpace();
            ++m_at; // the colon
            member.value = value();
            found.members.append(member);
            skipSpace();
            if (peek() == u',')
                ++m_at;
        }
        found.span.end = ++m_at;
        return found;
    }

private:
    QChar peek() const { return m_at < m_text.size() ? m_text[m_at] : QChar(); }
    void skipSpace()
    {
        while (m_at < m_text.size() && m_text[m_at].isSpace())
            ++m_at;
    }
    Span string()
    {
        const qsizetype first = m_at++;
        while (m_at < m_text.size() && peek() != u'"')
            m_at += peek() == u'\\' ? 2 : 1;
        return {first, ++m_at};
    }
    Span value()
    {
        skipSpace();
        const qsizetype first = m_at;
        int depth = 0;
        while (m_at < m_text.size()) {
            const QChar c = peek();
            if (c == u'"') {
                string();
                continue;
            }
            const bool closes = c == u'}' || c == u']';
            if (depth == 0 && (closes || c == u',' || c.isSpace()))
                break;
            depth += int(c == u'{' || c == u'[') - int(closes);
            ++m_at;
        }
        return {first, m_at};
    }

    const QString &m_text;
    qsizetype m_at = 0;
};

QString indent(int level)
{
    return QString(level * 4, u' ');
}

// A new member for the object, with objects around VALUE for what is left of PATH.
QString inserted(const QString &text, const Object &object, const QStringList &path, int level,
                 const QString &value)
{
    QString member = value;
    for (qsizetype i = path.size() - 1; i > 0; --i)
        member = u"{\n%1\"%2\": %3\n%4}"_s.arg(indent(level + int(i) + 1), path[i], member,
                                               indent(level + int(i)));
    member = u"\n%1\"%2\": %3"_s.arg(indent(level + 1), path.first(), member);
    QString changed = text;
    if (object.members.isEmpty())
        return changed.replace(object.span.first, object.span.end - object.span.first,
                               u'{' + member + u'\n' + indent(level) + u'}');
    return changed.insert(object.members.last().value.end, u',' + member);
}

QString removed(const QString &text, const Object &object, qsizetype which)
{
    const QList<Member> &members = object.members;
    Span gone{members[which].key.first, members[which].value.end};
    if (which + 1 < members.size())
        gone.end = members[which + 1].key.first;
    else if (which > 0)
        gone.first = members[which - 1].value.end;
    return QString(text).remove(gone.first, gone.end - gone.first);
}

} // namespace

std::optional<QString> editedJson(const QString &text, const QStringList &path,
                                  const QString &value)
{
    Scanner scanner(text);
    qsizetype at = 0;
    for (int level = 0; level < path.size(); ++level) {
        const std::optional<Object> object = scanner.object(at);
        if (!object)
            return {};
        const auto member
            = std::find_if(object->members.begin(), object->members.end(),
                           [&](const Member &each) { return each.name == path[level]; });
        if (member == object->members.end())
            return value.isNull() ? text : inserted(text, *object, path.mid(level), level, value);
        if (level + 1 < path.size()) {
            at = member->value.first;
            continue;
        }
        if (value.isNull())
            return removed(text, *object, member - object->members.begin());
        return QString(text).replace(member->value.first, member->value.end - member->value.first,
                                     value);
    }
    return {};
}

} // namespace quarry::config
