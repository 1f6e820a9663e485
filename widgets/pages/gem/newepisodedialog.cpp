// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/gem/newepisodedialog.h"

#include "widgets/theme/buttonkind.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace quarry::widgets {

NewEpisodeDialog::NewEpisodeDialog(const QString &envId, QWidget *parent)
    : QDialog(parent), m_seed(new QLineEdit), m_fault(new QLabel)
{
    setWindowTitle(tr("New episode"));
    m_seed->setAccessibleName(tr("Seed"));
    m_seed->setPlaceholderText(tr("drawn when left empty"));
    auto *form = new QFormLayout;
    form->addRow(tr("Environment"), new QLabel(envId));
    form->addRow(tr("&Seed"), m_seed);
    m_fault->setText(tr("A seed is a whole number from 0 to 4294967295."));
    m_fault->setVisible(false);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_start = buttons->addButton(tr("Start"), QDialogButtonBox::AcceptRole);
    setButtonKind(m_start, ButtonKind::Primary);
    auto *column = new QVBoxLayout(this);
    column->setSizeConstraint(QLayout::SetFixedSize);
    column->addLayout(form);
    column->addWidget(m_fault);
    column->addWidget(buttons);
    m_start->setDefault(true);
    connect(m_seed, &QLineEdit::textChanged, this, &NewEpisodeDialog::check);
    connect(buttons, &QDialogButtonBox::accepted, this, &NewEpisodeDialog::choose);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void NewEpisodeDialog::check()
{
    bool whole = true;
    if (!m_seed->text().trimmed().isEmpty())
        (void)m_seed->text().trimmed().toUInt(&whole);
    m_fault->setVisible(!whole);
    m_start->setEnabled(whole);
}

void NewEpisodeDialog::choose()
{
    const QString text = m_seed->text().trimmed();
    Q_EMIT seedChosen(text.isEmpty() ? std::nullopt : std::optional(text.toUInt()));
    accept();
}

} // namespace quarry::widgets
