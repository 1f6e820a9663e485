// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/gem/stepfacts.h"

#include "widgets/charts/stepplot.h"
#include "widgets/common/actionregistry.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/strip.h"
#include "widgets/pages/gem/infomodel.h"
#include "widgets/patterns/tableview.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/measures.h"

#include <QJsonDocument>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>

namespace quarry::widgets {

namespace {

constexpr int factsHead = 32;

QPlainTextEdit *makeText(const QString &name)
{
    auto *text = new QPlainTextEdit;
    text->setReadOnly(true);
    text->setAccessibleName(name);
    text->setFont(themeFont(Type::Mono));
    text->setFrameShape(QFrame::NoFrame);
    text->setTabChangesFocus(true);
    text->setMinimumSize(80, 40);
    text->document()->setDocumentMargin(measures::SpaceM);
    return text;
}

QWidget *titled(Strip *head, QWidget *content)
{
    auto *holder = new QWidget;
    auto *column = new QVBoxLayout(holder);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(head);
    column->addWidget(content, 1);
    return holder;
}

ElidedLabel *headTitle(const QString &text)
{
    auto *label = new ElidedLabel(text);
    label->setType(Type::Small, QFont::DemiBold);
    return label;
}

} // namespace

StepFactsPane::StepFactsPane(ActionRegistry &actions, QWidget *parent)
    : QWidget(parent), m_tabs(new QTabWidget), m_observation(makeText(tr("Observation"))),
      m_raw(makeText(tr("Raw answer"))), m_note(new ElidedLabel),
      m_plot(new StepPlot(tr("Return"))), m_info(new InfoModel(this))
{
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_observation, tr("Observation"));
    m_tabs->addTab(m_raw, tr("Raw"));
    m_note->setType(Type::Small);
    m_note->setTone(Tone::TextSecondary);
    auto *plotHead = new Strip(factsHead);
    plotHead->add(headTitle(tr("Return")));
    plotHead->add(m_note, 1);
    plotHead->addAction(actions.action(QStringLiteral("gem.compare")));
    plotHead->addAction(actions.action(QStringLiteral("gem.export")));
    auto *table = new TableView(tr("Info"));
    table->setModel(m_info);
    table->setColumns({{CellKind::Text, 130}, {CellKind::Id, 140, true}});
    table->setSortingEnabled(false);
    auto *infoHead = new Strip(factsHead);
    infoHead->add(headTitle(tr("Info")), 1);

    auto *splitter = new QSplitter(Qt::Vertical);
    QWidget *plot = titled(plotHead, m_plot);
    splitter->addWidget(m_tabs);
    splitter->addWidget(plot);
    splitter->addWidget(titled(infoHead, table));
    plot->lower(); // QSplitter puts the last one first, for readers
    m_tabs->lower();
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({320, 150, 200});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(splitter);
}

void StepFactsPane::showView(qsizetype step, const StepView &view)
{
    m_observation->setPlainText(view.observation);
    m_raw->setPlainText(
        QString::fromUtf8(QJsonDocument::fromJson(view.raw).toJson(QJsonDocument::Indented)));
    m_info->setObject(view.info);
    m_plot->setCursor(step);
}

void StepFactsPane::clear()
{
    m_observation->clear();
    m_raw->clear();
    m_info->setObject({});
    m_plot->setValues({});
    m_plot->setOther({});
    setNote({});
}

void StepFactsPane::setNote(const QString &note)
{
    m_note->setText(note);
}

} // namespace quarry::widgets
