// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/question.h"

#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QTest>

#include <memory>

using namespace quarry::widgets;
using namespace Qt::StringLiterals;

class TestQuestion : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cancelIsTheDefaultOfWhatDestroys();
    void firstChoiceIsTheDefault();
    void namesAreNoMarkup();
    void goesWithItsContext();

private:
    QMessageBox *box() const { return m_window.findChild<QMessageBox *>(); }

    QWidget m_window;
    int m_first = 0, m_second = 0, m_cancelled = 0;
};

void TestQuestion::cancelIsTheDefaultOfWhatDestroys()
{
    ask(&m_window, this,
        {.title = u"Delete"_s,
         .text = u"Delete it?"_s,
         .detail = {},
         .choices = {{u"Delete"_s, true, [this] { ++m_first; }}}},
        [this] { ++m_cancelled; });
    QVERIFY(box());
    QCOMPARE(box()->defaultButton(), box()->button(QMessageBox::Cancel));
    QTest::keyClick(box(), Qt::Key_Return);
    QCOMPARE(m_first, 0);
    QCOMPARE(m_cancelled, 1);
    QTRY_VERIFY(!box());
}

void TestQuestion::firstChoiceIsTheDefault()
{
    m_first = m_second = m_cancelled = 0;
    const Question question{.title = u"Close"_s,
                            .text = u"Not saved."_s,
                            .detail = {},
                            .choices = {{u"Save"_s, false, [this] { ++m_first; }},
                                        {u"Discard"_s, true, [this] { ++m_second; }}}};
    ask(&m_window, this, question);
    QTest::keyClick(box(), Qt::Key_Return);
    QCOMPARE(m_first, 1);
    QTRY_VERIFY(!box());
    ask(&m_window, this, question, [this] { ++m_cancelled; });
    QTest::keyClick(box(), Qt::Key_Escape);
    QCOMPARE(m_cancelled, 1);
    QCOMPARE(m_second, 0);
    QTRY_VERIFY(!box());
}

void TestQuestion::namesAreNoMarkup()
{
    ask(&m_window, this,
        {.title = u"T"_s, .text = u"<b>bold</b>"_s, .detail = u"<img src=x>"_s, .choices = {}});
    for (const auto *label : box()->findChildren<QLabel *>())
        QVERIFY(label->text().isEmpty() || label->textFormat() == Qt::PlainText);
    box()->reject();
    QTRY_VERIFY(!box());
}

void TestQuestion::goesWithItsContext()
{
    auto context = std::make_unique<QObject>();
    ask(&m_window, context.get(), {.title = u"T"_s, .text = u"?"_s, .detail = {}, .choices = {}});
    QVERIFY(box());
    context.reset();
    QTRY_VERIFY(!box());
}

QTEST_MAIN(TestQuestion)
#include "tst_question.moc"
