// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gallery.h"

#include "rowsmodel.h"
#include "widgets/common/actionregistry.h"
#include "widgets/common/activitymodel.h"
#include "widgets/common/codeblock.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/filterentry.h"
#include "widgets/common/keyhint.h"
#include "widgets/common/meter.h"
#include "widgets/common/notices.h"
#include "widgets/common/palettesource.h"
#include "widgets/common/segments.h"
#include "widgets/common/statelabel.h"
#include "widgets/common/strip.h"
#include "widgets/patterns/detailpane.h"
#include "widgets/patterns/emptystate.h"
#include "widgets/patterns/listdetailpage.h"
#include "widgets/patterns/propertylist.h"
#include "widgets/patterns/tableview.h"
#include "widgets/theme/measures.h"
#include "widgets/theme/style.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QSortFilterProxyModel>
#include <QSpinBox>
#include <QVBoxLayout>

namespace quarry::widgets {

namespace {

QList<RowsModel::Row> sampleRows()
{
    using enum State;
    QList<RowsModel::Row> rows{
        {Running, QStringLiteral("running"), QStringLiteral("sb-7f3a0c11-52b1-4a91-91c2"),
         QStringLiteral("webshop:v5"), QStringLiteral("0.4"), QStringLiteral("1.2 GiB"),
         QStringLiteral("12 m"), .38, .41},
        {Running, QStringLiteral("running"), QStringLiteral("sb-c04e9d70-11aa-4b22-a7d1"),
         QStringLiteral("python:3.11"), QStringLiteral("1.9"), QStringLiteral("2.5 GiB"),
         QStringLiteral("4 m"), .97, .63},
        {Running, QStringLiteral("running"), QStringLiteral("sb-18b9c2d4-7e50-4a1f-03fe"),
         QStringLiteral("swe-bench/django__django-14730"), QStringLiteral("1.4"),
         QStringLiteral("3.5 GiB"), QStringLiteral("31 m"), .71, .88},
        {Waiting,
         QStringLiteral("starting · layer 4 of 6"),
         QStringLiteral("sb-e52d4f11-9a90-4e4e-6b40"),
         QStringLiteral("swe-bench/sympy__sympy-20590"),
         {},
         {},
         QStringLiteral("8 s"),
         -1,
         -1},
        {Failed,
         QStringLiteral("failed · out of memory"),
         QStringLiteral("sb-2f080a5b-6c7d-4f4f-dd13"),
         QStringLiteral("text2sql:sqlite"),
         {},
         {},
         QStringLiteral("18 m"),
         -1,
         -1},
        {Warning, QStringLiteral("running · deadline in 40 s"),
         QStringLiteral("sb-63fdaa02-1111-4c4c-b8c4"), QStringLiteral("python:3.11"),
         QStringLiteral("0.2"), QStringLiteral("0.9 GiB"), QStringLiteral("59 m"), .12, .22},
        {Stopped,
         QStringLiteral("stopped · idle limit"),
         QStringLiteral("sb-5ea4c36f-2222-4d4d-c36f"),
         QStringLiteral("rag/wiki-2024"),
         {},
         {},
         QStringLiteral("1 h 20 m"),
         -1,
         -1},
        {Success,
         QStringLiteral("done · exit 0"),
         QStringLiteral("sb-88205b1e-3333-4e4e-5b1e"),
         QStringLiteral("ds:jupyter"),
         {},
         {},
         QStringLiteral("1 h 31 m"),
         -1,
         -1}};
    for (int i = 0; i < 22; ++i) {
        const bool live = i < 8;
        rows.append({live ? Running : Success,
                     live ? QStringLiteral("running") : QStringLiteral("done · exit 0"),
                     QStringLiteral("sb-%1-7e50-4a1f-%2")
                         .arg(0x10f3a7c1u * uint(i + 3), 8, 16, QLatin1Char('0'))
                         .arg(0x1d7 * uint(i + 11) & 0xffff, 4, 16, QLatin1Char('0')),
                     QStringLiteral("gem/sokoban"), live ? QStringLiteral("0.1") : QString(),
                     live ? QStringLiteral("0.4 GiB") : QString(),
                     QStringLiteral("%1 m").arg(7 + i), live ? .07 : -1, live ? .1 : -1});
    }
    return rows;
}

class Surface : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter(this).fillRect(rect(), look().color(Tone::Surface));
    }
};

QWidget *makeProperties()
{
    auto *holder = new Surface;
    auto *column = new QVBoxLayout(holder);
    column->setContentsMargins(0, 0, 0, 0);
    auto *list = new PropertyList;
    list->add(QStringLiteral("address"), QStringLiteral("Address"), PropertyList::Mono,
              QStringLiteral("Copy address"));
    list->add(QStringLiteral("image"), QStringLiteral("Image"));
    list->add(QStringLiteral("owner"), QStringLiteral("Owner"), PropertyList::Plain,
              QStringLiteral("Copy owner"));
    list->setValue(QStringLiteral("address"), QStringLiteral("http://127.0.0.1:8080"));
    list->setValue(QStringLiteral("image"), QStringLiteral("swe-bench/django__django-14730"));
    column->addWidget(list);
    auto *code = new CodeBlock(QStringLiteral("Python client"));
    code->setCode(QStringLiteral("from rock.sdk.sandbox.client import Sandbox\n\nsandbox = "
                                 "Sandbox(config)\nawait sandbox.start()"));
    auto *codeHolder = new QHBoxLayout;
    codeHolder->setContentsMargins(12, 0, 12, 0);
    codeHolder->addWidget(code);
    column->addLayout(codeHolder);
    column->addStretch();
    return holder;
}

Page *makeSandboxes(Window &window)
{
    auto *page
        = new ListDetailPage(QStringLiteral("Sandboxes"), QStringLiteral("Filter sandboxes"));
    auto *rows = new RowsModel(sampleRows(), page);
    auto *proxy = new QSortFilterProxyModel(page);
    proxy->setSourceModel(rows);
    proxy->setFilterKeyColumn(-1);
    proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    page->table()->setModel(proxy);
    page->table()->setColumns({{CellKind::State, 158},
                               {CellKind::Id, 108},
                               {CellKind::Text, 100, true},
                               {CellKind::Meter, 80},
                               {CellKind::Meter, 110},
                               {CellKind::Figures, 80}});
    page->table()->setSortingEnabled(true);
    page->table()->sortByColumn(-1, Qt::AscendingOrder);
    page->table()->setActions(window.actions(), QStringLiteral("sandbox"));
    QObject::connect(page->filter(), &QLineEdit::textChanged, proxy,
                     &QSortFilterProxyModel::setFilterFixedString);
    ActionRegistry *actions = window.actions();
    Strip *tools = page->tools();
    tools->addAction(actions->action(QStringLiteral("sandbox.new")), ActionButton::Text,
                     ButtonKind::Primary);
    for (const char *id : {"sandbox.stop", "sandbox.restart", "sandbox.delete"})
        tools->addAction(actions->action(QLatin1String(id)));
    tools->addSeparator();
    tools->add(page->filter());
    tools->addStretch();
    tools->addYielding(new Segments(
        QStringLiteral("State"),
        {QStringLiteral("All 30"), QStringLiteral("Running 12"), QStringLiteral("Failed 1")}));
    page->setFoot(QStringLiteral("1 of 30 selected"), QStringLiteral("Σ CPU 5.1 of 16 cores"));
    DetailPane *detail = page->detail();
    detail->setSubject(State::Running, {}, QStringLiteral("django-14730"),
                       QStringLiteral("sb-18b9c2d4-7e50-4a1f-03fe"));
    for (const char *id : {"sandbox.commit", "sandbox.stop"})
        detail->addAction(actions->action(QLatin1String(id)));
    for (const char *tab :
         {"Overview", "Terminals", "Files", "Processes", "Statistics", "Log", "History"})
        detail->addTab(makeProperties(), QLatin1String(tab), QLatin1String(tab));
    detail->setTabCount(QStringLiteral("Terminals"), 2);
    detail->setTabCount(QStringLiteral("Log"), 63);
    page->table()->selectRow(2);
    return page;
}

Page *makeOverview(Window &window)
{
    auto *page = new Page;
    auto *empty = new EmptyState(
        QStringLiteral("sandboxes"), QStringLiteral("No sandboxes yet"),
        QStringLiteral("A sandbox runs commands apart from this machine. You watch every one "
                       "live, open shells in it and find out why it ended."));
    empty->addAction(window.actions()->action(QStringLiteral("sandbox.new")));
    empty->addAction(window.actions()->action(QStringLiteral("sandbox.commit")));
    empty->addShellLine(QStringLiteral("quarry sandbox start --image python:3.11 --memory 4g"));
    auto *check = new StateLabel;
    check->setState(State::Success, QStringLiteral("bubblewrap can start sandboxes here"));
    empty->addRow(check);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(empty);
    return page;
}

class FreePage : public Page
{
public:
    using Page::Page;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter(this).fillRect(rect(), look().color(Tone::Surface));
    }
};

QPushButton *button(const QString &text, ButtonKind kind, bool enabled = true)
{
    auto *made = new QPushButton(text);
    setButtonKind(made, kind);
    made->setEnabled(enabled);
    return made;
}

QWidget *named(QWidget *widget, const QString &name)
{
    widget->setAccessibleName(name);
    return widget;
}

Page *makeControls(Window &)
{
    auto *page = new FreePage;
    auto *grid = new QGridLayout(page);
    grid->setContentsMargins(16, 16, 16, 16);
    grid->setHorizontalSpacing(12);
    int row = 0;
    grid->addWidget(button(QStringLiteral("Start"), ButtonKind::Primary), row, 0);
    grid->addWidget(button(QStringLiteral("Restart"), ButtonKind::Normal), row, 1);
    grid->addWidget(button(QStringLiteral("Delete"), ButtonKind::Danger), row, 2);
    grid->addWidget(button(QStringLiteral("Flat"), ButtonKind::Flat), row, 3);
    grid->addWidget(button(QStringLiteral("Off"), ButtonKind::Primary, false), row, 4);
    grid->addWidget(button(QStringLiteral("Off too"), ButtonKind::Normal, false), row++, 5);
    grid->addWidget(named(new QLineEdit(QStringLiteral("chinook.sqlite")), QStringLiteral("File")),
                    row, 0);
    auto *empty = new QLineEdit;
    empty->setPlaceholderText(QStringLiteral("Image"));
    grid->addWidget(named(empty, QStringLiteral("Image")), row, 1);
    auto *bad = new QLineEdit(QStringLiteral("0"));
    bad->setProperty("invalid", true);
    grid->addWidget(named(bad, QStringLiteral("Timeout")), row, 2);
    auto *off = new QLineEdit(QStringLiteral("disabled"));
    off->setEnabled(false);
    grid->addWidget(named(off, QStringLiteral("Disabled")), row, 3);
    auto *combo = new QComboBox;
    combo->addItems({QStringLiteral("bubblewrap"), QStringLiteral("docker")});
    grid->addWidget(named(combo, QStringLiteral("Runtime")), row, 4);
    auto *spin = new QSpinBox;
    spin->setValue(32);
    grid->addWidget(named(spin, QStringLiteral("Calls")), row++, 5);
    auto *on = new QCheckBox(QStringLiteral("on"));
    on->setChecked(true);
    grid->addWidget(on, row, 0);
    grid->addWidget(new QCheckBox(QStringLiteral("off")), row, 1);
    auto *one = new QRadioButton(QStringLiteral("one"));
    one->setChecked(true);
    grid->addWidget(one, row, 2);
    grid->addWidget(new QRadioButton(QStringLiteral("other")), row, 3);
    auto *offCheck = new QCheckBox(QStringLiteral("disabled"));
    offCheck->setEnabled(false);
    grid->addWidget(offCheck, row++, 4);
    for (int i = 0; i < 6; ++i) {
        auto *badge = new StateLabel(StateLabel::Badge);
        badge->setState(State(i));
        grid->addWidget(badge, row, i);
        auto *plain = new StateLabel;
        plain->setState(State(i));
        grid->addWidget(plain, row + 1, i);
    }
    row += 2;
    auto *progress = new QProgressBar;
    progress->setValue(62);
    progress->setTextVisible(false);
    grid->addWidget(named(progress, QStringLiteral("Import")), row, 0);
    auto *endless = new Meter(QStringLiteral("Endless"), Meter::Progress, 100);
    grid->addWidget(endless, row, 1);
    for (int i = 0; i < 3; ++i) {
        auto *use = new Meter(QStringLiteral("Use %1").arg(i), Meter::Use, 62);
        use->setValue(i == 0 ? .4 : i == 1 ? .88 : .97);
        grid->addWidget(use, row, 2 + i);
    }
    grid->addWidget(new KeyHint(QStringLiteral("F7")), row++, 5);
    auto *code = new CodeBlock(QStringLiteral("curl line"));
    code->setCode(QStringLiteral(
        "curl -H 'Authorization: Bearer qk_…7c1e' http://127.0.0.1:8080/quarry/v1/sandboxes"));
    grid->addWidget(code, row++, 0, 1, 6);
    grid->setRowStretch(row, 1);
    return page;
}

class SampleSource : public PaletteSource
{
public:
    SampleSource()
    {
        for (const RowsModel::Row &row : sampleRows())
            m_ids.append(row.id);
    }
    QString group() const override { return QStringLiteral("Sandboxes"); }
    QChar prefix() const override { return u'#'; }
    QStringList names() const override { return m_ids; }
    PaletteEntry entry(qsizetype index) const override
    {
        return {QStringLiteral("sandboxes"),
                m_ids.at(index),
                QStringLiteral("running · 12 m"),
                {},
                true,
                [] { }};
    }

private:
    QStringList m_ids;
};

void addActions(Window &window)
{
    const auto add = [&](const char *id, const char *text, const char *brief, const char *icon,
                         const char *keys, bool danger = false) {
        window.actions()->add({QLatin1String(id), QLatin1String(text), QLatin1String(brief),
                               QLatin1String(icon), QKeySequence(QLatin1String(keys)), danger},
                              &window, [] { });
    };
    add("sandbox.new", "New sandbox", "", "add", "Ctrl+N");
    add("sandbox.shell", "Open shell", "", "terminal", "Ctrl+Shift+T");
    add("sandbox.copyId", "Copy id", "", "copy", "");
    add("sandbox.stop", "Stop sandbox", "Stop", "stop", "Ctrl+.");
    add("sandbox.restart", "Restart sandbox", "Restart", "restart", "");
    add("sandbox.commit", "Commit sandbox", "Commit", "commit", "");
    add("sandbox.delete", "Delete sandbox", "Delete", "delete", "", true);
    window.actions()->setEnabled(QStringLiteral("sandbox.restart"), false,
                                 QStringLiteral("it is running"));
    window.actions()->setSubject(QStringLiteral("sandbox"), QStringLiteral("sb-18b9…03fe"));
}

} // namespace

void fillGallery(Window &window)
{
    addActions(window);
    window.addPage({QStringLiteral("overview"), QStringLiteral("Overview"),
                    QStringLiteral("overview"), false, [&window] { return makeOverview(window); }});
    window.addPage({QStringLiteral("sandboxes"), QStringLiteral("Sandboxes"),
                    QStringLiteral("sandboxes"), false,
                    [&window] { return makeSandboxes(window); }});
    window.addPage({QStringLiteral("server"), QStringLiteral("Server"), QStringLiteral("server"),
                    false, [&window] { return makeControls(window); }});
    window.addPage({QStringLiteral("settings"), QStringLiteral("Settings"),
                    QStringLiteral("settings"), true, [] { return new FreePage; }});
    window.addPaletteSource(std::make_unique<SampleSource>());
    window.setBadge(QStringLiteral("sandboxes"),
                    {14, State::Running, QStringLiteral("14 running")});
    window.setBadge(QStringLiteral("server"), {3, State::Failed, QStringLiteral("3 failed")});
    window.setMachineUse({0.61, qint64(41.8 * (1 << 30)), qint64(64) << 30, 14});
    window.setServer({true, QStringLiteral("127.0.0.1:8080"), 212});
    ActivityModel *activity = window.activity();
    const ActivityId ended = activity->begin({QStringLiteral("Import python:3.11"),
                                              QStringLiteral("Image"),
                                              ActivityUnit::Bytes,
                                              {},
                                              {}});
    activity->end(ended, State::Failed, QStringLiteral("no space left on the disk"));
    activity->begin({QStringLiteral("Upload data.tar"),
                     QStringLiteral("Files"),
                     ActivityUnit::Items,
                     [] { },
                     {}});
    const ActivityId id = activity->begin({QStringLiteral("Commit sb-7f3a…91c2 → webshop:fixed"),
                                           QStringLiteral("Image"),
                                           ActivityUnit::Bytes,
                                           [] { },
                                           {}});
    activity->progress(id, 620, 1000);
}

} // namespace quarry::widgets
