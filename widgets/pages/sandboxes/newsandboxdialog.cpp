// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/newsandboxdialog.h"

#include "widgets/common/codeblock.h"
#include "widgets/common/shellword.h"
#include "widgets/theme/buttonkind.h"
#include "widgets/theme/look.h"
#include "widgets/theme/measures.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace quarry::widgets {

namespace {

constexpr qint64 mebibyte = 1024 * 1024;
constexpr int memoryMax = 1024 * 1024; // MiB

} // namespace

QString shellLine(const sandbox::SandboxRequest &request)
{
    QString line = QStringLiteral("quarry sandbox start --image ") + shellWord(request.image);
    if (!request.id.isEmpty())
        line += QStringLiteral(" --name ") + shellWord(request.id);
    if (request.memory)
        line += QStringLiteral(" --memory %1m").arg(*request.memory / mebibyte);
    if (request.cpus)
        line += QStringLiteral(" --cpus %1").arg(*request.cpus);
    if (request.network)
        line += QStringLiteral(" --network ") + sandbox::toString(*request.network);
    return line;
}

QString curlLine(const sandbox::SandboxRequest &request)
{
    QJsonObject body{{QStringLiteral("image"), request.image}};
    if (!request.id.isEmpty())
        body.insert(QStringLiteral("id"), request.id);
    if (request.memory)
        body.insert(QStringLiteral("memory"),
                    QStringLiteral("%1m").arg(*request.memory / mebibyte));
    if (request.cpus)
        body.insert(QStringLiteral("cpus"), *request.cpus);
    if (request.network)
        body.insert(QStringLiteral("network"), sandbox::toString(*request.network));
    return QStringLiteral("curl http://127.0.0.1:8080/api/quarry/v1/sandboxes \\\n"
                          "  -H 'Content-Type: application/json' -d ")
        + shellWord(QString::fromUtf8(QJsonDocument(body).toJson(QJsonDocument::Compact)));
}

NewSandboxDialog::NewSandboxDialog(engine::EngineHost &host, QWidget *parent)
    : QDialog(parent), m_image(new QComboBox), m_name(new QLineEdit), m_memory(new QSpinBox),
      m_cpus(new QDoubleSpinBox), m_network(new QComboBox), m_idle(new QSpinBox),
      m_error(new QLabel), m_shellLine(new CodeBlock(tr("Shell command"))),
      m_curlLine(new CodeBlock(tr("HTTP call")))
{
    setWindowTitle(tr("New sandbox"));
    const sandbox::SandboxDefaults &defaults = host.settings().sandbox;
    m_image->setEditable(true);
    m_image->setMinimumContentsLength(28);
    m_image->setEditText(defaults.image);
    host.ask<QList<engine::ImageInfo>>(
        this,
        [](engine::Engine &engine, Callback<QList<engine::ImageInfo>> done) {
            engine.images().list(std::move(done));
        },
        [this](const Result<QList<engine::ImageInfo>> &images) {
            if (!images)
                return;
            const QString typed = m_image->currentText();
            for (const engine::ImageInfo &image : *images)
                m_image->addItem(image.name);
            m_image->setEditText(typed);
        });
    m_name->setPlaceholderText(tr("made when left empty"));
    m_memory->setRange(16, memoryMax);
    m_memory->setSuffix(tr(" MiB"));
    m_memory->setSingleStep(256);
    m_memory->setValue(int(std::min<qint64>(defaults.memory / mebibyte, memoryMax)));
    m_cpus->setRange(0.1, 1024);
    m_cpus->setDecimals(1);
    m_cpus->setValue(defaults.cpus);
    for (const auto network :
         {sandbox::Network::None, sandbox::Network::User, sandbox::Network::Host})
        m_network->addItem(sandbox::toString(network), int(network));
    m_network->setCurrentIndex(m_network->findData(int(defaults.network)));
    m_idle->setRange(0, 7 * 24 * 60);
    m_idle->setSpecialValueText(tr("never"));
    m_idle->setSuffix(tr(" min"));
    m_idle->setValue(int(defaults.idleSeconds / 60));
    addFields();
    showLines();
}

void NewSandboxDialog::addFields()
{
    auto *form = new QFormLayout;
    form->addRow(tr("&Image"), m_image);
    form->addRow(tr("&Name"), m_name);
    form->addRow(tr("&Memory"), m_memory);
    form->addRow(tr("&CPUs"), m_cpus);
    form->addRow(tr("Net&work"), m_network);
    form->addRow(tr("&Stop when idle"), m_idle);
    m_name->setAccessibleName(tr("Name"));

    m_error->setWordWrap(true);
    m_error->setVisible(false);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    QPushButton *create = buttons->addButton(tr("Create"), QDialogButtonBox::AcceptRole);
    setButtonKind(create, ButtonKind::Primary);
    connect(buttons, &QDialogButtonBox::accepted, this,
            [this] { Q_EMIT createRequested(request()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *column = new QVBoxLayout(this);
    column->setSizeConstraint(QLayout::SetFixedSize);
    column->addLayout(form);
    column->addWidget(m_error);
    column->addWidget(m_shellLine);
    column->addWidget(m_curlLine);
    column->addWidget(buttons);
    m_shellLine->setMinimumWidth(measures::DialogWidth - 2 * measures::SpaceL);
    create->setDefault(true); // of this dialog, which it is in now

    connect(m_image, &QComboBox::editTextChanged, this, &NewSandboxDialog::showLines);
    connect(m_name, &QLineEdit::textChanged, this, &NewSandboxDialog::showLines);
    connect(m_memory, &QSpinBox::valueChanged, this, &NewSandboxDialog::showLines);
    connect(m_cpus, &QDoubleSpinBox::valueChanged, this, &NewSandboxDialog::showLines);
    connect(m_network, &QComboBox::currentIndexChanged, this, &NewSandboxDialog::showLines);
}

void NewSandboxDialog::setImage(const QString &image)
{
    m_image->setEditText(image);
}

sandbox::SandboxRequest NewSandboxDialog::request() const
{
    sandbox::SandboxRequest request;
    request.image = m_image->currentText().trimmed();
    request.id = m_name->text().trimmed();
    request.memory = m_memory->value() * mebibyte;
    request.cpus = m_cpus->value();
    request.network = sandbox::Network(m_network->currentData().toInt());
    request.idleSeconds = qint64(m_idle->value()) * 60;
    return request;
}

void NewSandboxDialog::showError(const QString &message)
{
    m_error->setText(message);
    m_error->setVisible(true);
}

void NewSandboxDialog::showLines()
{
    m_error->setVisible(false);
    m_shellLine->setCode(shellLine(request()));
    m_curlLine->setCode(curlLine(request()));
}

} // namespace quarry::widgets
