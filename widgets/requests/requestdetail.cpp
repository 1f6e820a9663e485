// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/requests/requestdetail.h"

#include "widgets/common/elidedlabel.h"
#include "widgets/common/format.h"
#include "widgets/common/strip.h"
#include "widgets/requests/requesttext.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/measures.h"

#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace quarry::widgets {

namespace {

constexpr int CaptionHeight = 24;
constexpr int BesideWidth = 640;

// What came before the answer's body is its head, whose size is not known apart.
qint64 answerSize(const RequestRecord &record)
{
    return record.answerBody.size() < RequestBodyMax ? record.answerBody.size() : record.sent;
}

} // namespace

RequestDetail::RequestDetail(QWidget *parent)
    : QWidget(parent), m_head(new Strip(measures::ToolBar)), m_title(new ElidedLabel),
      m_bodies(new QBoxLayout(QBoxLayout::TopToBottom))
{
    m_title->setType(Type::Small, QFont::DemiBold);
    m_title->setElide(Qt::ElideMiddle);
    m_head->add(m_title, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addLayout(m_bodies, 1);
    m_bodies->setSpacing(0);
    m_request = addBody(tr("Request body"));
    m_answer = addBody(tr("Answer body"));
}

void RequestDetail::addAction(QAction *action)
{
    m_head->addAction(action, ActionButton::IconOnly, ButtonKind::Flat);
}

RequestDetail::Body RequestDetail::addBody(const QString &name)
{
    const Body body{new QWidget, new ElidedLabel(name), new QPlainTextEdit};
    body.caption->setType(Type::Small);
    body.caption->setTone(Tone::TextSecondary);
    auto *head = new Strip(CaptionHeight);
    head->add(body.caption, 1);
    body.text->setAccessibleName(name);
    body.text->setReadOnly(true);
    body.text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    body.text->setTabChangesFocus(true);
    body.text->setFrameShape(QFrame::NoFrame);
    body.text->setFont(themeFont(Type::MonoSmall));
    body.text->setWordWrapMode(QTextOption::WrapAnywhere);
    body.text->document()->setDocumentMargin(measures::SpaceM);
    auto *column = new QVBoxLayout(body.whole);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(head);
    column->addWidget(body.text, 1);
    m_bodies->addWidget(body.whole, 1);
    return body;
}

void RequestDetail::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_bodies->setDirection(width() >= BesideWidth ? QBoxLayout::LeftToRight
                                                  : QBoxLayout::TopToBottom);
}

void RequestDetail::show(const RequestRecord &record)
{
    const QString status = record.status == 0 ? tr("cut off") : QString::number(record.status);
    m_title->setText(
        tr("%1 %2 · %3 · %4")
            .arg(record.method, oneLine(targetText(record)), status, formatLatency(record.took)));
    QStringList about{tr("Request body")};
    if (!record.type.isEmpty())
        about.append(oneLine(record.type));
    about.append(formatBytes(record.received));
    m_request.caption->setText(about.join(QStringLiteral(" · ")));
    m_request.text->setPlainText(bodyText(record.requestBody, record.received));
    m_request.whole->setVisible(record.received > 0);
    m_answer.caption->setText(tr("Answer body · %1 with its header").arg(formatBytes(record.sent)));
    m_answer.text->setPlainText(bodyText(record.answerBody, answerSize(record)));
}

} // namespace quarry::widgets
