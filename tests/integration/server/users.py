#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""users.py QUARRY: another user of the machine, a page of another origin and a rebinding Host are refused; the
token lets in, and the server's own user needs none. Needs root, to be two users."""
import http.client
import json
import os
import pathlib
import subprocess
import sys

from quarryserver import Server

OTHER = 65533
CODE = """import http.client, sys
c = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=20)
c.request("GET", "/api/quarry/v1/sandboxes", headers=dict(a.split("=", 1) for a in sys.argv[2:]))
print(c.getresponse().status)"""


def as_user(uid, port, *headers):
    out = subprocess.run(["/usr/bin/python3", "-c", CODE, str(port), *headers], user=uid, group=uid, extra_groups=[],
                         cwd="/", capture_output=True, text=True, timeout=60, check=True)
    return int(out.stdout)


def status(server, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request("POST", "/apis/envs/sandbox/v1/is_alive", json.dumps({}), headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def main():
    if os.geteuid() != 0:
        print("part missing: root, to act as two users")
        sys.exit(77)
    server = Server(sys.argv[1])
    token = pathlib.Path(server.data, "token").read_text().strip()
    assert as_user(0, server.port) == 200
    assert as_user(OTHER, server.port) == 401
    assert as_user(OTHER, server.port, "Authorization=Bearer " + "0" * len(token)) == 401
    assert as_user(OTHER, server.port, "Authorization=Bearer " + token) == 200
    assert as_user(OTHER, server.port, "X-API-Key=" + token) == 200
    assert oct(os.stat(server.socket).st_mode & 0o777) == "0o600"
    assert status(server, Origin="http://evil.example") == 403
    assert status(server, Host="rebind.example") == 403
    assert status(server, **{"Sec-Fetch-Site": "cross-site"}) == 403
    server.end()
    print("passed")


main()
