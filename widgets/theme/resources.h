// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The icons and tokens that are compiled into this room.
#pragma once

namespace quarry::widgets {

// Makes ":/quarry/…" readable. Any number of calls; Look and the icons make their own.
void initResources();

} // namespace quarry::widgets
