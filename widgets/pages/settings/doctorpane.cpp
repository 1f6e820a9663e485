// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/settings/doctorpane.h"

#include "base/pool.h"
#include "widgets/common/actionregistry.h"
#include "widgets/common/codeblock.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/format.h"
#include "widgets/common/strip.h"
#include "widgets/pages/settings/findingmodel.h"
#include "widgets/patterns/tableview.h"
#include "widgets/theme/measures.h"

#include <QVBoxLayout>

namespace quarry::widgets {

DoctorPane::DoctorPane(std::function<Diagnosis()> examine, ActionRegistry &actions, QWidget *parent)
    : QWidget(parent), m_examine(std::move(examine)),
      m_again(actions.add({.id = QStringLiteral("settings.examine"),
                           .text = tr("Examine this machine"),
                           .shortText = tr("Examine again"),
                           .icon = QStringLiteral("restart")},
                          this, [this] { this->examine(); })),
      m_model(new FindingModel(this)), m_table(new TableView(tr("Doctor"))),
      m_verdict(new ElidedLabel), m_advice(new QWidget),
      m_profile(new CodeBlock(tr("AppArmor profile")))
{
    m_pool.setMaxThreadCount(1);
    auto *head = new Strip(measures::ToolBar);
    auto *title = new ElidedLabel(tr("Doctor"));
    title->setType(Type::Body, QFont::DemiBold);
    title->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_verdict->setType(Type::Small);
    m_verdict->setTone(Tone::TextSecondary);
    head->add(title);
    head->add(m_verdict, 1);
    head->addAction(m_again, ActionButton::Text);

    m_table->setModel(m_model);
    m_table->setColumns({{CellKind::State, 90},
                         {CellKind::Text, 170},
                         {CellKind::Text, 300, true},
                         {CellKind::Text, 340}});
    m_table->setSortingEnabled(false);

    auto *advice = new QVBoxLayout(m_advice);
    advice->setContentsMargins(measures::SpaceM, measures::SpaceM, measures::SpaceM,
                               measures::SpaceM);
    auto *sentence = new QLabel(tr("Put these lines into /etc/apparmor.d/quarry, and run "
                                   "\"sudo apparmor_parser -r /etc/apparmor.d/quarry\":"));
    sentence->setWordWrap(true);
    advice->addWidget(sentence);
    advice->addWidget(m_profile);
    m_advice->hide();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(head);
    column->addWidget(m_table, 1);
    column->addWidget(m_advice);
}

DoctorPane::~DoctorPane()
{
    m_pool.waitForDone();
}

int DoctorPane::faults() const
{
    return m_model->failing() + m_model->missed();
}

void DoctorPane::examine()
{
    m_known = true;
    m_again->setEnabled(false);
    m_verdict->setText(tr("looking at this machine"));
    runInPool<Diagnosis>(
        m_pool, this, [examine = m_examine]() -> Result<Diagnosis> { return examine(); },
        [this](const Result<Diagnosis> &diagnosis) { show(*diagnosis); });
}

void DoctorPane::show(const Diagnosis &diagnosis)
{
    m_again->setEnabled(true);
    m_model->setFindings(diagnosis.findings);
    m_profile->setCode(diagnosis.appArmorProfile);
    m_advice->setVisible(!diagnosis.appArmorProfile.isEmpty());
    const QString missed = m_model->missed() > 0
        ? tr("; parts missed: %1").arg(formatCount(m_model->missed()))
        : QString();
    m_verdict->setText((m_model->failing() == 0 ? tr("this machine can run sandboxes")
                                                : tr("this machine cannot run sandboxes yet"))
                       + missed);
    Q_EMIT examined();
}

void DoctorPane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!m_known)
        examine();
}

} // namespace quarry::widgets
