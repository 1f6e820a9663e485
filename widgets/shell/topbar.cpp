// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/topbar.h"

#include "widgets/common/accessiblerole.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/figurelabel.h"
#include "widgets/common/format.h"
#include "widgets/common/meter.h"
#include "widgets/common/statelabel.h"
#include "widgets/common/strip.h"
#include "widgets/shell/palettebutton.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/measures.h"
#include "widgets/theme/style.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>

namespace quarry::widgets {

namespace {

constexpr int MeterWidth = 40;
constexpr double Gibi = 1024.0 * 1024 * 1024;

// What belongs together, closer than the rest.
QHBoxLayout *makeGroup(QWidget *group)
{
    auto *row = new QHBoxLayout(group);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    group->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    return row;
}

ElidedLabel *makeCaption(const QString &text)
{
    auto *label = new ElidedLabel(text);
    label->setType(Type::Small);
    label->setTone(Tone::TextSecondary);
    label->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    return label;
}

class IconLabel : public QWidget
{
public:
    IconLabel(const QString &icon, const QString &name) : m_icon(icon)
    {
        setAccessibleRole(this, QAccessible::Graphic);
        setAccessibleName(name);
        setToolTip(name);
        setFixedSize(measures::IconSmall, measures::IconSmall);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintIcon(painter, rect(), m_icon, look().color(Tone::TextSecondary));
    }

private:
    QString m_icon;
};

} // namespace

TopBar::TopBar(QAction *palette, QWidget *parent)
    : QWidget(parent), m_strip(new Strip(measures::TopBar, Tone::Window, Strip::LineBelow, this)),
      m_title(new ElidedLabel), m_subtitle(new ElidedLabel)
{
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_strip);
    m_strip->setGap(measures::SpaceM);

    m_title->setType(Type::Title, QFont::DemiBold);
    m_title->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_title->setContentsMargins(measures::SpaceXs, 0, 0, 0);
    m_subtitle->setType(Type::Small);
    m_subtitle->setTone(Tone::TextSecondary);
    m_subtitle->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_strip->add(m_title);
    m_strip->add(m_subtitle, 1);
    m_strip->add(new PaletteButton(palette, this));
    m_strip->addSeparator();
    addGauges();
    m_strip->addSeparator();
    addServer();
    // Nothing is known yet.
    m_cpu->setText(QStringLiteral("–"));
    m_memory->setText(QStringLiteral("–"));
    m_running->setText(QStringLiteral("–"));
    setServer({});
}

void TopBar::addGauges()
{
    m_cpuBar = new Meter(tr("CPU use"), Meter::Use, MeterWidth);
    m_cpu = new FigureLabel(formatPercent(1));
    m_memoryBar = new Meter(tr("Memory use"), Meter::Use, MeterWidth);
    m_memory = new FigureLabel({});
    m_running = new FigureLabel({});

    auto *cpu = new QWidget;
    QHBoxLayout *row = makeGroup(cpu);
    row->addWidget(makeCaption(tr("CPU")));
    row->addWidget(m_cpuBar);
    row->addWidget(m_cpu);
    auto *memory = new QWidget;
    row = makeGroup(memory);
    row->addWidget(makeCaption(tr("Memory")));
    row->addWidget(m_memoryBar);
    row->addWidget(m_memory);
    auto *running = new QWidget;
    row = makeGroup(running);
    row->addWidget(new IconLabel(QStringLiteral("sandboxes"), tr("Running sandboxes")));
    row->addWidget(m_running);
    m_strip->add(cpu);
    m_strip->add(memory);
    m_strip->addYielding(running);
}

void TopBar::addServer()
{
    m_serverMark = new StateLabel(StateLabel::MarkOnly);
    m_server = new ElidedLabel;
    m_server->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_rate = new FigureLabel({});
    m_rate->setTone(Tone::TextSecondary);
    m_copyAddress = new QPushButton;
    m_copyAddress->setIcon(themedIcon(QStringLiteral("copy"), Tone::TextSecondary));
    m_copyAddress->setAccessibleName(tr("Copy address"));
    m_copyAddress->setToolTip(m_copyAddress->accessibleName());
    setButtonKind(m_copyAddress, ButtonKind::Flat);
    setSmallButton(m_copyAddress);
    connect(m_copyAddress, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(QStringLiteral("http://%1").arg(m_address));
    });
    auto *group = new QWidget;
    QHBoxLayout *row = makeGroup(group);
    for (QWidget *part : {static_cast<QWidget *>(m_serverMark), static_cast<QWidget *>(m_server),
                          static_cast<QWidget *>(m_rate), static_cast<QWidget *>(m_copyAddress)})
        row->addWidget(part);
    m_strip->add(group);
}

void TopBar::setPage(const QString &title, const QString &subtitle)
{
    m_title->setText(title);
    m_title->updateGeometry();
    m_subtitle->setText(subtitle);
}

void TopBar::setMachineUse(const MachineUse &use)
{
    m_cpuBar->setValue(use.cpu);
    m_cpu->setText(formatPercent(use.cpu));
    const double total = double(use.memoryTotal);
    m_memoryBar->setValue(total > 0 ? double(use.memoryUsed) / total : 0);
    const QLocale locale;
    m_memory->setText(tr("%1 / %2 GiB")
                          .arg(locale.toString(double(use.memoryUsed) / Gibi, 'f', 1),
                               locale.toString(total / Gibi, 'f', 0)));
    m_running->setText(formatCount(use.running));
}

void TopBar::setServer(const ServerState &server)
{
    m_address = server.address;
    m_serverMark->setState(server.on ? State::Running : State::Stopped,
                           server.on ? tr("Server on") : tr("Server off"));
    m_server->setType(server.on ? Type::MonoSmall : Type::Small);
    m_server->setText(server.on ? server.address : tr("Server off"));
    m_server->updateGeometry();
    m_rate->setVisible(server.on);
    m_rate->setText(tr("%1 req/s").arg(formatCount(qRound64(server.requestsPerSecond))));
    m_copyAddress->setVisible(server.on);
}

} // namespace quarry::widgets
