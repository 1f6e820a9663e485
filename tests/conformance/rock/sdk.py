#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""sdk.py QUARRY: what a user of ROCK's SDK does, against `quarry serve`. Prints a line for each case."""
import asyncio
import hashlib
import logging
import os
import random
import sys
import tempfile
import traceback

os.environ.setdefault("ROCK_LOGGING_LEVEL", "ERROR")
logging.disable(logging.CRITICAL)

from rock.actions import (BashAction, CloseSessionRequest, Command, CreateBashSessionRequest, ReadFileRequest,  # noqa: E402
                          UploadRequest, WriteFileRequest)
from rock.sdk.common.exceptions import BadRequestRockError, RockException  # noqa: E402
from rock.sdk.sandbox.client import RunMode, Sandbox  # noqa: E402
from rock.sdk.sandbox.config import SandboxConfig  # noqa: E402

from quarryserver import Server  # noqa: E402

CASES = []


def case(function):
    CASES.append(function)
    return function


def same(got, wanted):
    assert got == wanted, f"{got!r} is not {wanted!r}"


def config(url, **more):
    return SandboxConfig(**{"base_url": url, "image": "host", "memory": "1g", "cpus": 1, **more})


async def started(url, **more):
    box = Sandbox(config(url, **more))
    await box.start()
    return box


@case
async def execute(box):
    r = await box.execute(Command(command=["printf", "%s|", "a b", "$HOME", "é"]))
    same((r.stdout, r.stderr, r.exit_code), ("a b|$HOME|é|", "", 0))
    r = await box.execute(Command(command="echo $((1+1)) | cat; exit 3"))
    same((r.stdout, r.exit_code), ("2\n", 3))
    r = await box.execute(Command(command=["sh", "-c", "echo $A; pwd"], env={"A": "b"}, cwd="/tmp"))
    same(r.stdout, "b\n/tmp\n")


@case
async def sessions_keep_their_state(box):
    await box.create_session(CreateBashSessionRequest(session="s", env_enable=True, env={"GIVEN": "yes"}))
    await box.run_in_session(BashAction(session="s", command="cd /tmp; export MADE=1; f() { echo f$1; }"))
    r = await box.run_in_session(BashAction(session="s", command="pwd; echo $MADE $GIVEN; f 2"))
    same((r.output, r.exit_code), ("/tmp\n1 yes\nf2", 0))
    try:
        await box.create_session(CreateBashSessionRequest(session="s"))
        raise AssertionError("a taken name was taken again")
    except RockException:
        pass
    await box.close_session(CloseSessionRequest(session="s"))


@case
async def checks_of_exit_codes(box):
    await box.create_session(CreateBashSessionRequest(session="c"))
    r = await box.run_in_session(BashAction(session="c", command="(exit 4)", check="silent"))
    same(r.exit_code, 4)
    r = await box.run_in_session(BashAction(session="c", command="(exit 4)", check="ignore"))
    same(r.exit_code, None)
    try:
        await box.run_in_session(BashAction(session="c", command="echo seen; (exit 4)", check="raise"))
        raise AssertionError("no exception for exit code 4")
    except Exception as e:
        assert "seen" in str(e), str(e)


@case
async def a_timeout_leaves_the_session_usable(box):
    await box.create_session(CreateBashSessionRequest(session="t"))
    try:
        await box.run_in_session(BashAction(session="t", command="echo before; sleep 300", timeout=2))
        raise AssertionError("no exception for a timeout")
    except Exception as e:
        assert "before" in str(e), str(e)
    r = await box.run_in_session(BashAction(session="t", command="echo after"))
    same(r.output, "after")


@case
async def arun_normal_and_nohup(box):
    r = await box.arun("echo plain", mode=RunMode.NORMAL)
    same((r.output, r.exit_code), ("plain", 0))
    r = await box.arun("sleep 0.2; echo from nohup", mode=RunMode.NOHUP, wait_timeout=60, wait_interval=1)
    same(r.exit_code, 0)
    assert "from nohup" in r.output, r.output


@case
async def files(box):
    text = "line\n\ttab é 世界 🚀 \"quote\" \\ end"
    await box.write_file(WriteFileRequest(path="/tmp/made/deep/f.txt", content=text))
    same((await box.read_file(ReadFileRequest(path="/tmp/made/deep/f.txt"))).content, text)
    same((await box.execute(Command(command=["cat", "/tmp/made/deep/f.txt"]))).stdout, text)


@case
async def uploads(box):
    content = random.Random(1).randbytes(3_000_001)
    with tempfile.NamedTemporaryFile() as f:
        f.write(content)
        f.flush()
        r = await box.upload(UploadRequest(source_path=f.name, target_path="/tmp/up/f.bin"))
    assert r.success, r
    r = await box.execute(Command(command=["sha256sum", "/tmp/up/f.bin"]))
    same(r.stdout.split()[0], hashlib.sha256(content).hexdigest())


@case
async def stop_and_restart_keep_files(box):
    url = box.config.base_url
    b = await started(url)
    await b.write_file(WriteFileRequest(path="/root/kept", content="kept"))
    await b.stop()
    same((await b.get_status(include_all_states=True)).is_alive, False)
    try:
        await b.execute(Command(command=["true"]))
        raise AssertionError("a stopped sandbox executed something")
    except BadRequestRockError:
        pass
    except RockException:
        pass
    await b.restart()
    same((await b.read_file(ReadFileRequest(path="/root/kept"))).content, "kept")
    await b.stop()
    await b.delete()


@case
async def statuses(box):
    status = await box.get_status()
    same((status.is_alive, status.sandbox_id, status.image), (True, box.sandbox_id, "host"))
    assert status.state_history and status.host_name, status
    other = Sandbox(SandboxConfig(base_url=box.config.base_url))
    await other.attach(box.sandbox_id)
    same((await other.execute(Command(command=["echo", "x"]))).stdout, "x\n")


@case
async def a_commit_becomes_an_image(box):
    url = box.config.base_url
    b = await started(url)
    await b.execute(Command(command="echo made > /root/made"))
    await b.commit("conformance:1", username="", password="")
    c = await started(url, image="conformance:1")
    same((await c.execute(Command(command=["cat", "/root/made"]))).stdout, "made\n")
    for each in (b, c):
        await each.stop()
        await each.delete()


async def run(url):
    failed = 0
    box = await started(url)
    for each in CASES:
        try:
            await asyncio.wait_for(each(box), 120)
            print(f"ok {each.__name__}", flush=True)
        except Exception as e:
            failed += 1
            print(f"FAIL {each.__name__}: {type(e).__name__}: {str(e)[:400]}", flush=True)
            traceback.print_exc(limit=3)
    await box.stop()
    await box.delete()
    return failed


def main():
    server = Server(sys.argv[1])
    try:
        failed = asyncio.run(run(server.url))
    finally:
        server.end()
    sys.exit(1 if failed else 0)


main()
