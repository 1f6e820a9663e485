// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/patterns/detailpane.h"

#include "widgets/common/elidedlabel.h"
#include "widgets/common/format.h"
#include "widgets/common/statelabel.h"
#include "widgets/common/strip.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/measures.h"
#include "widgets/theme/style.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPainter>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace quarry::widgets {

namespace {
constexpr auto TitleProperty = "tabTitle";
constexpr int TitleWidth = 160;
} // namespace

DetailPane::DetailPane(QWidget *parent)
    : QWidget(parent), m_head(new Strip(measures::ToolBar, Tone::Surface, Strip::NoLine, this)),
      m_mark(new StateLabel(StateLabel::MarkOnly, this)), m_title(new ElidedLabel({}, this)),
      m_id(new ElidedLabel({}, this)), m_copy(new QPushButton(this)), m_tabs(new QTabWidget(this))
{
    m_title->setType(Type::Title, QFont::DemiBold);
    m_title->setElide(Qt::ElideMiddle);
    m_id->setType(Type::MonoSmall);
    m_id->setTone(Tone::TextSecondary);
    m_id->setElide(Qt::ElideMiddle);
    m_copy->setIcon(themedIcon(QStringLiteral("copy"), Tone::TextSecondary));
    m_copy->setAccessibleName(tr("Copy full id"));
    m_copy->setToolTip(m_copy->accessibleName());
    setButtonKind(m_copy, ButtonKind::Flat);
    setSmallButton(m_copy);
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_id->text()); });
    m_head->add(m_mark);
    m_head->add(m_title);
    m_head->add(m_id);
    m_head->add(m_copy);
    m_head->addStretch();

    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setDrawBase(true);
    m_tabs->tabBar()->setExpanding(false);
    m_tabs->tabBar()->setUsesScrollButtons(true);
    m_tabs->tabBar()->setElideMode(Qt::ElideNone);
    m_tabs->setAccessibleName(tr("Detail"));
    m_tabs->tabBar()->setAccessibleName(tr("Detail"));
    connect(m_tabs, &QTabWidget::currentChanged, this,
            [this] { Q_EMIT currentTabChanged(currentTab()); });

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addWidget(m_tabs, 1);
}

void DetailPane::setSubject(State state, const QString &stateText, const QString &title,
                            const QString &id)
{
    m_mark->setState(state, stateText);
    m_title->setText(title);
    // Where there is little room the id gives way first.
    m_title->setMinimumWidth(std::min(m_title->sizeHint().width(), TitleWidth));
    m_id->setText(id);
    m_copy->setEnabled(!id.isEmpty());
}

void DetailPane::addAction(QAction *action)
{
    setSmallButton(m_head->addAction(action, ActionButton::Text));
}

void DetailPane::addTab(QWidget *content, const QString &key, const QString &title)
{
    content->setObjectName(key);
    content->setProperty(TitleProperty, title);
    m_tabs->addTab(content, title);
}

void DetailPane::setTabCount(const QString &key, int count)
{
    const int index = indexOf(key);
    if (index < 0)
        return;
    const QString title = m_tabs->widget(index)->property(TitleProperty).toString();
    const QString text = count < 0 ? title : tr("%1 %2").arg(title, formatCount(count));
    if (m_tabs->tabText(index) != text)
        m_tabs->setTabText(index, text);
}

QString DetailPane::currentTab() const
{
    return m_tabs->currentWidget() ? m_tabs->currentWidget()->objectName() : QString();
}

void DetailPane::showTab(const QString &key)
{
    const int index = indexOf(key);
    if (index >= 0)
        m_tabs->setCurrentIndex(index);
}

int DetailPane::indexOf(const QString &key) const
{
    for (int i = 0; i < m_tabs->count(); ++i) {
        if (m_tabs->widget(i)->objectName() == key)
            return i;
    }
    return -1;
}

void DetailPane::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), look().color(Tone::Surface));
}

} // namespace quarry::widgets
