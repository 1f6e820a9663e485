// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/commandpalette.h"

#include "widgets/common/elidedlabel.h"
#include "widgets/common/format.h"
#include "widgets/common/iconentry.h"
#include "widgets/common/palettesource.h"
#include "widgets/common/strip.h"
#include "widgets/shell/palettedelegate.h"
#include "widgets/shell/palettemodel.h"
#include "widgets/theme/measures.h"
#include "widgets/theme/style.h"
#include "widgets/theme/stylepainters.h"

#include <QApplication>
#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace quarry::widgets {

namespace {

constexpr int Top = 72;
constexpr int EntryHeight = 44;
constexpr int FootHeight = 28;
constexpr int PageStep = 8;

// The box of entry, results and foot.
class Panel : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintFace(painter, rect(), measures::RadiusPanel, look().color(Tone::Raised),
                  look().color(Tone::BorderStrong));
        painter.fillRect(1, EntryHeight, width() - 2, 1, look().color(Tone::Border));
        painter.fillRect(1, height() - FootHeight - 2, width() - 2, 1, look().color(Tone::Border));
    }
    void mousePressEvent(QMouseEvent *) override { } // not beside it
};

} // namespace

CommandPalette::CommandPalette(QWidget *parent)
    : QWidget(parent), m_model(new PaletteModel(this)), m_panel(new Panel(this)),
      m_entry(new IconEntry(QStringLiteral("search"))), m_count(new ElidedLabel),
      m_list(new QListView), m_prefixes(new ElidedLabel)
{
    setAccessibleName(tr("Command palette"));
    hide();
    m_entry->setAccessibleName(tr("Command palette"));
    m_entry->setPlaceholderText(tr("Go to anything or run an action"));
    m_entry->setFrame(false);
    m_entry->setMaxLength(200);
    m_entry->setType(Type::Title);
    QPalette clear = m_entry->palette();
    clear.setColor(QPalette::Base, Qt::transparent);
    m_entry->setPalette(clear);
    m_entry->installEventFilter(this);
    connect(m_entry, &QLineEdit::textChanged, this, &CommandPalette::search);
    m_count->setType(Type::Small);
    m_count->setTone(Tone::TextSecondary);

    m_list->setAccessibleName(tr("Results"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QListView::ScrollPerPixel);
    m_list->setEditTriggers(QListView::NoEditTriggers);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) {
        if (m_model->isEntry(index.row()))
            run();
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &CommandPalette::tellCurrent);

    auto *head = new QHBoxLayout;
    head->setContentsMargins(measures::SpaceS + 2, 0, measures::SpaceL, 0);
    head->addWidget(m_entry, 1);
    head->addWidget(m_count);
    m_count->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto *column = new QVBoxLayout(m_panel);
    column->setContentsMargins(1, 0, 1, 1);
    column->setSpacing(0);
    auto *headHolder = new QWidget;
    headHolder->setLayout(head);
    headHolder->setFixedHeight(EntryHeight);
    column->addWidget(headHolder);
    column->addSpacing(1);
    column->addWidget(m_list, 1);
    column->addSpacing(6);
    column->addWidget(makeFoot());
}

QWidget *CommandPalette::makeFoot()
{
    auto *foot = new QWidget;
    foot->setFixedHeight(FootHeight);
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(measures::SpaceL, 0, measures::SpaceL, 0);
    auto *keys = new ElidedLabel(tr("↑ ↓ choose · Enter run · Esc close"));
    for (ElidedLabel *label : {keys, m_prefixes}) {
        label->setType(Type::Small);
        label->setTone(Tone::TextSecondary);
    }
    row->addWidget(keys);
    row->addStretch();
    row->addWidget(m_prefixes);
    return foot;
}

void CommandPalette::setSources(const QList<PaletteSource *> &sources)
{
    m_sources = sources;
    QStringList prefixes;
    for (const PaletteSource *source : sources) {
        if (!source->prefix().isNull())
            prefixes.append(tr("%1 %2").arg(source->prefix()).arg(source->group().toLower()));
    }
    m_prefixes->setText(prefixes.join(QStringLiteral(" · ")));
    if (isVisible())
        search();
}

void CommandPalette::open(const QString &query)
{
    if (!isVisible())
        m_focusBefore = QApplication::focusWidget();
    setGeometry(parentWidget()->rect());
    raise();
    show();
    m_entry->setText(query);
    m_entry->selectAll();
    search();
    m_entry->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::close()
{
    if (!isVisible())
        return;
    hide();
    m_model->clear();
    if (m_focusBefore && m_focusBefore->isVisible())
        m_focusBefore->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::search()
{
    if (!isVisible())
        return;
    m_model->search(m_sources, m_entry->text());
    m_count->setText(
        m_entry->text().trimmed().isEmpty()
            ? QString()
            : tr("%1 of %2").arg(formatCount(m_model->found()), formatCount(m_model->searched())));
    m_count->updateGeometry();
    place();
    m_list->scrollToTop();
    m_list->setCurrentIndex(m_model->index(std::max(0, m_model->firstEntry())));
}

void CommandPalette::place()
{
    int rows = 0;
    for (int i = 0; i < m_model->rowCount(); ++i)
        rows += m_model->isEntry(i) ? PaletteDelegate::LineHeight : PaletteDelegate::HeadingHeight;
    const int frame = EntryHeight + 1 + 6 + FootHeight + 1;
    const int most = std::max(frame, height() - Top - 40);
    const int width = std::min(measures::PaletteWidth, this->width() - 32);
    m_panel->setGeometry((this->width() - width) / 2, Top, width, std::min(most, frame + rows));
}

void CommandPalette::move(int steps)
{
    const int count = m_model->rowCount();
    int row = m_list->currentIndex().row();
    const int direction = steps > 0 ? 1 : -1;
    for (int left = std::abs(steps); left > 0;) {
        row += direction;
        if (row < 0 || row >= count)
            break;
        if (m_model->isEntry(row)) {
            m_list->setCurrentIndex(m_model->index(row));
            --left;
        }
    }
    // The heading above the first result comes into view with it.
    if (m_list->currentIndex().row() == m_model->firstEntry())
        m_list->scrollToTop();
}

void CommandPalette::run()
{
    const PaletteEntry entry = m_model->entry(m_list->currentIndex().row());
    if (!entry.enabled || !entry.run)
        return;
    close();
    entry.run();
}

void CommandPalette::tellCurrent()
{
    m_entry->setAccessibleDescription(
        m_list->currentIndex().data(Qt::AccessibleTextRole).toString());
}

bool CommandPalette::handleKey(int key)
{
    switch (key) {
    case Qt::Key_Up:
        move(-1);
        return true;
    case Qt::Key_Down:
        move(1);
        return true;
    case Qt::Key_PageUp:
        move(-PageStep);
        return true;
    case Qt::Key_PageDown:
        move(PageStep);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        run();
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab: // the keyboard stays here
        return true;
    default:
        return false;
    }
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_entry && event->type() == QEvent::KeyPress)
        return handleKey(static_cast<QKeyEvent *>(event)->key());
    // Escape is ours before it is anybody's shortcut.
    if (watched == m_entry && event->type() == QEvent::ShortcutOverride
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape)
        event->accept();
    return QWidget::eventFilter(watched, event);
}

void CommandPalette::paintEvent(QPaintEvent *)
{
    QColor shade(0x0e, 0x10, 0x11);
    shade.setAlphaF(look().scheme() == Scheme::Dark ? 0.45f : 0.22f);
    QPainter(this).fillRect(rect(), shade);
}

void CommandPalette::mousePressEvent(QMouseEvent *)
{
    close();
}

void CommandPalette::resizeEvent(QResizeEvent *)
{
    place();
}

} // namespace quarry::widgets
