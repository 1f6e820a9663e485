// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/images/content/imageroot.h"

#include <array>
#include <cerrno>
#include <climits>
#include <deque>
#include <fcntl.h>
#include <sys/stat.h>
#include <vector>

using namespace Qt::StringLiterals;

namespace quarry::runtime {

namespace {

constexpr int longestPart = 255;
constexpr int deepestFolder = 200; // each open folder on the way holds a descriptor
constexpr int mostLinks = 40;      // as many as the kernel follows
constexpr int folderFlags = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

QString printable(const QByteArray &name)
{
    QByteArray shown;
    for (const char c : name.left(400)) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            shown += "\\x" + QByteArray(1, c).toHex();
        else
            shown += c;
    }
    return QString::fromUtf8(shown);
}

struct Step {
    QByteArray name;
    bool fromLink = false;
};

// One walk from the root; holds the folders above it for the ".." of links.
class Walk
{
public:
    Walk(int root, bool create, const QByteArray &member)
        : m_root(root), m_create(create), m_member(member)
    {
    }

    Result<UniqueFd> run(const QByteArrayList &parts)
    {
        for (const QByteArray &part : parts)
            m_steps.push_back({part, false});
        while (!m_steps.empty()) {
            const Step step = m_steps.front();
            m_steps.pop_front();
            if (const Result<void> taken = take(step); !taken)
                return taken.error();
            if (m_missing)
                return UniqueFd();
        }
        if (!m_chain.empty())
            return std::move(m_chain.back());
        return UniqueFd(::fcntl(m_root, F_DUPFD_CLOEXEC, 0));
    }

private:
    int here() const { return m_chain.empty() ? m_root : m_chain.back().get(); }

    Result<void> take(const Step &step)
    {
        if (step.name.isEmpty() || step.name == ".")
            return {};
        if (step.name == "..") {
            if (m_chain.empty())
                return memberError(m_member,
                                   u"leads through a link that points out of the image"_s);
            m_chain.pop_back();
            return {};
        }
        if (m_chain.size() >= deepestFolder)
            return memberError(m_member, u"lies deeper than %1 folders"_s.arg(deepestFolder));
        UniqueFd next(::openat(here(), step.name.constData(), folderFlags));
        if (!next && errno == ENOENT)
            return makeFolder(step);
        if (!next && (errno == ENOTDIR || errno == ELOOP))
            return followLink(step);
        if (!next)
            return memberError(m_member, "could not be reached", errno);
        m_chain.push_back(std::move(next));
        return {};
    }

    Result<void> makeFolder(const Step &step)
    {
        if (step.fromLink && m_create)
            return memberError(m_member,
                               u"leads through a link that points to nothing in the image"_s);
        if (!m_create) {
            m_missing = true;
            return {};
        }
        if (::mkdirat(here(), step.name.constData(), 0755) != 0)
            return memberError(m_member, "could not be written", errno);
        UniqueFd next(::openat(here(), step.name.constData(), folderFlags));
        if (!next)
            return memberError(m_member, "could not be written", errno);
        m_chain.push_back(std::move(next));
        return {};
    }

    Result<void> followLink(const Step &step)
    {
        std::array<char, PATH_MAX> target;
        const ssize_t length
            = ::readlinkat(here(), step.name.constData(), target.data(), target.size());
        if (length <= 0)
            return memberError(
                m_member, u"lies below \"%1\", which is not a folder"_s.arg(printable(step.name)));
        if (++m_links > mostLinks)
            return memberError(m_member, u"leads through too many links"_s);
        const QByteArray text(target.data(), length);
        if (text.startsWith('/'))
            m_chain.clear();
        const QByteArrayList parts = text.split('/');
        for (auto part = parts.crbegin(); part != parts.crend(); ++part)
            m_steps.push_front({*part, true});
        return {};
    }

    int m_root;
    bool m_create;
    bool m_missing = false;
    int m_links = 0;
    const QByteArray &m_member;
    std::deque<Step> m_steps;
    std::vector<UniqueFd> m_chain;
};

} // namespace

Error memberError(const QByteArray &name, const QString &why)
{
    return {ErrorCode::InvalidArgument,
            u"\"%1\" in the archive %2."_s.arg(printable(name), why),
            {{u"member"_s, printable(name)}}};
}

Error memberError(const QByteArray &name, const char *action, int errnoValue)
{
    return systemError(
        u"\"%1\" of the image %2"_s.arg(printable(name), QString::fromLatin1(action)), errnoValue);
}

Result<QByteArrayList> splitMemberName(const QByteArray &name)
{
    if (name.isEmpty())
        return memberError(name, u"has no name"_s);
    if (name.startsWith('/'))
        return memberError(name, u"has an absolute name"_s);
    if (name.size() >= PATH_MAX)
        return memberError(name, u"has a name of more than %1 bytes"_s.arg(PATH_MAX - 1));
    QByteArrayList parts;
    for (const QByteArray &part : name.split('/')) {
        if (part.isEmpty() || part == ".")
            continue;
        if (part == "..")
            return memberError(name, u"climbs out of its folder with \"..\""_s);
        if (part.size() > longestPart)
            return memberError(name,
                               u"has a part of more than %1 bytes in its name"_s.arg(longestPart));
        parts.append(part);
    }
    if (parts.size() > deepestFolder)
        return memberError(name, u"lies deeper than %1 folders"_s.arg(deepestFolder));
    return parts;
}

Result<ImageRoot> ImageRoot::open(const QByteArray &path)
{
    UniqueFd root(::open(path.constData(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!root)
        return systemError(QString::fromLocal8Bit(path), errno);
    return ImageRoot(std::move(root));
}

Result<int> ImageRoot::parentOf(const QByteArrayList &parts, bool create, const QByteArray &member)
{
    const QByteArrayList parents = parts.first(parts.size() - 1);
    const QByteArray name = parents.join('/');
    if (m_cachedParent && !m_stale && name == m_cachedName)
        return m_cachedParent.get();
    Result<UniqueFd> found = Walk(m_root.get(), create, member).run(parents);
    if (!found)
        return found.error();
    m_cachedParent = std::move(*found);
    m_cachedName = name;
    m_stale = false;
    return m_cachedParent.get(); // -1 where nothing is there
}

} // namespace quarry::runtime
