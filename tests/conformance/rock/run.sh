#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh VENV QUARRY: the unmodified ROCK SDK against a server of its own.
set -eu
venv=$1 quarry=$2
here=$(dirname "$(readlink -f "$0")")
version=1.11.0
if [ "$(cat "$venv/quarry-version" 2>/dev/null)" != "$version" ]; then
    if ! { /usr/bin/python3 -m venv "$venv" && "$venv/bin/pip" install -q --disable-pip-version-check "rl-rock==$version"; }; then
        echo "part missing: rl-rock $version cannot be installed from PyPI here"
        [ -z "${QUARRY_REQUIRE_PARTS:-}" ] || exit 1
        exit 77
    fi
    echo "$version" >"$venv/quarry-version"
fi
export PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$here/../../support
exec "$venv/bin/python" "$here/sdk.py" "$quarry"
