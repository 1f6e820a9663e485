// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/activitypanel.h"

#include "widgets/common/activitymodel.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/strip.h"
#include "widgets/patterns/tableview.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/measures.h"
#include "widgets/theme/style.h"

#include <QPainter>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>

namespace quarry::widgets {

ActivityPanel::ActivityPanel(ActivityModel *model, QWidget *parent)
    : QWidget(parent), m_model(model), m_table(new TableView(tr("Activity"))),
      m_cancel(new QPushButton(tr("Cancel")))
{
    auto *title = new ElidedLabel(tr("Activity"));
    title->setType(Type::Small, QFont::DemiBold);
    m_cancel->setAccessibleName(tr("Cancel selected activity"));
    setSmallButton(m_cancel);
    connect(m_cancel, &QPushButton::clicked, this, &ActivityPanel::cancelSelected);
    auto *close = new QPushButton;
    close->setIcon(themedIcon(QStringLiteral("close")));
    close->setAccessibleName(tr("Close activity"));
    close->setToolTip(close->accessibleName());
    setButtonKind(close, ButtonKind::Flat);
    setSmallButton(close);
    connect(close, &QPushButton::clicked, this, &ActivityPanel::closeRequested);

    auto *head = new Strip(measures::RowNormal, Tone::Raised);
    head->add(title);
    head->addStretch();
    head->add(m_cancel);
    head->add(close);

    m_table->setModel(model);
    m_table->setColumns({{CellKind::State, 200},
                         {CellKind::Text, 300, true},
                         {CellKind::Text, 100},
                         {CellKind::Progress, 160},
                         {CellKind::Figures, 110},
                         {CellKind::Figures, 100}});
    m_table->setMinimumHeight(2 * measures::RowDense + measures::TableHeader);
    connect(m_table, &TableView::selectedRowsChanged, this, &ActivityPanel::updateButtons);
    connect(model, &ActivityModel::summaryChanged, this, &ActivityPanel::updateButtons);
    connect(m_table, &TableView::rowActivated, this,
            [this](int row) { m_model->open(m_model->idAt(row)); });

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 1, 0, 0);
    column->setSpacing(0);
    column->addWidget(head);
    column->addWidget(m_table, 1);
    setFocusProxy(m_table);
    updateButtons();
}

void ActivityPanel::saveState(QSettings &settings) const
{
    m_table->saveState(settings, QStringLiteral("columns"));
}

void ActivityPanel::restoreState(const QSettings &settings)
{
    m_table->restoreState(settings, QStringLiteral("columns"));
}

void ActivityPanel::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(0, 0, width(), 1, look().color(Tone::Border));
}

void ActivityPanel::cancelSelected()
{
    QList<ActivityId> ids;
    for (const int row : m_table->selectedRows())
        ids.append(m_model->idAt(row));
    for (const ActivityId id : ids)
        m_model->cancel(id);
    updateButtons();
}

void ActivityPanel::updateButtons()
{
    const QList<int> rows = m_table->selectedRows();
    const bool any = std::any_of(rows.begin(), rows.end(), [this](int row) {
        return m_model->canCancel(m_model->idAt(row));
    });
    m_cancel->setEnabled(any);
}

} // namespace quarry::widgets
