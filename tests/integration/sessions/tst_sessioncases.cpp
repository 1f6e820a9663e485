// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a person expects of a bash that is driven call by call: real bash, real agent, nasty
// commands. {D} in a command is the scratch folder of the run.
#include "sessionbench.h"

#include <QElapsedTimer>
#include <QTest>

using namespace quarry;
using namespace quarry::sandbox;
using quarry::test::AgentBench;
using quarry::test::SessionBench;

namespace {

struct Case {
    const char *name;
    std::vector<QByteArray> before; // calls made first
    QByteArray command;
    QByteArray output;
    int code = 0;
    bool anywhere = false; // the output holds it, and may hold more
};

QByteArray lines(const QByteArray &prefix, int count)
{
    QByteArray text;
    for (int i = 0; i < count; ++i)
        text += prefix + QByteArray::number(i) + '\n';
    text.chop(1);
    return text;
}

std::vector<Case> outputCases()
{
    return {
        {"echo", {}, "echo hi", "hi"},
        {"nothing", {}, "true", ""},
        {"newlines", {}, "printf 'a\\nb\\n'", "a\nb"},
        {"stripped", {}, "printf '\\n\\n  x y  \\n\\n'", "x y"},
        {"blank lines inside", {}, "printf 'a\\n\\n\\nb\\n'", "a\n\n\nb"},
        {"stderr in order", {}, "echo a; echo b >&2; echo c", "a\nb\nc"},
        {"crlf file keeps its returns", {}, "printf 'a\\r\\nb\\r\\nc'", "a\r\nb\r\nc"},
        {"lone return", {}, "printf '10%%\\r20%%\\n'", "10%\r20%"},
        {"no newline at the end", {}, "printf x", "x"},
        {"tabs stay", {}, "printf 'a\\tb\\n'", "a\tb"},
        {"wide line", {}, "printf '%0500d\\n' 7", QByteArray(499, '0') + "7"},
        {"narrow terminal",
         {"stty cols 20 rows 5"},
         "printf '%0100d\\n' 7",
         QByteArray(99, '0') + "7"},
        {"utf-8",
         {},
         "echo 'h\xc3\xa9llo \xe4\xb8\x96 \xf0\x9f\x9a\x80'",
         "h\xc3\xa9llo \xe4\xb8\x96 \xf0\x9f\x9a\x80"},
        {"not utf-8",
         {},
         "printf '\\377\\376abc\\n'",
         "\xff\xfe"
         "abc"},
        {"control bytes", {}, "printf 'a\\000\\001\\002b\\n'", QByteArray("a\0\1\2b", 5)},
        {"csi",
         {},
         "printf 'abc\\033[2Ddef\\033[K\\033[10;10Hghi\\033[2J\\033[?25l\\n'",
         "abcdefghi"},
        {"osc",
         {},
         "printf '\\033]0;t\\007text \\033]8;;http://x\\033\\\\link\\033]8;;\\033\\\\\\n'",
         "text link"},
        {"charset, dcs",
         {},
         "printf 'a\\033(Bb\\033)0c\\033=d\\033>e\\0337f\\0338g\\033P1$r0m\\033\\\\h\\n'",
         "abcdefgh"},
        {"open csi", {}, "printf 'abc\\033[12;'", "abc"},
        {"open osc", {}, "printf 'abc\\033]0;never closed\\n'; echo more", "abc\nmore"},
        {"open dcs", {}, "printf 'abc\\033P never'", "abc"},
        {"lone escape", {}, "printf 'abc\\033'", "abc"},
        {"broken utf-8 at the end", {}, "printf 'abc\\360\\237'", "abc\xf0\x9f"},
        {"ten thousand lines",
         {},
         "for ((i = 0; i < 10000; i++)); do echo l$i; done",
         lines("l", 10000)},
        {"two megabytes", {}, "head -c 2000000 /dev/zero | tr '\\0' q", QByteArray(2'000'000, 'q')},
        {"terminal type",
         {},
         "echo $TERM; test -t 0 && test -t 1 && test -t 2 && echo yes",
         "xterm-256color\nyes"},
    };
}

std::vector<Case> commandCases()
{
    QByteArray manyLines;
    for (int i = 0; i < 2000; ++i)
        manyLines += "echo line" + QByteArray::number(i) + '\n';
    QByteArray hugeList;
    for (int i = 0; i < 100'000; ++i)
        hugeList += "x=" + QByteArray::number(i) + '\n';
    QByteArray hereDocument = "cat <<'EOF_BIG' | wc -c\n";
    for (int i = 0; i < 12000; ++i)
        hereDocument += "row 'quote \"dq $d `b`\n";
    hereDocument += "EOF_BIG";
    const QByteArray large(600'000, 'z');
    return {
        {"exit code", {}, "(exit 42)", "", 42},
        {"code 255", {}, "(exit 255)", "", 255},
        {"last code is the user's", {"(exit 7)"}, "echo $?", "7"},
        {"last code after success", {"(exit 7)", "true"}, "echo $?", "0"},
        {"last code survives an empty call", {"(exit 7)", "", "# only a comment"}, "echo $?", "7"},
        {"last code and set -e", {"set -e", "(exit 0)"}, "echo $?", "0"},
        {"unknown command", {}, "no_such_command_xyz", "not found", 127, true},
        {"environment",
         {"export A=1; b='two words'"},
         "echo \"$A,$b\"; bash -c 'echo \"$A,$b\"'",
         "1,two words\n1,"},
        {"folder", {"cd /usr"}, "pwd", "/usr"},
        {"functions", {"f() { echo in-f $1; }"}, "f x", "in-f x"},
        {"arrays", {"declare -A m=([k]='v w')"}, "echo \"${m[k]}\"", "v w"},
        {"umask", {"umask 027"}, "umask", "0027"},
        {"extglob is on", {}, "shopt -q extglob && case ab in @(ab|c)) echo yes;; esac", "yes"},
        {"loop",
         {},
         "for i in 1 2 3\ndo\n  if [ $i = 2 ]\n  then\n    echo two\n  else\n    echo $i\n  "
         "fi\ndone",
         "1\ntwo\n3"},
        {"case",
         {},
         "f() {\n  case $1 in\n    a) echo A ;;\n    *) echo other ;;\n  esac\n}\nf a\nf b",
         "A\nother"},
        {"comment at the end", {}, "echo a # comment", "a"},
        {"comment alone", {}, "# nothing", ""},
        {"blank", {}, " \n\t\n", ""},
        {"backslash at the end", {}, "echo abc \\", "abc"},
        {"quotes",
         {},
         "echo '$HOME' \"\\$x\" 'it'\\''s' \"a\\\"b\" $'t\\x41'",
         "$HOME $x it's a\"b tA"},
        {"tabs", {}, "if true; then\n\techo 'a\tb'\nfi", "a\tb"},
        {"crlf line ends", {}, "echo one\r\necho two", "one\ntwo"},
        {"crlf inside a here-document stays",
         {},
         "cat <<E | od -An -c | tr -d ' '\na\r\nE\n",
         "a\\r\\n"},
        {"control bytes",
         {},
         "x='a\x03"
         "b\x04"
         "c\x1a'; echo ${#x}",
         "6"},
        {"escape and delete", {}, "x='\x1b\x7f\x15\x17\x12'; echo ${#x}", "5"},
        {"exclamation mark", {}, "echo 'a!b' \"c!d\" !x", "a!b c!d !x"},
        {"many lines", {}, manyLines, lines("line", 2000)},
        {"a hundred thousand lines",
         {"(exit 3)"},
         "echo $?\n" + hugeList + "echo $x; (exit 4)",
         "3\n99999",
         4},
        {"large command that fails half-way",
         {},
         QByteArray(40'000, '#') + "\nfalse\necho $?\n(exit 9)",
         "1",
         9},
        {"large command that returns", {}, QByteArray(40'000, '#') + "\nreturn 6", "", 6},
        {"here-document", {}, "cat <<E\n$((1+1))\nE", "2"},
        {"two here-documents", {}, "cat <<A; cat <<'B'\n1\nA\n$2\nB", "1\n$2"},
        {"here-document with tabs", {}, "cat <<-E\n\tx\n\tE", "x"},
        {"large here-document", {}, hereDocument, QByteArray::number(12000 * 22)},
        {"large argument", {}, "x=" + large + "; echo ${#x}", "600000"},
        {"brace in a here-document", {}, "cat <<E\n}\nE", "}"},
        {"word END as in our own", {}, "echo '} </dev/tty; '", "} </dev/tty;"},
        {"command substitution", {}, "echo $(echo $(echo deep))", "deep"},
        {"process substitution", {}, "cat <(echo p)", "p"},
        {"reads end of file elsewhere", {}, "cat </dev/null; echo x | cat", "x"},
        {"background job", {}, "true & wait; echo $?", "0", 0, true},
        {"background output later",
         {"(sleep 0.1; echo LATE) &"},
         "sleep 0.3; echo now; (exit 5)",
         "now",
         5,
         true},
        {"done message between calls", {"sleep 0.05 &", "sleep 0.2"}, "echo x", "x"},
        {"logout", {}, "logout", "not login shell", 1, true},
        {"return", {}, "return 4", "return", 2, true},
        {"break", {}, "break", "meaningful", 0, true},
        {"exit in a subshell", {}, "(exit 3); echo $?", "3"},
        {"killed by a signal", {}, "bash -c 'kill -9 $$'", "", 137, true},
        {"stopped job", {}, "bash -c 'kill -STOP $$'; echo on; kill -9 %1", "on", 0, true},
        {"pipe status", {}, "false | true; echo ${PIPESTATUS[@]}", "1 0"},
        {"alias", {"alias hey='echo hey'"}, "hey", "hey"},
        {"nohup as the SDK does",
         {},
         "nohup bash -c 'echo q' </dev/null >{D}/nh 2>&1 & echo PIDSTART${!}PIDEND;disown",
         "PIDSTART",
         0,
         true},
        {"kill -0 of one that is gone",
         {"sleep 0.01 & p=$!; disown; sleep 0.2"},
         "kill -0 $p",
         "No such process",
         1,
         true},
    };
}

std::vector<Case> changedShellCases()
{
    const QByteArray x = "echo x; (exit 5)";
    return {
        {"PS1", {"PS1='\\u@\\h:\\w\\$ '; PS2='more> '; PS0='zero '"}, x, "x", 5},
        {"PS1 read-only", {"unset PS1 PS2 PS0; readonly PS1='mine> '"}, x, "x", 5},
        {"PROMPT_COMMAND", {"PROMPT_COMMAND='echo FROM_PROMPT_COMMAND'"}, x, "x", 5},
        {"PROMPT_COMMAND fails", {"PROMPT_COMMAND='false; no_such_thing'"}, x, "x", 5},
        {"set -x", {"set -x"}, "echo x", "+ echo x\nx"},
        {"set -x elsewhere", {"exec 8>{D}/trace; BASH_XTRACEFD=8; set -x"}, x, "x", 5},
        {"set -v", {"set -v"}, x, "x", 5},
        {"set -u", {"set -u"}, "echo x; echo \"$NOT_SET_AT_ALL\"; echo REST", "x", 1, true},
        {"set -u and on", {"set -u", "echo $NOT_SET_AT_ALL"}, x, "x", 5},
        {"set -f, IFS", {"set -f; IFS=:x"}, x, "x", 5},
        {"IFS of digits", {"IFS=0123456789"}, "(exit 15)", "", 15},
        {"posix, noclobber", {"set -o posix; set -C"}, x, "x", 5},
        {"vi mode", {"set -o vi"}, x, "x", 5},
        {"emacs mode", {"set -o emacs"}, x, "x", 5},
        {"failglob", {"shopt -s failglob nullglob dotglob"}, x, "x", 5},
        {"debug trap", {"trap ':' DEBUG; trap ':' ERR; trap ':' RETURN"}, x, "x", 5},
        {"debug trap that prints", {"trap 'echo DBG' DEBUG"}, "true", "DBG"},
        {"err trap", {"trap 'echo ERR' ERR", "trap - ERR", "false"}, "echo $?", "1"},
        {"err trap and our own commands", {"trap 'echo ERR' ERR", "false"}, ":", ""},
        {"exit trap", {"trap 'echo bye' EXIT; trap 'echo usr' USR1 TERM HUP"}, x, "x", 5},
        {"functions over builtins",
         {"printf() { :; }; trap() { :; }; test() { :; }; read() { :; }; set() { :; }; unset() { "
          ":; }; exit() { :; }"},
         "echo x; (builtin exit 5)",
         "x",
         5},
        {"function builtin", {"builtin() { :; }"}, x, "x", 5},
        {"builtins disabled", {"enable -n builtin printf set unset"}, x, "x", 5},
        {"echo aliased", {"alias echo='echo aliased'"}, "builtin echo x; (exit 5)", "x", 5},
        {"brace aliased, from the second call on", {"alias {='echo'", "true"}, x, "x", 5},
        {"PATH empty", {"PATH="}, x, "x", 5},
        {"PATH read-only", {"readonly PATH; export LC_ALL=C LANG=C"}, x, "x", 5},
        {"environment wiped",
         {"for v in $(compgen -e); do unset \"$v\" 2>/dev/null; done"},
         x,
         "x",
         5},
        {"stty echo", {"stty echo"}, x, "x", 5},
        {"stty -echo", {"stty -echo"}, x, "x", 5},
        {"stty raw", {"stty raw -echo"}, "printf 'a\\nb\\n'", "a\nb"},
        {"stty -icanon", {"stty -icanon min 1"}, x, "x", 5},
        {"stty upper case", {"stty olcuc"}, x, "x", 5},
        {"stty upper case at once", {}, "stty olcuc; echo x", "X"},
        {"stty tostop", {"stty tostop"}, x, "x", 5},
        {"folder removed", {"mkdir -p {D}/gone/x && cd {D}/gone/x && rm -rf {D}/gone"}, x, "x", 5},
        {"ulimit files", {"ulimit -n 32"}, x, "x", 5},
        {"ulimit file size", {"ulimit -c 0; ulimit -f 8"}, x, "x", 5},
        {"umask 0777", {"umask 0777"}, x, "x", 5},
        {"descriptors opened",
         {"exec 3</etc/passwd 4>/dev/null 7>&1; exec 200>/dev/null"},
         x,
         "x",
         5},
        {"descriptors closed", {"exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-"}, x, "x", 5},
        {"stdin closed", {"exec 0<&-"}, x, "x", 5},
        {"stderr closed", {"exec 2>&-"}, x, "x", 5},
        {"stdout closed", {"exec 1>&-"}, "(exit 5)", "", 5},
        {"stderr to nowhere", {"exec 2>/dev/null"}, x, "x", 5},
        {"stdout to a file", {"exec >{D}/log"}, "echo into-file; (exit 5)", "", 5},
        {"history expansion", {"set -H; HISTFILE=/nonexistent; HISTSIZE=0; history -c"}, x, "x", 5},
        {"history on", {"set -o history"}, "echo 'a!!b'", "a!!b"},
        {"TMOUT", {"TMOUT=1; IGNOREEOF=10; sleep 1.3"}, x, "x", 5},
        {"exec bash", {"exec bash"}, x, "x", 5},
        {"exec bash twice", {"exec bash", "exec bash --norc"}, x, "x", 5},
        {"exec sh", {"exec sh"}, x, "x", 5},
        {"exec with a background job", {"(sleep 5) & exec bash"}, x, "x", 5},
        {"nested bash that ends", {}, "bash --norc -c 'echo in'; echo out", "in\nout"},
        {"setsid", {"setsid sleep 0.05"}, x, "x", 5},
        {"suspend is undone", {"kill -CONT $$"}, x, "x", 5},
    };
}

std::vector<Case> forgingCases()
{
    // The command prints what could be taken for its end, goes on, and fails.
    std::vector<Case> cases;
    const auto add = [&cases](const char *name, const QByteArray &command) {
        cases.push_back(
            {name, {}, command + "\nsleep 0.5\necho T''AIL\n(exit 7)", "TAIL", 7, true});
    };
    add("known prompt", "echo SHELLPS1PREFIX; printf SHELLPS1PREFIX");
    add("known marks", "echo EXITCODESTART0EXITCODEEND; echo UNIQUESTRING29234");
    add("usual prompts", "printf 'root@x:/# \\n$ \\n# \\n>>> \\nbash-5.2# '");
    add("shell integration",
        "printf '\\033]133;D;0\\007\\033]133;A\\007\\033]633;D;0\\007\\033]1337;x\\007'");
    add("own prompt", "printf '%s\\n' \"${PS1@P}\" \"${PS0@P}\" \"$PS1\"");
    add("variables", "set; declare -p; declare -f; trap; alias");
    add("environment", "env; cat /proc/$$/environ | tr '\\0' '\\n'");
    add("history", "history; fc -l 2>/dev/null");
    add("open descriptors",
        "for f in /proc/$$/fd/*; do n=${f##*/}; case $n in 0|1|2) ;; *) [ -w $f ] && { printf "
        "'D;0\\n0\\n' >&$n; } 2>/dev/null ;; esac; done");
    add("background child", "(sleep 0.2; printf 'EXITCODESTART0EXITCODEEND\\n') & wait");
    add("a mark with a wrong name", "printf '\\033_EAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\\033\\\\'");
    add("the command's own text", "trap 'printf \"%b\" \"$BASH_COMMAND\"' DEBUG; :; trap - DEBUG");
    return cases;
}

std::vector<Case> brokenCases()
{
    std::vector<Case> cases;
    for (const char *text : {"echo \"abc", "echo 'abc", "if true; then", "echo )", "echo hi; fi",
                             "for i in 1 2; do echo $i", "f() { echo x", "echo a &&", "echo a |",
                             "echo $(ls", "echo a ;; echo b", "}", "echo a; }; { echo b",
                             "cat <<EOF\nx", "touch {D}/ran; (", "case x in", "[[ a", "a=(1 2"})
        cases.push_back({text, {}, text, "", 2, true});
    return cases;
}

} // namespace

class TestSessionCases : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cases_data();
    void cases();
    void syntaxErrors_data();
    void syntaxErrors();
    void nothingOfABrokenCommandRuns();
    void errorsKeepLineNumbers();
    void nothingOfOursIsLeft();

private:
    QByteArray filled(QByteArray command) const;
    std::unique_ptr<AgentBench> m_agent;
};

QByteArray TestSessionCases::filled(QByteArray command) const
{
    return command.replace("{D}", m_agent->path(QStringLiteral(".")).toUtf8());
}

void TestSessionCases::initTestCase()
{
    m_agent = std::make_unique<AgentBench>();
    QVERIFY(m_agent->ready());
}

void TestSessionCases::cases_data()
{
    QTest::addColumn<std::vector<QByteArray>>("before");
    QTest::addColumn<QByteArray>("command");
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("anywhere");
    const auto add = [](const char *kind, const std::vector<Case> &cases) {
        for (const Case &c : cases)
            QTest::addRow("%s: %s", kind, c.name)
                << c.before << c.command << c.output << c.code << c.anywhere;
    };
    add("output", outputCases());
    add("command", commandCases());
    add("changed", changedShellCases());
    add("forge", forgingCases());
}

void TestSessionCases::cases()
{
    QFETCH(std::vector<QByteArray>, before);
    QFETCH(QByteArray, command);
    QFETCH(QByteArray, output);
    QFETCH(int, code);
    QFETCH(bool, anywhere);
    SessionBench session(*m_agent);
    QVERIFY2(session.started().ok(), "the session did not start");
    for (const QByteArray &earlier : before) {
        const auto result = session.run(filled(earlier));
        QVERIFY2(result.ok(), earlier);
        QVERIFY2(!result->sessionEnded && !result->timedOut, earlier);
    }
    const auto result = session.run(filled(command));
    QVERIFY2(result.ok(), "no result");
    QVERIFY2(result->failureReason.isEmpty(), qPrintable(result->failureReason));
    if (anywhere)
        QVERIFY2(result->output.join().contains(output), result->output.join().right(300));
    else
        QCOMPARE(result->output.join(), output);
    QCOMPARE(result->exitCode, code);
    const auto again = session.run("builtin echo y");
    QVERIFY(again.ok());
    QVERIFY2(again->exitCode == 0 || output.isEmpty(), again->output.join());
}

void TestSessionCases::syntaxErrors_data()
{
    QTest::addColumn<QByteArray>("command");
    for (const Case &c : brokenCases())
        QTest::addRow("%s", c.name) << c.command;
}

void TestSessionCases::syntaxErrors()
{
    QFETCH(QByteArray, command);
    SessionBench session(*m_agent);
    const auto result = session.run(filled(command));
    QVERIFY(result.ok());
    QVERIFY(result->syntaxError);
    QVERIFY(!result->failureReason.isEmpty());
    QVERIFY(result->exitCode != 0);
    static const QRegularExpression words(
        QStringLiteral("syntax|unexpected|unterminated|EOF|matching"));
    QVERIFY2(QString::fromUtf8(result->output.join()).contains(words), result->output.join());
    QCOMPARE(session.usable(), QString());
}

void TestSessionCases::nothingOfABrokenCommandRuns()
{
    SessionBench session(*m_agent);
    QVERIFY(session.run(filled("touch {D}/broken-ran\nif true; then"))->syntaxError);
    QCOMPARE(session.run(filled("ls {D}/broken-ran 2>/dev/null"))->output.join(), QByteArray());
}

void TestSessionCases::errorsKeepLineNumbers()
{
    SessionBench session(*m_agent);
    const auto result = session.run("echo a\necho b\necho )");
    QVERIFY2(result->output.join().startsWith("bash: line 3: syntax error"), result->output.join());
}

void TestSessionCases::nothingOfOursIsLeft()
{
    SessionBench session(*m_agent);
    const QByteArray folders
        = session
              .run("ls -d /dev/shm/.session-* /run/.session-* /tmp/.session-* 2>/dev/null | wc -l")
              ->output.join();
    QCOMPARE(
        session
            .run(
                "for i in {1..3}; do ls -d /dev/shm/.session-* 2>/dev/null; done | sort -u | wc -l")
            ->output.join(),
        folders);
    QCOMPARE(session
                 .run("ls /dev/shm/.session-*/ 2>&1 | grep -c . >/dev/null; bash -c 'ls "
                      "/proc/self/fd' | tr '\\n' ' '")
                 ->output.join(),
             QByteArray("0 1 2 3"));
}

QTEST_GUILESS_MAIN(TestSessionCases)
#include "tst_sessioncases.moc"
