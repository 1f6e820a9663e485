// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/icons.h"

#include "widgets/theme/resources.h"
#include "widgets/theme/style.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace quarry::widgets {

namespace {

// A pixmap of SIZE device pixels.
QPixmap render(const QString &name, QSize size, const QColor &ink)
{
    const QString key = QStringLiteral("quarry-icon/%1/%2x%3/%4")
                            .arg(name)
                            .arg(size.width())
                            .arg(size.height())
                            .arg(ink.rgba(), 8, 16);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    initResources();
    pixmap = QPixmap(size);
    pixmap.fill(Qt::transparent);
    QFile file(QStringLiteral(":/quarry/icons/%1.svg").arg(name));
    if (file.open(QIODevice::ReadOnly)) {
        QByteArray svg = file.readAll();
        svg.replace("currentColor", ink.name().toLatin1());
        QSvgRenderer renderer(svg);
        QPainter painter(&pixmap);
        painter.setOpacity(ink.alphaF());
        renderer.render(&painter, QRectF(QPointF(), QSizeF(size)));
    } else {
        qWarning("no icon named %s", qPrintable(name));
    }
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

class ThemedIconEngine : public QIconEngine
{
public:
    ThemedIconEngine(QString name, Tone tone) : m_name(std::move(name)), m_tone(tone) { }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        paintIcon(*painter, rect, m_name, ink(mode));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        return render(m_name, size, ink(mode));
    }
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal) override
    {
        return render(m_name, size, ink(mode));
    }
    QIconEngine *clone() const override { return new ThemedIconEngine(*this); }
    QString key() const override { return QStringLiteral("quarry-themed"); }
    QString iconName() override { return m_name; }
    bool isNull() override { return false; }

private:
    QColor ink(QIcon::Mode mode) const
    {
        switch (mode) {
        case QIcon::Disabled:
            return look().color(Tone::TextDisabled);
        case QIcon::Selected:
            return look().color(Tone::OnSelection);
        default:
            return look().color(m_tone);
        }
    }

    QString m_name;
    Tone m_tone;
};

} // namespace

QIcon themedIcon(const QString &name, Tone tone)
{
    return QIcon(new ThemedIconEngine(name, tone));
}

QIcon applicationIcon()
{
    initResources();
    return QIcon(QStringLiteral(":/quarry/icons/quarry-256.png"));
}

void paintIcon(QPainter &painter, const QRectF &rect, const QString &name, const QColor &ink)
{
    const qreal ratio = painter.device()->devicePixelRatioF();
    QPixmap pixmap = render(name, (rect.size() * ratio).toSize(), ink);
    pixmap.setDevicePixelRatio(ratio);
    // On the pixels of the device, where lines stay sharp.
    const QPointF corner(qRound(rect.x() * ratio) / ratio, qRound(rect.y() * ratio) / ratio);
    painter.drawPixmap(corner, pixmap);
}

} // namespace quarry::widgets
