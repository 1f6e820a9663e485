#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The check of the arrows finds each kind of fault, and none in what is right."""
import sys

from check import LONGEST, faults_of

ROOMS = {"base": [], "http": ["base"], "agent/wire": [], "api": ["http", "base"], "widgets/common": ["base"]}
HEAD = "// SPDX-FileCopyrightText: The Quarry authors\n// SPDX-License-Identifier: GPL-3.0-or-later\n"

WRONG = [
    ("core/base/a.h", HEAD + '#include "http/server.h"\n', "may not use"),
    ("core/http/a.cpp", HEAD + '  #  include "api/apiserver.h"\n', "may not use"),
    ("core/agent/wire/a.h", HEAD + "#include <QString>\n", "no Qt"),
    ("core/http/a.h", HEAD + "#include <api/apiserver.h>\n", "may not use"),
    ("core/base/a.h", HEAD + '#include "../http/server.h"\n', "hides"),
    ("core/api/a.h", HEAD + "#include <QWidget>\n", "no windows"),
    ("core/api/a.h", HEAD + "#include <QApplication>\n", "no windows"),
    ("core/base/a.h", "int a;\n", "SPDX"),
    ("core/base/a.h", HEAD + "\n" * LONGEST, "lines"),
    ("core/elsewhere/a.h", HEAD, "no room"),
    ("core/api/a.h", HEAD + '#include "widgets/common/page.h"\n', "may not use"),
    ("widgets/common/a.h", HEAD + '#include "http/server.h"\n', "may not use"),
    ("app/quarry/main.cpp", HEAD + '#include "widgets/common/page.h"\n', "no widgets"),
]
RIGHT = [
    ("core/api/a.h", HEAD + '#include "http/server.h"\n#include <QString>\n#include "api/b.h"\n'),
    ("widgets/common/a.h", HEAD + '#include "base/sizes.h"\n#include <QWidget>\n#include "widgets/common/b.h"\n'),
    ("core/agent/wire/a.h", HEAD + "#include <vector>\n#include <sys/types.h>\n"),
]

failed = False
for name, text, word in WRONG:
    found = list(faults_of(name, text, ROOMS))
    if len(found) != 1 or word not in found[0]:
        print(f"FAIL: {name!r} should give one fault with {word!r}, gave {found}")
        failed = True
for name, text in RIGHT:
    found = list(faults_of(name, text, ROOMS))
    if found:
        print(f"FAIL: {name!r} should be right, gave {found}")
        failed = True
print("failed" if failed else "passed")
sys.exit(failed)
