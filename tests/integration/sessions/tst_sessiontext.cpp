// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a session writes to its bash, and what it finds in the terminal's stream.
#include "agent/inside/sessions/sessionmarks.h"
#include "agent/inside/sessions/sessionprocesses.h"
#include "agent/inside/sessions/sessiontext.h"
#include "agent/inside/sessions/sessionuser.h"
#include "agent/wire/sessionmessages.h"

#include <QTest>

using namespace quarry::agent;
using Piece = MarkFinder::Piece;

namespace {

// Pieces joined: text as it is, marks as <S> and <E>.
std::string joined(const std::vector<Piece> &pieces)
{
    std::string all;
    for (const Piece &piece : pieces)
        all += piece.kind == Piece::Kind::Text ? piece.text
            : piece.kind == Piece::Kind::Start ? "<S>"
                                               : "<E>";
    return all;
}

const std::string nonceA(32, 'A');
const std::string nonceB(32, 'B');

} // namespace

class TestSessionText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void marksSplitAnywhere();
    void marksOfOthersAreText();
    void keptBytesAreGivenBack();
    void plainCommands_data();
    void plainCommands();
    void blankCommands();
    void lineEnds();
    void unitHoldsTextOnce();
    void foregroundJobs();
    void users();
    void messagesRoundTrip();
};

void TestSessionText::marksSplitAnywhere()
{
    const std::string stream = "before" + sessionMark('S', nonceB) + "out\x1b[0m\x1b_SBB\x1b"
        + sessionMark('E', nonceB) + "\r\n" + sessionMark('E', nonceA) + "after\x1b"
        + sessionMark('E', nonceB);
    const std::string wanted = "before<S>out\x1b[0m\x1b_SBB\x1b<E>\r\nafter\x1b<E>";
    for (std::size_t first = 0; first <= stream.size(); ++first) {
        for (const std::size_t second : {first, first + 1, first + 7, stream.size()}) {
            MarkFinder finder;
            finder.setNonce(nonceA);
            finder.setNonce(nonceB);
            std::vector<Piece> pieces;
            const std::size_t middle = std::min(std::max(first, second), stream.size());
            finder.feed(std::string_view(stream).substr(0, first), pieces);
            finder.feed(std::string_view(stream).substr(first, middle - first), pieces);
            finder.feed(std::string_view(stream).substr(middle), pieces);
            QCOMPARE(joined(pieces), wanted);
        }
    }
    MarkFinder finder;
    finder.setNonce(nonceA);
    finder.setNonce(nonceB);
    std::vector<Piece> pieces;
    for (const char byte : stream)
        finder.feed(std::string_view(&byte, 1), pieces);
    QCOMPARE(joined(pieces), wanted);
}

void TestSessionText::marksOfOthersAreText()
{
    MarkFinder finder;
    finder.setNonce(nonceA);
    std::vector<Piece> pieces;
    const std::string other = sessionMark('E', nonceB) + sessionMark('X', nonceA);
    finder.feed(other, pieces);
    QCOMPARE(joined(pieces), other);
}

void TestSessionText::keptBytesAreGivenBack()
{
    MarkFinder finder;
    finder.setNonce(nonceA);
    std::vector<Piece> pieces;
    finder.feed("x\x1b", pieces);
    QCOMPARE(joined(pieces), std::string("x"));
    finder.flush(pieces);
    QCOMPARE(joined(pieces), std::string("x\x1b"));
    finder.flush(pieces);
    QCOMPARE(pieces.size(), std::size_t(2));
}

void TestSessionText::plainCommands_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("plain");
    for (const char *text : {"ls", "ls -la /tmp", "A=1 b", "echo 'a b' \"c $d\" $e$f",
                             "a && b || c; d\ne", "a | b |\n c", "echo 'if then'", "echo if",
                             "cd /x &&\n\nls", "  ls  ", "ls;", "ls\n", "a='x\ny'"})
        QTest::addRow("yes %s", text) << QByteArray(text) << true;
    for (const char *text :
         {"if",       "echo 'a",   "echo \"a", "echo $(ls",   "a &&",      "a |",        "| a",
          "; a",      "a ;; b",    "a)",       "(a",          "{ a",       "}",          "a &",
          "a > b",    "echo `ls`", "echo \\",  "for i in 1",  "a && && b", "a;;",        "! a",
          "echo ${a", "[[ a",      "a |& b",   "echo \"$(\"", "done",      "function f", "time",
          "cat <<E",  "echo !(a)", "$(",       "a\\"})
        QTest::addRow("no %s", text) << QByteArray(text) << false;
}

void TestSessionText::plainCommands()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, plain);
    QCOMPARE(isPlainCommand(std::string_view(text.constData(), std::size_t(text.size()))), plain);
}

void TestSessionText::blankCommands()
{
    for (const char *blank : {"", "\n", "  \t\n# c\n   # d", "#"})
        QVERIFY2(isBlankCommand(blank), blank);
    for (const char *not_blank : {":", "# a\nb", "\\\n", "'# a"})
        QVERIFY2(!isBlankCommand(not_blank), not_blank);
}

void TestSessionText::lineEnds()
{
    QCOMPARE(normalizedCommand("a\r\nb\r\n"), std::string("a\nb\n"));
    QCOMPARE(normalizedCommand("a\r\nb\r"), std::string("a\nb"));
    QCOMPARE(normalizedCommand("a\r\nb\nc\r\n"), std::string("a\r\nb\nc\r\n"));
    QCOMPARE(normalizedCommand("a\rb"), std::string("a\rb"));
    QCOMPARE(normalizedCommand("\n\r\n"), std::string("\n\r\n"));
}

void TestSessionText::unitHoldsTextOnce()
{
    const SessionReport report{nonceA, "/dev/shm/x/y"};
    const std::string unit = sessionUnit("the text", report, 7);
    QCOMPARE(unit.find("the text"), unit.rfind("the text"));
    QVERIFY(unit.find("exit 7") < unit.find("the text"));
    QVERIFY(sessionUnit("t", report, 0).find("exit") == std::string::npos);
    QVERIFY2(unit.find(sessionMark('E', nonceA)) == std::string::npos,
             "an echo of the unit must not be a mark");
}

void TestSessionText::foregroundJobs()
{
    const auto process = [](pid_t pid, pid_t parent, pid_t group) {
        ProcessEntry entry;
        entry.pid = pid;
        entry.parent = parent;
        entry.group = group;
        return entry;
    };
    // Shell 1 with background job 2, foreground job 3 whose child 4 has a group of its own, and 5
    // in the shell's own group, as a command substitution is.
    const std::vector<ProcessEntry> all{process(4, 3, 4), process(1, 0, 1), process(2, 1, 2),
                                        process(3, 1, 3), process(5, 1, 1)};
    const auto pids = [&](pid_t group) {
        std::vector<pid_t> found;
        for (const ProcessEntry &entry : foregroundJob(all, group, 1))
            found.push_back(entry.pid);
        std::sort(found.begin(), found.end());
        return found;
    };
    QCOMPARE(pids(3), (std::vector<pid_t>{3, 4}));
    QCOMPARE(pids(1), std::vector<pid_t>{5});

    ProcessEntry self;
    QVERIFY(readProcess(::getpid(), self));
    QCOMPARE(self.parent, ::getppid());
    QCOMPARE(self.group, ::getpgrp());
    QVERIFY(!readProcess(-1, self));
}

void TestSessionText::users()
{
    const std::string_view passwd = "root:x:0:0:root:/root:/bin/bash\nbad "
                                    "line\nbob:x:1000:100::/home/bob:/bin/sh\n1000:x:5:5::/x:/y";
    const std::string_view group = "root:x:0:\nusers:x:100:\nwheel:x:10:amy,bob\nx:y:z\n";
    SessionUser user;
    QVERIFY(findSessionUser(passwd, group, "bob", user));
    QCOMPARE(user.uid, uid_t(1000));
    QCOMPARE(user.home, std::string("/home/bob"));
    QCOMPARE(user.groups, (std::vector<gid_t>{100, 10}));
    QVERIFY(findSessionUser(passwd, group, "0", user));
    QCOMPARE(user.name, std::string("root"));
    QVERIFY(!findSessionUser(passwd, group, "nobody", user));
    QVERIFY(!findSessionUser(passwd, group, "bad line", user));
}

void TestSessionText::messagesRoundTrip()
{
    SessionOpen open;
    open.user = "bob";
    open.environment = {"A=1", "B="};
    Encoder out;
    open.encode(out);
    SessionOpen read;
    QVERIFY(SessionOpen::decode(Decoder(out.bytes()), read));
    QCOMPARE(read.environment, open.environment);
    QCOMPARE(read.columns, open.columns);
    const auto bytes = out.bytes();
    for (std::size_t size = 0; size < bytes.size(); ++size)
        QVERIFY(!SessionOpen::decode(Decoder(Bytes(bytes).first(size)), read));

    SessionEvent event;
    event.kind = SessionEvent::Kind::Refused;
    event.code = 2;
    event.text = std::string(100'000, 'x');
    Encoder told;
    event.encode(told);
    QVERIFY(told.size() < payloadMax);
    SessionEvent heard;
    QVERIFY(SessionEvent::decode(Decoder(told.bytes()), heard));
    QCOMPARE(heard.code, 2);

    const std::uint8_t wrong[]{9, 0, 0, 0, 0};
    SessionRequest request;
    QVERIFY(!SessionRequest::decode(Decoder(Bytes(wrong)), request));
}

QTEST_APPLESS_MAIN(TestSessionText)
#include "tst_sessiontext.moc"
