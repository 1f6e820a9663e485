// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of boards: every game's, at every size, and of what comes from elsewhere.
#include "boardsample.h"
#include "widgets/boards/boardpicture.h"
#include "widgets/boards/boardview.h"
#include "widgets/theme/theme.h"

#include <QAccessible>
#include <QJsonArray>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>

using namespace quarry;
using namespace quarry::widgets;
using namespace quarry::widgets::test;

namespace {

constexpr int margin = 12;

// Painted into the middle of a larger picture; null when something left the middle or nothing came.
QString paintFault(const BoardScene &scene, const QSize &size, double ratio)
{
    const QSize whole = size + QSize(2 * margin, 2 * margin);
    QImage image(whole * ratio, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    paintBoard(painter, QRectF(QPointF(margin, margin), size), scene);
    painter.end();
    const QRect inner(QPoint(int(margin * ratio), int(margin * ratio)), size * ratio);
    QRect painted;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (qAlpha(image.pixel(x, y)) > 0)
                painted |= QRect(x, y, 1, 1);
        }
    }
    if (painted.isEmpty())
        return QStringLiteral("nothing is painted");
    if (!inner.contains(painted))
        return QStringLiteral("painted %1 outside of %2")
            .arg(QDebug::toString(painted), QDebug::toString(inner));
    if (painted.width() < inner.width() * 3 / 5 && painted.height() < inner.height() * 3 / 5)
        return QStringLiteral("painted %1 is small in %2")
            .arg(QDebug::toString(painted), QDebug::toString(inner));
    return {};
}

} // namespace

class TestBoards : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(SchemeChoice::Light); }
    void everyGame_data();
    void everyGame();
    void wordsOfSokoban();
    void hostileBoards();
    void arrowsArePlayed();

private:
    std::unique_ptr<Theme> m_theme;
};

void TestBoards::everyGame_data()
{
    QTest::addColumn<int>("kind");
    for (std::size_t at = 0; at < gem::environmentKinds().size(); ++at)
        QTest::addRow("%s", gem::environmentKinds()[at].id.c_str()) << int(at);
}

void TestBoards::everyGame()
{
    QFETCH(int, kind);
    for (const int steps : {0, 1, 7, 40}) {
        const BoardScene scene
            = sampleScene(gem::environmentKinds()[std::size_t(kind)], quint32(steps + 3), steps);
        QVERIFY(hasPicture(scene.game));
        QVERIFY(boardInWords(scene).size() > 20);
        for (const QSize &size : {QSize(120, 120), QSize(500, 460), QSize(300, 700)}) {
            for (const double ratio : {1.0, 1.5, 2.0}) {
                const QString fault = paintFault(scene, size, ratio);
                QVERIFY2(fault.isEmpty(), qPrintable(fault));
            }
        }
    }
}

void TestBoards::wordsOfSokoban()
{
    const QJsonObject board{
        {QStringLiteral("turn"), 3},
        {QStringLiteral("max_turns"), 20},
        {QStringLiteral("rows"), QJsonArray{QStringLiteral("#@$"), QStringLiteral("_.*")}}};
    QCOMPARE(boardInWords({QStringLiteral("Sokoban"), board, {}, {}}),
             QStringLiteral("Turn 3 of 20. Row 1: wall, player, box. Row 2: floor, target, box on "
                            "target."));
    QCOMPARE(gameOf(QStringLiteral("game:FifteenPuzzle-v0-hard")), QStringLiteral("FifteenPuzzle"));
    QVERIFY(!hasPicture(QStringLiteral("WikiGame")));
}

// A board may come from an imported file: anything may be in it, and nothing of it hurts.
void TestBoards::hostileBoards()
{
    const QJsonArray deep{QJsonArray{1, QJsonArray{}}, QStringLiteral("x"), QJsonObject{}, -5,
                          1e300};
    QList<QJsonValue> values{QJsonValue(),
                             -1,
                             0,
                             1e18,
                             true,
                             QString(100'000, u'#'),
                             deep,
                             QJsonObject{{QStringLiteral("A"), deep}}};
    QJsonArray many;
    for (int i = 0; i < 5000; ++i)
        many.append(QString(200, u'*'));
    values.append(many);
    QImage image(200, 200, QImage::Format_ARGB32_Premultiplied);
    QPainter painter(&image);
    for (const gem::EnvironmentKind &kind : gem::environmentKinds()) {
        const BoardScene good = sampleScene(kind, 1, 3);
        for (const QString &key : good.board.keys()) {
            for (const QJsonValue &value : values) {
                BoardScene scene = good;
                scene.board.insert(key, value);
                paintBoard(painter, image.rect(), scene);
                boardInWords(scene);
            }
        }
    }
}

void TestBoards::arrowsArePlayed()
{
    BoardView view;
    view.setScene(sampleScene(*gem::environmentKind("game:Sokoban-v0-easy"), 1, 0));
    QSignalSpy moves(&view, &BoardView::moveChosen);
    QTest::keyClick(&view, Qt::Key_Left);
    QCOMPARE(moves.size(), 0);
    view.setPlayed(true);
    QTest::keyClick(&view, Qt::Key_Left);
    QCOMPARE(moves.size(), 1);
    QCOMPARE(moves.first().first().toString(), QStringLiteral("\\boxed{left}"));
    QAccessibleInterface *reader = QAccessible::queryAccessibleInterface(&view);
    QCOMPARE(reader->text(QAccessible::Name), QStringLiteral("Board"));
    QVERIFY(reader->text(QAccessible::Description).contains(QStringLiteral("player")));
    view.setScene(sampleScene(*gem::environmentKind("game:Sudoku-v0-easy"), 1, 0));
    QTest::keyClick(&view, Qt::Key_Left);
    QCOMPARE(moves.size(), 1);
}

QTEST_MAIN(TestBoards)
#include "tst_boards.moc"
