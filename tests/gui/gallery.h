// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The window with pages that show every pattern, for tests and for the eye. Not in the product.
#pragma once

#include "widgets/shell/window.h"

namespace quarry::widgets {

// Adds Overview (empty), Sandboxes (list and detail), Server (controls) and Settings, an activity,
// and what the machine and the server would tell.
void fillGallery(Window &window);

} // namespace quarry::widgets
