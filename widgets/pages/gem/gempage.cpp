// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/gem/gempage.h"

#include "widgets/boards/boardview.h"
#include "widgets/charts/stepplot.h"
#include "widgets/common/actionregistry.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/filterentry.h"
#include "widgets/common/format.h"
#include "widgets/common/strip.h"
#include "widgets/pages/gem/episodelists.h"
#include "widgets/pages/gem/episodestage.h"
#include "widgets/pages/gem/episodestate.h"
#include "widgets/pages/gem/gemactions.h"
#include "widgets/pages/gem/livecount.h"
#include "widgets/pages/gem/newepisodedialog.h"
#include "widgets/pages/gem/stepfacts.h"
#include "widgets/pages/gem/stepstrip.h"
#include "widgets/patterns/tableview.h"

#include <QFileDialog>
#include <QSettings>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace quarry::widgets {

namespace {
constexpr auto SplitKey = "splitter";
constexpr int stripHead = 28;
} // namespace

GemPage::GemPage(const Parts &parts, QWidget *parent)
    : Page(parent), m_parts(parts), m_episode(parts.host), m_other(parts.host),
      m_work({parts.host, parts.activity, parts.notices})
{
    makeActions();
    makeLayout();
    connect(&m_parts.host, &engine::EngineHost::environmentsChanged, this, &GemPage::changed);
    connect(&m_episode, &OpenEpisode::opened, this, &GemPage::opened);
    connect(&m_episode, &OpenEpisode::grown, this, &GemPage::grown);
    connect(&m_episode, &OpenEpisode::infoChanged, this, &GemPage::refresh);
    connect(&m_episode, &OpenEpisode::failed, m_stage, &EpisodeStage::showText);
    connect(&m_other, &OpenEpisode::opened, this, &GemPage::compared);
    connect(&m_work, &GemWork::made, this, [this](const QString &id) {
        m_lists->showEpisode(id);
        open(id);
    });
    connect(&m_work, &GemWork::imported, this, &GemPage::showEpisode);
    connect(&m_work, &GemWork::verified, this, [this](qint64 difference) {
        if (difference > 0)
            goTo(difference);
    });
    connect(&m_parts.live, &LiveCount::changed, this, &GemPage::showCount);
    connect(&m_lists->model(), &EpisodeModel::totalChanged, this, &GemPage::showEmpty);
    askPackage();
    showCount();
    showEmpty();
    refresh();
}

// Python may have to be started for the answer.
void GemPage::askPackage()
{
    m_parts.host.ask<QStringList>(
        this,
        [](engine::Engine &engine, const Callback<QStringList> &done) {
            engine.gem().pythonIds(done);
        },
        [this](const Result<QStringList> &ids) {
            if (ids)
                m_lists->addPackageIds(*ids);
        });
}

void GemPage::makeActions()
{
    const auto environment = [this] { return m_episode.info().environmentId; };
    GemCommands commands;
    commands.begin = [this] { askSeed(); };
    commands.play = [this] { playByHand(); };
    commands.takeOver = [this, environment] { m_work.takeOver(environment()); };
    commands.giveBack = [this, environment] { m_work.giveBack(environment()); };
    commands.close = [this, environment] { m_work.close(environment()); };
    commands.sameSeed = [this] {
        const gem::EpisodeInfo &info = m_episode.info();
        m_work.begin(info.spec, info.isSeeded ? std::optional(info.seed) : std::nullopt);
    };
    commands.fork = [this] { m_work.fork(m_episode.info().id, m_step); };
    commands.verify = [this] { m_work.verify(m_episode.info(), m_episode.path()); };
    commands.exportLines = [this] { askExport(); };
    commands.importLines = [this] { askImport(); };
    commands.compare = [this] { compare(); };
    commands.previous = [this] { goTo(m_step - 1); };
    commands.playback = [this] { m_stage->setPlaying(!m_stage->isPlaying()); };
    commands.next = [this] { goTo(m_step + 1); };
    m_actions = new GemActions(m_parts.actions, commands, this);
}

void GemPage::makeLayout()
{
    m_lists = new EpisodeLists(m_parts.host, m_parts.actions);
    m_stage = new EpisodeStage(m_episode, m_parts.actions);
    m_facts = new StepFactsPane(m_parts.actions);
    m_strip = new StepStrip(m_episode);
    m_stripNote = new ElidedLabel;
    m_lists->setMinimumWidth(250);
    m_stage->setMinimumWidth(330);
    m_facts->setMinimumWidth(240);
    m_splitter = new QSplitter;
    m_splitter->addWidget(m_lists);
    m_splitter->addWidget(m_stage);
    m_splitter->addWidget(m_facts);
    m_stage->lower(); // QSplitter puts the last one first, for readers
    m_lists->lower();
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({340, 600, 420});
    auto *head = new Strip(stripHead, Tone::Surface, Strip::LineAbove);
    auto *title = new ElidedLabel(tr("Steps"));
    title->setType(Type::Small, QFont::DemiBold);
    m_stripNote->setType(Type::Small);
    m_stripNote->setTone(Tone::TextSecondary);
    head->add(title);
    head->add(m_stripNote, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_splitter, 1);
    column->addWidget(head);
    column->addWidget(m_strip);
    connect(m_lists, &EpisodeLists::choiceChanged, this, &GemPage::chosen);
    connect(m_lists, &EpisodeLists::kindChanged, this, [this] {
        refresh();
        Q_EMIT choiceChanged();
    });
    connect(m_stage, &EpisodeStage::stepChosen, this, &GemPage::goTo);
    connect(m_stage, &EpisodeStage::playingChanged, this, [this] {
        m_parts.actions.setIcon(QStringLiteral("gem.playback"),
                                m_stage->isPlaying() ? QStringLiteral("pause")
                                                     : QStringLiteral("play"));
    });
    connect(m_strip, &StepStrip::stepChosen, this, &GemPage::goTo);
    connect(m_facts->plot(), &StepPlot::stepChosen, this, &GemPage::goTo);
    connect(m_stage, &EpisodeStage::actionGiven, this, [this](const QByteArray &action) {
        m_work.play(m_episode.info().environmentId, action);
    });
}

void GemPage::showEpisode(const gem::EpisodeInfo &info)
{
    m_lists->showKind(info.spec.envId);
    m_lists->showEpisode(info.id);
    open(info.id);
}

void GemPage::chosen()
{
    const QList<gem::EpisodeInfo> infos = m_lists->chosen();
    // The table tells of its selection when it is read again, too.
    if (infos.size() == 1 && infos.first().id != m_chosenId) {
        m_chosenId = infos.first().id;
        open(m_chosenId);
    }
    refresh();
}

void GemPage::open(const QString &id)
{
    if (id == m_openId)
        return;
    m_openId = id;
    m_step = 0;
    m_other.close();
    m_episode.open(id);
    m_facts->clear();
    m_strip->setMarked(0);
    m_strip->refresh();
    m_stage->showText(tr("Reading the episode…"));
    refresh();
}

void GemPage::opened()
{
    m_facts->plot()->setValues(m_episode.returns());
    m_strip->refresh();
    goTo(m_episode.info().isLive ? m_episode.steps() : 0);
}

// Who stands at the end goes along.
void GemPage::grown()
{
    const bool atEnd = m_step + 1 >= m_facts->plot()->count();
    m_facts->plot()->setValues(m_episode.returns());
    m_strip->refresh();
    if (atEnd)
        goTo(m_episode.steps());
    refresh();
}

void GemPage::changed()
{
    if (!isVisible())
        return;
    m_lists->model().refresh();
    m_episode.follow();
}

void GemPage::goTo(qsizetype step)
{
    if (!m_episode.isOpen())
        return;
    m_step = std::clamp<qsizetype>(step, 0, m_episode.steps());
    const StepView view = m_episode.view(m_step);
    m_stage->showView(m_step, view);
    m_facts->showView(m_step, view);
    m_strip->setCurrent(m_step);
    refresh();
}

void GemPage::refresh()
{
    m_stage->refresh();
    m_actions->refresh(m_episode, m_lists->chosen().size() == 2, !m_lists->kind().isEmpty());
    m_stripNote->setText(
        m_episode.isOpen()
            ? QStringLiteral("%1 · %2").arg(seedText(m_episode.info()), m_episode.info().spec.envId)
            : QString());
}

void GemPage::showCount()
{
    const int live = m_parts.live.value();
    setSubtitle(live == 0
                    ? tr("no environment is open")
                    : counted(live, tr("1 environment is open"), tr("%1 environments are open")));
}

void GemPage::showEmpty()
{
    if (!m_openId.isEmpty())
        return;
    if (m_lists->model().rowCount() == 0)
        m_stage->showEmpty(tr("No episodes yet"),
                           tr("An episode is one game, from its first board to its end. Begin one "
                              "and play it by hand, or let an agent play over the API."));
    else
        m_stage->showEmpty(tr("No episode is open"),
                           tr("Choose one of the list to see its boards and rewards step by step, "
                              "or begin a new one."));
}

// A native episode that has ended goes on as another one, from the step that is shown.
void GemPage::playByHand()
{
    const gem::EpisodeInfo &info = m_episode.info();
    if (goesOn(info) && (m_step == m_episode.steps() || !m_episode.isNative()))
        m_work.takeOver(info.environmentId);
    else
        m_work.fork(info.id, m_step);
}

void GemPage::askSeed()
{
    gem::EnvironmentSpec spec;
    spec.envId = m_lists->kind();
    auto *dialog = new NewEpisodeDialog(spec.envId, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &NewEpisodeDialog::seedChosen, this,
            [this, spec](std::optional<quint32> seed) { m_work.begin(spec, seed); });
    dialog->open();
}

void GemPage::askExport()
{
    auto *dialog = new QFileDialog(window(), tr("Export episode"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(m_episode.info().id + QStringLiteral(".jsonl"));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, info = m_episode.info(), path = m_episode.path()](const QString &file) {
                m_work.exportTo(file, info, path);
            });
    dialog->open();
}

void GemPage::askImport()
{
    auto *dialog = new QFileDialog(window(), tr("Import episodes"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, &m_work, &GemWork::importFrom);
    dialog->open();
}

void GemPage::compare()
{
    const QList<gem::EpisodeInfo> infos = m_lists->chosen();
    for (const gem::EpisodeInfo &info : infos) {
        if (info.id != m_episode.info().id) {
            m_other.open(info.id);
            return;
        }
    }
}

void GemPage::compared()
{
    if (!m_episode.isOpen())
        return;
    m_facts->plot()->setOther(m_other.returns());
    const QString other = seedText(m_other.info());
    const std::optional<qsizetype> difference = m_episode.firstDifference(m_other);
    m_strip->setMarked(difference.value_or(0));
    if (!difference) {
        m_facts->setNote(tr("against %1: the same").arg(other));
        return;
    }
    m_facts->setNote(*difference == 0
                         ? tr("against %1: another start").arg(other)
                         : tr("against %1: differs at step %2").arg(other).arg(*difference));
    goTo(*difference);
}

QList<QWidget *> GemPage::parts()
{
    return {m_lists->kinds(), m_lists->episodes(), m_stage->middle(), m_facts->tabs()->tabBar(),
            m_strip};
}

bool GemPage::focusFilter()
{
    m_lists->filter()->setFocus(Qt::ShortcutFocusReason);
    m_lists->filter()->selectAll();
    return true;
}

void GemPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    changed();
}

void GemPage::saveState(QSettings &settings) const
{
    settings.setValue(QLatin1String(SplitKey), m_splitter->saveState());
    m_lists->saveState(settings);
}

void GemPage::restoreState(const QSettings &settings)
{
    m_splitter->restoreState(settings.value(QLatin1String(SplitKey)).toByteArray());
    m_splitter->setChildrenCollapsible(false);
    m_lists->restoreState(settings);
}

} // namespace quarry::widgets
