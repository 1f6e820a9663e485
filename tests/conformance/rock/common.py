# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every topic needs: sandboxes of the SDK against the server at ROCK_BASE_URL."""
import contextlib
import logging
import os
import re
import subprocess
import unittest
import uuid

from rock.actions import BashAction, Command, CreateBashSessionRequest
from rock.sdk.sandbox.client import Sandbox
from rock.sdk.sandbox.config import SandboxConfig

URL = os.environ["ROCK_BASE_URL"]
logging.disable(logging.CRITICAL)


def config(**more):
    return SandboxConfig(**{"base_url": URL, "image": "host", "memory": "512m", "cpus": 1, "startup_timeout": 60,
                            **more})


@contextlib.asynccontextmanager
async def started(**more):
    """A running sandbox, gone at the end."""
    box = Sandbox(config(**more))
    try:
        await box.start()
        yield box
    finally:
        if box.sandbox_id:
            await box.stop()
            await box.delete()


def python_image():
    """The alias that this machine's own Python gives: python:3.11 and the like."""
    text = subprocess.run(["/usr/bin/python3", "--version"], capture_output=True, text=True, check=True).stdout
    return "python:" + re.search(r"3\.\d+", text)[0]


class Case(unittest.IsolatedAsyncioTestCase):
    """A test with one sandbox for each method, as `self.box`."""

    async def asyncSetUp(self):
        holder = started()
        self.box = await holder.__aenter__()
        self.addAsyncCleanup(holder.__aexit__, None, None, None)

    async def shell(self, text):
        """The standard output of a line of shell in the sandbox."""
        answer = await self.box.execute(Command(command=["bash", "-c", text]))
        self.assertEqual(answer.exit_code, 0, answer)
        return answer.stdout

    async def session(self, **more):
        name = "s" + uuid.uuid4().hex[:8]
        await self.box.create_session(CreateBashSessionRequest(session=name, **more))
        return name

    async def run_in(self, session, command, check="silent", timeout=30):
        return await self.box.run_in_session(
            BashAction(session=session, command=command, check=check, timeout=timeout))
