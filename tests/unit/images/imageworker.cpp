// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// `quarry worker …` alone, for the tests of one room.
#include "runtime/images/worker.h"

#include <unistd.h>

int main(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    return quarry::runtime::runWorker(arguments, STDOUT_FILENO);
}
