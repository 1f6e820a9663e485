// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio.h"

#include "config/config.h"
#include "widgets/common/actionregistry.h"
#include "widgets/pages/gem/gempage.h"
#include "widgets/pages/sandboxes/files/filestab.h"
#include "widgets/pages/sandboxes/sandboxespage.h"
#include "widgets/patterns/detailpane.h"

#include <QApplication>
#include <QProcess>
#include <QTabWidget>
#include <QTableView>
#include <QSignalSpy>
#include <QTest>

namespace quarry::shots {

using namespace Qt::StringLiterals;

namespace {
constexpr int patience = 60'000;
constexpr qint64 mebibyte = 1024 * 1024;
constexpr QSize size(1440, 900);
} // namespace

Studio::Studio() : m_folder(u"/var/tmp/quarry-shots-XXXXXX"_s)
{
    qputenv("XDG_CONFIG_HOME", m_folder.filePath(u"config"_s).toUtf8());
}

Studio::~Studio()
{
    if (!m_workbench)
        return;
    bool closed = false;
    m_workbench->host().close([&](const Result<void> &) { closed = true; });
    wait([&] { return closed; });
    m_workbench.reset();
}

bool Studio::wait(const std::function<bool()> &until)
{
    return QTest::qWaitFor(until, patience);
}

QString Studio::open()
{
    config::Sources sources = config::systemSources();
    sources.flags.insert(u"data.path"_s, m_folder.filePath(u"data"_s));
    sources.flags.insert(u"server.listen"_s, u"127.0.0.1:0"_s);
    const Result<config::Config> config = config::Config::load(sources);
    if (!config)
        return config.error().message;
    Result<service::Settings> settings = service::settingsOf(*config);
    if (!settings)
        return settings.error().message;
    settings->engine.programFolder = QStringLiteral(QUARRY_BIN_DIR);
    settings->engine.deleteOnExit = true;
    m_workbench = std::make_unique<workbench::Workbench>(*settings, sources, *config);
    m_workbench->window().resize(size);
    m_workbench->start();
    if (!wait([this] { return m_workbench->host().isOpen(); }))
        return u"the engine does not open"_s;

    start(u"django-14730"_s, u"python:3.11"_s, 512 * mebibyte, 1);
    start(u"webshop-42"_s, u"python:3.11"_s, 256 * mebibyte, 0.5);
    start(u"sokoban-7"_s, u"host"_s, 128 * mebibyte, 1);
    start(u"notebook"_s, u"debian:12"_s, 1024 * mebibyte, 2);
    const auto counts = [this] { return m_workbench->sandboxes().counts(); };
    if (!wait([&] { return counts().running == 4; }))
        return u"the sandboxes do not start"_s;
    run(u"django-14730"_s,
        u"python3 -c 'import time; x = bytearray(200 << 20); time.sleep(600)'"_s);
    run(u"webshop-42"_s, u"while :; do :; done"_s);
    run(u"django-14730"_s,
        u"cp -r /usr/share/python3 /root/testbed; cd /root/testbed; mkdir logs; "
        "truncate -s 3G core.4711; mkfifo control; ln -s py3versions.py versions; "
        "touch -d 2024-02-29 setup.cfg; printf 'a name\\n' > \"$(printf 'two\\nlines')\""_s);
    m_workbench->host().post([](engine::Engine &engine) {
        engine.sandboxes().stop(u"sokoban-7"_s, [](const Result<void> &) { });
    });
    if (!wait([&] { return counts().running == 3; }))
        return u"a sandbox does not stop"_s;
    act(u"server.start"_s);
    callAsAgentsDo();
    if (!playGames())
        return u"no episode comes"_s;
    return openTerminals() ? QString() : u"no session and no shell come"_s;
}

// Some episodes of one game, the last of which goes on.
bool Studio::playGames()
{
    using Episode = gem::EpisodeInfo;
    std::optional<Episode> episode;
    m_workbench->host().ask<Episode>(
        &m_workbench->window(),
        [](engine::Engine &engine, const Callback<Episode> &done) {
            gem::EnvironmentService &service = engine.gem();
            gem::EnvironmentSpec spec;
            spec.envId = u"game:Minesweeper-v0-hard"_s;
            for (quint32 seed = 11; seed < 20; ++seed) {
                const Result<QString> id = service.make(spec);
                if (!id) {
                    done(id.error());
                    return;
                }
                service.reset(*id, seed, [](const Result<std::string> &) { });
                for (int step = 0; step < (seed == 19 ? 9 : 70); ++step)
                    service.step(*id, "random_action", [](const Result<std::string> &) { });
                if (seed < 19)
                    (void)service.close(*id);
                else
                    done(service.episode(gem::episodeId(*id, 1)));
            }
        },
        [&](const Result<Episode> &made) { episode = made ? *made : Episode(); });
    if (!wait([&] { return episode.has_value(); }) || episode->id.isEmpty())
        return false;
    widgets::Window &window = m_workbench->window();
    window.showPage(u"gem"_s);
    auto *page = qobject_cast<widgets::GemPage *>(window.page(u"gem"_s));
    if (!page)
        return false;
    page->showEpisode(*episode);
    return wait([&] { return page->episode().isOpen(); });
}

// By the command line, so that there is a log of calls.
void Studio::callAsAgentsDo()
{
    const QList<QStringList> calls{{u"show"_s, u"django-14730"_s},
                                   {u"stats"_s, u"django-14730"_s},
                                   {u"exec"_s, u"django-14730"_s, u"--"_s, u"ls"_s, u"/"_s},
                                   {u"commit"_s, u"django-14730"_s, u"Not An Image"_s},
                                   {u"commit"_s, u"django-14730"_s, u"django:fixed"_s}};
    for (const QStringList &call : calls) {
        QProcess quarry;
        quarry.start(QStringLiteral(QUARRY_BIN_DIR "/quarry"),
                     QStringList{u"sandbox"_s} + call.mid(0, 1)
                         + QStringList{u"--data"_s, m_folder.filePath(u"data"_s)} + call.mid(1));
        wait([&] { return quarry.state() == QProcess::NotRunning; });
    }
}

void Studio::act(const QString &action)
{
    m_workbench->window().actions()->action(action)->trigger();
}

// An agent's session with a few commands, and a person's shell beside it.
bool Studio::openTerminals()
{
    const QList<QByteArray> commands{"cd /usr/share/python3 && ls --color=always",
                                     "grep --color=always -n import debpython/*.py | head -4",
                                     "python3 tests/runtest.py"};
    bool finished = false;
    m_workbench->host().ask<void>(
        &m_workbench->window(),
        [commands](engine::Engine &engine, const Callback<void> &done) {
            sandbox::SandboxService &service = engine.sandboxes();
            sandbox::SessionSpec session;
            session.name = u"agent"_s;
            service.createSession(u"django-14730"_s, session, [](const Result<QByteArray> &) { });
            for (const QByteArray &command : commands) {
                sandbox::RunSpec spec;
                spec.command = command;
                const bool last = command == commands.last();
                service.runInSession(u"django-14730"_s, u"agent"_s, spec,
                                     [last, done](const Result<sandbox::RunResult> &) {
                                         if (last)
                                             done({});
                                     });
            }
        },
        [&](const Result<void> &) { finished = true; });
    widgets::Window &window = m_workbench->window();
    window.showPage(u"sandboxes"_s);
    auto *page = qobject_cast<widgets::SandboxesPage *>(window.page(u"sandboxes"_s));
    if (!page || !wait([&] { return finished; }))
        return false;
    page->show(u"django-14730"_s);
    page->openShell(u"django-14730"_s);
    return true;
}

void Studio::start(const QString &id, const QString &image, qint64 memory, double cpus)
{
    sandbox::SandboxRequest request;
    request.id = id;
    request.image = image;
    request.memory = memory;
    request.cpus = cpus;
    m_workbench->host().post([request](engine::Engine &engine) {
        engine.sandboxes().start(request, [](const Result<sandbox::SandboxInfo> &) { });
    });
}

void Studio::run(const QString &id, const QString &line)
{
    sandbox::CommandRequest request;
    request.argv = {"/bin/sh", "-c", line.toUtf8()};
    m_workbench->host().post([id, request](engine::Engine &engine) {
        engine.sandboxes().execute(id, request, [](const Result<sandbox::CommandResult> &) { });
    });
}

// What a page asks for when it is shown has come when the machine has been looked at twice.
void Studio::settle()
{
    QSignalSpy looked(&m_workbench->gauge(), &widgets::MachineGauge::changed);
    wait([&] { return looked.size() >= 2; });
}

QStringList Studio::shoot(const QString &folder)
{
    widgets::Window &window = m_workbench->window();
    QStringList written;
    for (const QString &scheme : {u"light"_s, u"dark"_s}) {
        window.actions()->action(u"window."_s + scheme + u"Theme"_s)->trigger();
        for (const QString &page : window.pageIds()) {
            window.showPage(page);
            settle();
            written.append(picture(folder, page + u'-' + scheme));
            if (page == "sandboxes"_L1)
                written.append(shootTabs(folder, scheme));
        }
        written.append(shootFiles(folder, scheme));
    }
    return written;
}

// A folder, and a file of it that is open; the terminals are back afterwards.
QString Studio::shootFiles(const QString &folder, const QString &scheme)
{
    widgets::Window &window = m_workbench->window();
    window.showPage(u"sandboxes"_s);
    auto *page = qobject_cast<widgets::SandboxesPage *>(window.page(u"sandboxes"_s));
    auto *files = page ? page->findChild<widgets::FilesTab *>() : nullptr;
    if (!files)
        return {};
    files->goTo(u"django-14730"_s, "/root/testbed");
    page->showFiles(u"django-14730"_s);
    files->openFile("/root/testbed/py3versions.py");
    settle();
    const QString path = picture(folder, u"files-"_s + scheme);
    page->detail()->showTab(u"terminals"_s);
    return path;
}

QStringList Studio::shootTabs(const QString &folder, const QString &scheme)
{
    auto *page = qobject_cast<widgets::SandboxesPage *>(m_workbench->window().page(u"sandboxes"_s));
    QStringList written;
    for (const QString &tab : {u"processes"_s, u"statistics"_s, u"log"_s}) {
        page->detail()->showTab(tab);
        settle();
        // The first row that a reader would look at.
        if (auto *table = page->detail()->tabs()->currentWidget()->findChild<QTableView *>())
            table->selectRow(0);
        QCoreApplication::processEvents(); // what that shows is laid out
        written.append(picture(folder, u"sandboxes-"_s + tab + u'-' + scheme));
    }
    page->detail()->showTab(u"terminals"_s);
    return written;
}

QString Studio::picture(const QString &folder, const QString &name)
{
    const qreal scale = m_workbench->window().devicePixelRatioF();
    const QString suffix = scale > 1 ? u"@%1x"_s.arg(scale) : QString();
    const QString path = u"%1/%2%3.png"_s.arg(folder, name, suffix);
    return m_workbench->window().grab().save(path) ? path : QString();
}

} // namespace quarry::shots
