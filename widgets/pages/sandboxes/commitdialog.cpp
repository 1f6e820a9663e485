// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/commitdialog.h"

#include "widgets/common/codeblock.h"
#include "widgets/theme/measures.h"
#include "widgets/theme/buttonkind.h"
#include "widgets/common/shellword.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace quarry::widgets {

QString freeImageName(const QString &sandbox, const QStringList &taken)
{
    QString name;
    for (const QChar c : sandbox.toLower()) {
        const bool plain = (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9');
        if (plain)
            name += c;
        else if (!name.isEmpty() && !name.endsWith(u'-'))
            name += u'-';
    }
    while (name.endsWith(u'-'))
        name.chop(1);
    if (name.isEmpty() || name == QLatin1String("host"))
        name = QStringLiteral("sandbox");
    for (int tag = 1;; ++tag) {
        const QString full = QStringLiteral("%1:%2").arg(name).arg(tag);
        if (!taken.contains(full))
            return full;
    }
}

CommitDialog::CommitDialog(engine::EngineHost &host, const QString &sandbox, QWidget *parent)
    : QDialog(parent), m_sandbox(sandbox), m_image(new QLineEdit(freeImageName(sandbox, {}))),
      m_note(new QLabel), m_shellLine(new CodeBlock(tr("Shell command"))),
      m_curlLine(new CodeBlock(tr("HTTP call")))
{
    setWindowTitle(tr("Commit to image"));
    m_image->setAccessibleName(tr("Image name"));
    m_image->setMaxLength(512);
    auto *form = new QFormLayout;
    form->addRow(tr("&Image name"), m_image);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_commit = buttons->addButton(tr("Commit"), QDialogButtonBox::AcceptRole);
    setButtonKind(m_commit, ButtonKind::Primary);
    connect(buttons, &QDialogButtonBox::accepted, this,
            [this] { Q_EMIT commitRequested(image()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *column = new QVBoxLayout(this);
    column->setSizeConstraint(QLayout::SetFixedSize);
    column->addLayout(form);
    column->addWidget(m_note);
    column->addWidget(m_shellLine);
    column->addWidget(m_curlLine);
    column->addWidget(buttons);
    m_shellLine->setMinimumWidth(measures::DialogWidth - 2 * measures::SpaceL);
    m_commit->setDefault(true); // of this dialog, which it is in now
    connect(m_image, &QLineEdit::textChanged, this, &CommitDialog::typed);
    host.ask<QList<engine::ImageInfo>>(
        this,
        [](engine::Engine &engine, Callback<QList<engine::ImageInfo>> done) {
            engine.images().list(std::move(done));
        },
        [this](const Result<QList<engine::ImageInfo>> &images) {
            if (!images)
                return;
            const bool offered = m_image->text() == freeImageName(m_sandbox, {});
            for (const engine::ImageInfo &image : *images)
                m_taken.append(image.name);
            if (offered)
                m_image->setText(freeImageName(m_sandbox, m_taken));
            typed();
        });
    typed();
    m_image->selectAll();
}

QString CommitDialog::image() const
{
    return m_image->text().trimmed();
}

void CommitDialog::showError(const QString &message)
{
    m_note->setText(message);
}

void CommitDialog::typed()
{
    const QString name = image();
    m_commit->setEnabled(!name.isEmpty());
    if (name.isEmpty())
        m_note->setText(tr("An image needs a name, like tools:1."));
    else if (m_taken.contains(name))
        m_note->setText(tr("There is an image of this name; its name will mean the new one."));
    else
        m_note->setText(tr("Its files as they are now, without its processes."));
    m_shellLine->setCode(shellLine({QStringLiteral("quarry"), QStringLiteral("sandbox"),
                                    QStringLiteral("commit"), m_sandbox, name}));
    m_curlLine->setCode(
        QStringLiteral("curl http://127.0.0.1:8080/api/quarry/v1/sandboxes/%1/commit \\\n"
                       "  -H 'Content-Type: application/json' -d %2")
            .arg(m_sandbox,
                 shellWord(
                     QString::fromUtf8(QJsonDocument(QJsonObject{{QStringLiteral("tag"), name}})
                                           .toJson(QJsonDocument::Compact)))));
}

} // namespace quarry::widgets
