// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/fonts.h"

#include <QFontDatabase>
#include <QStringList>

namespace quarry::widgets {

namespace {

int pixelSize(Type type)
{
    switch (type) {
    case Type::Micro:
    case Type::MonoSmall:
        return 11;
    case Type::Small:
    case Type::Mono:
        return 12;
    case Type::Body:
        return 13;
    case Type::Title:
        return 15;
    case Type::Display:
        return 20;
    }
    Q_UNREACHABLE();
}

} // namespace

QFont themeFont(Type type, QFont::Weight weight)
{
    const bool mono = type == Type::Mono || type == Type::MonoSmall;
    QFont font
        = QFontDatabase::systemFont(mono ? QFontDatabase::FixedFont : QFontDatabase::GeneralFont);
    const QString system = font.family();
    font.setFamilies(
        mono ? QStringList{QStringLiteral("JetBrains Mono"), QStringLiteral("Noto Sans Mono"),
                           system}
             : QStringList{QStringLiteral("Inter"), QStringLiteral("Noto Sans"), system});
    font.setPixelSize(pixelSize(type));
    font.setWeight(weight);
    font.setStyleHint(mono ? QFont::Monospace : QFont::SansSerif);
    if (mono)
        font.setFixedPitch(true);
    // Code shows the letters it has, without ligatures.
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    font.setFeature(mono ? "calt" : "tnum", mono ? 0 : 1);
#else
    if (mono)
        font.setStyleStrategy(QFont::PreferNoShaping);
#endif
    return font;
}

} // namespace quarry::widgets
