// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/rowspans.h"

#include <QTest>

using namespace quarry::widgets;

using Spans = QList<std::pair<int, int>>;

class RowSpansTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void neighboursAreOne()
    {
        QCOMPARE(rowSpans({}), Spans());
        QCOMPARE(rowSpans({7}), (Spans{{7, 7}}));
        QCOMPARE(rowSpans({3, 1, 2, 9, 8, 5}), (Spans{{1, 3}, {5, 5}, {8, 9}}));
        QList<int> many;
        for (int row = 0; row < 100'000; ++row)
            many.append(row);
        QCOMPARE(rowSpans(many), (Spans{{0, 99'999}}));
    }
};

QTEST_GUILESS_MAIN(RowSpansTest)
#include "tst_rowspans.moc"
