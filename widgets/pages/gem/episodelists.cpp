// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/gem/episodelists.h"

#include "widgets/common/actionregistry.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/filterentry.h"
#include "widgets/common/format.h"
#include "widgets/common/strip.h"
#include "widgets/pages/gem/kindmodel.h"
#include "widgets/patterns/tableview.h"
#include "widgets/theme/measures.h"

#include <QSettings>
#include <QSplitter>
#include <QVBoxLayout>

namespace quarry::widgets {

namespace {

constexpr auto KindKey = "kind";
constexpr auto ListsKey = "lists";
constexpr int headHeight = 32;

QWidget *columnOf(Strip *above, QWidget *below)
{
    auto *holder = new QWidget;
    auto *column = new QVBoxLayout(holder);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(above);
    column->addWidget(below, 1);
    return holder;
}

} // namespace

EpisodeLists::EpisodeLists(engine::EngineHost &host, ActionRegistry &actions, QWidget *parent)
    : QWidget(parent), m_model(new EpisodeModel(host, this)), m_kindModel(new KindModel(this)),
      m_kindFilter(new KindFilter(this)),
      m_filter(new FilterEntry(tr("Filter environments"), tr("Filter environments"))),
      m_kinds(new TableView(tr("Environments"))), m_episodes(new TableView(tr("Episodes"))),
      m_count(new ElidedLabel), m_head(new Strip(headHeight)),
      m_splitter(new QSplitter(Qt::Vertical))
{
    m_kindFilter->setSourceModel(m_kindModel);
    m_kinds->setModel(m_kindFilter);
    m_kinds->setColumns({{CellKind::Text, 205}, {CellKind::Text, 110, true}});
    m_kinds->sortByColumn(KindModel::IdColumn, Qt::AscendingOrder);
    m_kinds->setSelectionMode(QAbstractItemView::SingleSelection);
    m_filter->setTarget(m_kinds);
    m_episodes->setModel(m_model);
    m_episodes->setColumns({{CellKind::State, 120, true},
                            {CellKind::Figures, 84},
                            {CellKind::Figures, 60},
                            {CellKind::Figures, 64}});
    m_episodes->setSortingEnabled(false);
    m_episodes->setActions(&actions, QStringLiteral("gem"));

    auto *tools = new Strip(measures::ToolBar);
    tools->add(m_filter, 1);
    auto *title = new ElidedLabel(tr("Episodes"));
    title->setType(Type::Small, QFont::DemiBold);
    m_count->setType(Type::Small);
    m_count->setTone(Tone::TextSecondary);
    m_head->add(title);
    m_head->add(m_count, 1);
    m_head->addAction(actions.action(QStringLiteral("gem.import")));
    m_head->addAction(actions.action(QStringLiteral("gem.new")));

    QWidget *above = columnOf(tools, m_kinds);
    m_splitter->addWidget(above);
    m_splitter->addWidget(columnOf(m_head, m_episodes));
    above->lower(); // QSplitter puts the last one first, for readers
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setSizes({360, 300});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_splitter);

    connect(m_filter, &QLineEdit::textChanged, this, &EpisodeLists::filterKinds);
    connect(m_kinds, &TableView::selectedRowsChanged, this, &EpisodeLists::kindChosen);
    connect(m_episodes, &TableView::selectedRowsChanged, this, [this] {
        if (!m_episodes->selectedRows().isEmpty())
            m_wanted.clear(); // a person has chosen meanwhile
        Q_EMIT choiceChanged();
    });
    connect(m_model, &EpisodeModel::totalChanged, this, &EpisodeLists::totalChanged);
}

QString EpisodeLists::kind() const
{
    return m_model->kind();
}

int EpisodeLists::rowOfKind(const QString &envId) const
{
    for (int row = 0; row < m_kindFilter->rowCount(); ++row) {
        if (m_kindFilter->index(row, KindModel::IdColumn).data().toString() == envId)
            return row;
    }
    return -1;
}

void EpisodeLists::addPackageIds(const QStringList &ids)
{
    m_kindModel->addPackageIds(ids);
}

void EpisodeLists::showKind(const QString &envId)
{
    m_kindModel->addPackageIds({envId}); // an imported one may be of a package that is not here
    if (rowOfKind(envId) < 0)
        m_filter->clear(); // it may be filtered out
    const int row = rowOfKind(envId);
    if (row < 0)
        return;
    m_kinds->selectRow(row);
    m_kinds->scrollTo(m_kindFilter->index(row, KindModel::IdColumn),
                      QAbstractItemView::PositionAtCenter);
}

// The kind stays chosen while it is filtered out; a view would choose its neighbour.
void EpisodeLists::filterKinds(const QString &text)
{
    const QSignalBlocker quiet(m_kinds);
    m_kindFilter->setText(text);
    const int row = rowOfKind(kind());
    if (row >= 0)
        m_kinds->selectRow(row);
    else
        m_kinds->selectionModel()->clear();
}

void EpisodeLists::showEpisode(const QString &id)
{
    m_wanted = id;
    totalChanged();
}

QList<gem::EpisodeInfo> EpisodeLists::chosen() const
{
    QList<gem::EpisodeInfo> infos;
    for (const int row : m_episodes->selectedRows()) {
        if (const gem::EpisodeInfo *info = m_model->episode(row))
            infos.append(*info);
        if (infos.size() == 2)
            break;
    }
    return infos;
}

void EpisodeLists::kindChosen()
{
    const QList<int> rows = m_kinds->selectedRows();
    if (rows.isEmpty())
        return;
    const QString envId = m_kindFilter->index(rows.first(), KindModel::IdColumn).data().toString();
    if (envId == kind())
        return;
    m_wanted.clear();
    m_model->setKind(envId);
    Q_EMIT kindChanged();
}

void EpisodeLists::totalChanged()
{
    m_count->setText(formatCount(m_model->rowCount()));
    const int row = m_wanted.isEmpty() ? -1 : m_model->rowOf(m_wanted);
    if (row < 0)
        return;
    m_wanted.clear();
    m_episodes->selectRow(row);
    m_episodes->scrollTo(m_model->index(row, 0));
}

void EpisodeLists::saveState(QSettings &settings) const
{
    settings.setValue(QLatin1String(KindKey), kind());
    settings.setValue(QLatin1String(ListsKey), m_splitter->saveState());
}

void EpisodeLists::restoreState(const QSettings &settings)
{
    m_splitter->restoreState(settings.value(QLatin1String(ListsKey)).toByteArray());
    m_splitter->setChildrenCollapsible(false);
    showKind(
        settings.value(QLatin1String(KindKey), QStringLiteral("game:Sokoban-v0-easy")).toString());
}

} // namespace quarry::widgets
