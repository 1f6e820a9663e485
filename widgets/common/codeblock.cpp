// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/codeblock.h"

#include "widgets/theme/buttonkind.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/measures.h"
#include "widgets/theme/style.h"
#include "widgets/theme/stylepainters.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTextOption>

#include <algorithm>

namespace quarry::widgets {

namespace {
constexpr int ButtonSize = 22;
}

CodeBlock::CodeBlock(const QString &name, QWidget *parent)
    : QWidget(parent), m_text(new QPlainTextEdit(this))
{
    m_text->setAccessibleName(name);
    m_text->setReadOnly(true);
    m_text->setProperty("ownFocus", true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setTabChangesFocus(true);
    m_text->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_text->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_text->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setFont(themeFont(Type::Mono));
    m_text->viewport()->setAutoFillBackground(false);
    m_text->setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    m_text->document()->setDocumentMargin(0);

    auto *copyButton = new QPushButton(this);
    copyButton->setIcon(themedIcon(QStringLiteral("copy"), Tone::TextSecondary));
    copyButton->setAccessibleName(tr("Copy %1").arg(name));
    copyButton->setToolTip(copyButton->accessibleName());
    setButtonKind(copyButton, ButtonKind::Flat);
    copyButton->setAutoDefault(false); // Return is the dialog's
    setSmallButton(copyButton);
    connect(copyButton, &QPushButton::clicked, this, &CodeBlock::copy);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(10, 7, 6, 7);
    row->setSpacing(measures::SpaceS);
    row->addWidget(m_text, 1, Qt::AlignVCenter);
    row->addWidget(copyButton, 0, Qt::AlignTop);
    copyButton->setFixedSize(ButtonSize, ButtonSize);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setCode({});
}

void CodeBlock::setCode(const QString &code)
{
    m_text->setPlainText(code);
    fit();
}

void CodeBlock::fit()
{
    // A plain text's document counts its height in lines, wrapped ones too.
    const int lines = std::clamp(int(m_text->document()->size().height()), 1, MaxLines);
    const int line = QFontMetrics(m_text->font()).lineSpacing();
    m_text->setFixedHeight(lines * line + 2);
}

void CodeBlock::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

QString CodeBlock::code() const
{
    return m_text->toPlainText();
}

void CodeBlock::copy() const
{
    QGuiApplication::clipboard()->setText(code());
}

void CodeBlock::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const bool focused = m_text->hasFocus();
    paintFace(painter, rect(), measures::RadiusControl, look().color(Tone::Sunken),
              look().color(focused ? Tone::Focus : Tone::Border), focused ? 2 : 1);
}

} // namespace quarry::widgets
