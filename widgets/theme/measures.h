// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The measures of the design tokens, in device-independent pixels, and its times, in milliseconds.
#pragma once

namespace quarry::widgets::measures {

// The rhythm of distances.
inline constexpr int SpaceXs = 4;
inline constexpr int SpaceS = 8;
inline constexpr int SpaceM = 12;
inline constexpr int SpaceL = 16;

inline constexpr int RadiusSmall = 3;
inline constexpr int RadiusControl = 4;
inline constexpr int RadiusPanel = 6;
inline constexpr int RadiusPill = 8;

inline constexpr int RowDense = 24;
inline constexpr int RowNormal = 28;
inline constexpr int TableHeader = 24;
inline constexpr int RailWidth = 76;
inline constexpr int RailItem = 52;
inline constexpr int TopBar = 40;
inline constexpr int ToolBar = 36;
inline constexpr int TabBar = 32;
inline constexpr int StatusStrip = 24;
inline constexpr int Control = 28; // a row for a control; the control itself is two less
inline constexpr int ControlSmall = 24;
inline constexpr int ScrollBar = 10;
inline constexpr int FocusRing = 2;
inline constexpr int FocusGap = 1;
inline constexpr int MeterHeight = 4;
inline constexpr int StateMark = 12;
inline constexpr int MinWindowWidth = 1000;
inline constexpr int MinWindowHeight = 640;
inline constexpr int ListMin = 360;
inline constexpr int DetailMin = 480;
inline constexpr int TabbedDetailMin = 560; // seven tabs side by side
inline constexpr int DialogWidth = 560;
inline constexpr int PaletteWidth = 640;

inline constexpr int IconSmall = 14;
inline constexpr int IconNormal = 16;
inline constexpr int IconRail = 20;
inline constexpr int IconEmpty = 40;

} // namespace quarry::widgets::measures
