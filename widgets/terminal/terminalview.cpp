// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/terminal/terminalview.h"

#include "widgets/common/accessiblerole.h"
#include "widgets/terminal/markscrollbar.h"
#include "widgets/terminal/terminalaccessible.h"
#include "widgets/terminal/terminalmeasures.h"
#include "widgets/theme/style.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QStyleHints>

#include <algorithm>
#include <chrono>

namespace quarry::widgets {

using namespace std::chrono_literals;

namespace {
constexpr auto QuietTime = 10ms;
constexpr auto PaintLimit = 40ms;
constexpr auto SynchronizedLimit = 150ms; // a program that never ends its drawing is shown anyway
constexpr auto BellTime = 150ms;
} // namespace

TerminalView::TerminalView(QWidget *parent) : QAbstractScrollArea(parent), m_palette(look())
{
    TerminalViewAccessible::install();
    setVerticalScrollBar(new MarkScrollBar(this));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_InputMethodEnabled);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    viewport()->setMouseTracking(true);
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    makeFont();
    for (QTimer *timer : {&m_quiet, &m_limit, &m_synchronized, &m_bell})
        timer->setSingleShot(true);
    m_quiet.setInterval(QuietTime);
    m_limit.setInterval(PaintLimit);
    m_synchronized.setInterval(SynchronizedLimit);
    m_bell.setInterval(BellTime);
    for (QTimer *timer : {&m_quiet, &m_limit, &m_synchronized})
        connect(timer, &QTimer::timeout, this, &TerminalView::flush);
    connect(&m_bell, &QTimer::timeout, viewport(), QOverload<>::of(&QWidget::update));
    connect(&m_blink, &QTimer::timeout, this, [this] {
        m_cursorOn = !m_cursorOn;
        updateLine(m_cursorLine);
    });
    m_dragScroll.setInterval(30ms);
    connect(&m_dragScroll, &QTimer::timeout, this, &TerminalView::dragScroll);
    connect(&m_search, &TerminalSearch::changed, this, [this] {
        updateScrollBars();
        viewport()->update();
    });
    connect(&m_search, &TerminalSearch::chosen, this, &TerminalView::showMatch);
    m_sinceChange.start();
}

TerminalView::~TerminalView() = default;

void TerminalView::setSurface(TerminalSurface *surface)
{
    if (m_surface == surface)
        return;
    if (m_surface)
        m_surface->disconnect(this);
    m_surface = surface;
    m_selection.reset();
    m_link.reset();
    m_search.setSurface(surface);
    m_following = true;
    if (surface) {
        connect(surface, &TerminalSurface::changed, this, &TerminalView::surfaceChanged);
        connect(surface, &TerminalSurface::rang, this, &TerminalView::ring);
        connect(surface, &TerminalSurface::replied, this, &TerminalView::typed);
        fitGrid();
    }
    flush();
    viewport()->update();
}

void TerminalView::setInteractive(bool on)
{
    if (m_interactive == on)
        return;
    m_interactive = on;
    fitGrid();
    restartBlink();
    updateLine(m_cursorLine);
    TerminalViewAccessible::interactiveChanged(this);
}

void TerminalView::setZoom(int pixels)
{
    pixels = std::clamp(pixels, ZoomMin, ZoomMax);
    if (pixels == m_zoom)
        return;
    m_zoom = pixels;
    makeFont();
    fitGrid();
    updateScrollBars();
    viewport()->update();
}

void TerminalView::makeFont()
{
    m_scale = devicePixelRatioF();
    m_font = std::make_unique<TerminalFont>(m_zoom, m_scale);
}

int TerminalView::visibleRows() const
{
    const qreal height = viewport()->height() - terminalmeasures::Top;
    return std::max(1, int(height / m_font->cell().height()));
}

int TerminalView::visibleColumns() const
{
    const qreal width = viewport()->width() - terminalmeasures::Gutter - terminalmeasures::Right;
    return std::max(1, int(width / m_font->cell().width()));
}

// The program's screen is as large as the view, when a person uses it.
void TerminalView::fitGrid()
{
    if (!m_surface || !m_interactive || !isVisible())
        return;
    const int columns = visibleColumns();
    const int rows = visibleRows();
    m_surface->resize(columns, rows);
    Q_EMIT gridResized(columns, rows);
}

std::uint64_t TerminalView::cursorLine() const
{
    return m_surface->cursorLine();
}

// Where the view begins when it shows the end: the whole screen, or as much of it as has the
// cursor.
std::uint64_t TerminalView::bottomTop() const
{
    const terminal::Lines lines(emulator());
    const auto rows = std::uint64_t(visibleRows());
    const std::uint64_t last = lines.end() > rows ? lines.end() - rows : 0;
    if (std::uint64_t(emulator().screen().rows()) > rows) {
        const std::uint64_t line = cursorLine() + 1;
        return std::max(lines.screenBegin(), std::min(last, line > rows ? line - rows : 0));
    }
    return std::max(lines.begin(), last);
}

void TerminalView::surfaceChanged()
{
    const qint64 quietFor = m_sinceChange.restart();
    if (!isVisible())
        return;
    if (emulator().isSynchronized()) {
        if (!m_synchronized.isActive())
            m_synchronized.start();
        return;
    }
    m_synchronized.stop();
    if (quietFor >= QuietTime.count() && !m_limit.isActive()) {
        flush();
        return;
    }
    m_quiet.start();
    if (!m_limit.isActive())
        m_limit.start();
}

void TerminalView::flush()
{
    m_quiet.stop();
    m_limit.stop();
    m_synchronized.stop();
    if (!m_surface)
        return;
    ++m_flushes;
    const terminal::Damage damage = m_surface->takeDamage();
    const std::uint64_t top = m_top;
    const terminal::Lines lines(emulator());
    m_top = m_following ? bottomTop() : std::clamp(m_top, lines.begin(), lines.end());
    damaged(damage);
    if (top != m_top || damage.scrolled > 0)
        viewport()->update();
    updateLine(m_cursorLine);
    m_cursorLine = cursorLine();
    restartBlink();
    updateGutter();
    updateScrollBars();
    m_search.screenChanged();
    if (hasFocus())
        QGuiApplication::inputMethod()->update(Qt::ImCursorRectangle);
    TerminalViewAccessible::contentChanged(this);
    Q_EMIT flushed();
}

void TerminalView::damaged(const terminal::Damage &damage)
{
    const std::uint64_t first = emulator().screen().history().end();
    for (const terminal::Damage::Span &span : damage.spans) {
        const std::uint64_t line = first + std::uint64_t(span.row);
        updateLine(line);
        if (m_selection && !m_selecting && damage.scrolled == 0 && line >= m_selection->begin.line
            && line <= m_selection->end.line)
            setSelection({});
    }
}

// A mark says how a command ended whose line is elsewhere.
void TerminalView::updateGutter()
{
    const auto &marks = emulator().marks().all();
    const auto last = marks.empty() ? std::nullopt : std::optional(marks.back());
    if (last == m_lastMark)
        return;
    m_lastMark = last;
    viewport()->update(0, 0, terminalmeasures::Gutter, viewport()->height());
}

void TerminalView::updateLine(std::uint64_t line)
{
    if (line < m_top || line >= m_top + std::uint64_t(visibleRows()) + 1)
        return;
    const qreal height = m_font->cell().height();
    const qreal y = terminalmeasures::Top + qreal(line - m_top) * height;
    viewport()->update(0, int(y), viewport()->width(), int(height) + 1);
}

void TerminalView::updateScrollBars()
{
    if (!m_surface)
        return;
    const terminal::Lines lines(emulator());
    const int rows = visibleRows();
    const auto count = std::min<std::uint64_t>(bottomTop() - lines.begin(), 1U << 30);
    auto *bar = static_cast<MarkScrollBar *>(verticalScrollBar());
    {
        const QSignalBlocker blocker(bar);
        bar->setPageStep(rows);
        bar->setRange(0, int(count));
        bar->setValue(int(std::min(m_top - std::min(m_top, lines.begin()), count)));
    }
    bar->setMarks(m_search.matches(), m_search.current(), lines.begin(),
                  lines.end() - lines.begin());
    const int hidden = emulator().screen().columns() - visibleColumns();
    horizontalScrollBar()->setPageStep(visibleColumns());
    horizontalScrollBar()->setRange(0, std::max(0, m_interactive ? 0 : hidden));
}

void TerminalView::scrollContentsBy(int dx, int)
{
    if (!m_surface)
        return;
    const terminal::Lines lines(emulator());
    const int value = verticalScrollBar()->value();
    m_following = value >= verticalScrollBar()->maximum();
    const std::uint64_t top = m_following ? bottomTop() : lines.begin() + std::uint64_t(value);
    if (top == m_top && dx == 0)
        return;
    m_top = top;
    viewport()->update();
    TerminalViewAccessible::contentChanged(this);
}

void TerminalView::scrollToBottom()
{
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void TerminalView::scrollToLine(std::uint64_t line)
{
    const std::uint64_t begin = terminal::Lines(emulator()).begin();
    const auto half = std::uint64_t(visibleRows() / 2);
    const std::uint64_t top = line > begin + half ? line - half - begin : 0;
    verticalScrollBar()->setValue(int(std::min<std::uint64_t>(top, 1U << 30)));
}

QRect TerminalView::cellRect(std::uint64_t line, int column) const
{
    if (line < m_top || line >= m_top + std::uint64_t(visibleRows()))
        return {};
    const QSizeF cell = m_font->cell();
    const int first = horizontalScrollBar()->value();
    return QRectF(terminalmeasures::Gutter + (column - first) * cell.width(),
                  terminalmeasures::Top + qreal(line - m_top) * cell.height(), cell.width(),
                  cell.height())
        .toAlignedRect();
}

void TerminalView::ring()
{
    m_bell.start();
    viewport()->update();
    announce(this, tr("Bell"));
}

void TerminalView::restartBlink()
{
    m_cursorOn = true;
    const int time = QGuiApplication::styleHints()->cursorFlashTime();
    if (m_surface && hasFocus() && m_interactive && time > 0 && emulator().cursorLook().blinks
        && emulator().cursorLook().visible)
        m_blink.start(time / 2);
    else
        m_blink.stop();
}

void TerminalView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    fitGrid();
    if (!m_surface)
        return;
    if (m_following)
        m_top = bottomTop();
    updateScrollBars();
    viewport()->update();
}

void TerminalView::showEvent(QShowEvent *event)
{
    QAbstractScrollArea::showEvent(event);
    if (m_scale != devicePixelRatioF())
        makeFont();
    fitGrid();
    flush();
    viewport()->update();
}

void TerminalView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        m_palette = TerminalPalette(look());
        viewport()->update();
    }
}

// ---- selection, copy, paste

void TerminalView::setSelection(const std::optional<terminal::Selection> &selection)
{
    m_selection = selection;
    viewport()->update();
    TerminalViewAccessible::selectionChanged(this);
    Q_EMIT selectionChanged();
}

QString TerminalView::selectedText() const
{
    if (!m_surface || !m_selection || m_selection->isEmpty())
        return {};
    terminal::Lines lines(emulator());
    return QString::fromStdString(terminal::selectedText(lines, *m_selection));
}

void TerminalView::copy() const
{
    if (const QString text = selectedText(); !text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

void TerminalView::copyAsHtml() const
{
    if (!m_surface || !m_selection || m_selection->isEmpty())
        return;
    terminal::Lines lines(emulator());
    auto *mime = new QMimeData;
    mime->setText(selectedText());
    mime->setHtml(
        QString::fromStdString(terminal::selectedHtml(lines, *m_selection, m_palette.table())));
    QGuiApplication::clipboard()->setMimeData(mime);
}

void TerminalView::selectAll()
{
    if (!m_surface)
        return;
    const terminal::Lines lines(emulator());
    setSelection(terminal::Selection{
        {lines.begin(), 0}, {lines.end() - 1, emulator().screen().columns()}, {}});
}

void TerminalView::paste()
{
    if (!m_interactive)
        return;
    const QString text = QGuiApplication::clipboard()->text();
    if (text.trimmed().contains(QLatin1Char('\n')))
        Q_EMIT pasteQuestioned(text);
    else
        pasteText(text);
}

void TerminalView::pasteText(const QString &text)
{
    if (m_surface && m_interactive && !text.isEmpty())
        send(QByteArray::fromStdString(
            terminal::encodePaste(text.toStdString(), emulator().inputModes())));
}

void TerminalView::showMatch(const terminal::Match &match)
{
    if (match.begin.line < m_top || match.end.line >= m_top + std::uint64_t(visibleRows()))
        scrollToLine(match.begin.line);
    viewport()->update();
}

void TerminalView::goToCommand(bool next)
{
    if (!m_surface)
        return;
    const auto found
        = next ? promptAfter(emulator().marks(), m_top) : promptBefore(emulator().marks(), m_top);
    const std::uint64_t begin = terminal::Lines(emulator()).begin();
    if (found && *found >= begin)
        verticalScrollBar()->setValue(int(std::min<std::uint64_t>(*found - begin, 1U << 30)));
    else if (next)
        scrollToBottom();
}

} // namespace quarry::widgets
