// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/resources.h"

#include <QtGlobal>

// The macro declares a function of the global namespace.
static void initQuarryResources()
{
    Q_INIT_RESOURCE(quarry);
}

namespace quarry::widgets {

void initResources()
{
    initQuarryResources();
}

} // namespace quarry::widgets
