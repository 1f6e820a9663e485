# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Start, attach, statuses, stop, restart, delete, and starts that fail."""
import time
import unittest

from rock.actions import Command
from rock.actions.sandbox.response import State
from rock.sdk.common.exceptions import RockException
from rock.sdk.sandbox.client import Sandbox, SandboxGroup
from rock.sdk.sandbox.config import SandboxConfig, SandboxGroupConfig
from rock.utils.http import HttpUtils

from common import URL, config, python_image, started


class Life(unittest.IsolatedAsyncioTestCase):
    async def test_sdk_defaults_start_on_any_machine(self):
        box = Sandbox(SandboxConfig(base_url=URL, image=python_image()))
        try:
            await box.start()
            self.assertTrue((await box.is_alive()).is_alive)
            for program in ("python", "python3", "pip"):
                answer = await box.execute(Command(command=[program, "--version"]))
                self.assertEqual(answer.exit_code, 0, answer)
            status = await box.get_status()
            self.assertEqual(status.image, box.config.image)
            self.assertEqual(status.cpus, 2)
        finally:
            await box.stop()
            await box.delete()

    async def test_start_needs_one_poll_only(self):
        began = time.monotonic()
        async with started():
            self.assertLess(time.monotonic() - began, 3, "the first poll came before the sandbox was alive")

    async def test_status_and_owner(self):
        async with started(user_id="ann", experiment_id="e1", namespace="n1") as box:
            status = await box.get_status()
            self.assertTrue(status.is_alive)
            self.assertEqual(status.state, State.RUNNING)
            self.assertEqual((status.user_id, status.experiment_id, status.namespace), ("ann", "e1", "n1"))
            self.assertEqual(status.memory, "512.00m")
            self.assertTrue(status.host_name)
            steps = [(record.from_state, record.to_state) for record in status.state_history]
            self.assertEqual(steps[-1][1], "running", steps)
            for phase in status.status.values():
                self.assertIn(phase["status"], ("waiting", "running", "success"))

    async def test_statistics(self):
        async with started() as box:
            answer = await HttpUtils.get(f"{box.url}/get_sandbox_statistics?sandbox_id={box.sandbox_id}",
                                         box._build_headers())
            self.assertEqual(answer["status"], "Success")
            for name in ("cpu", "mem", "disk", "net"):
                self.assertGreaterEqual(answer["result"][name], 0)

    async def test_attach_finds_it_again(self):
        async with started() as box:
            other = Sandbox(SandboxConfig(base_url=URL))
            await other.attach(box.sandbox_id)
            self.assertEqual((other.sandbox_id, other.host_name), (box.sandbox_id, box.host_name))
            self.assertEqual((await other.execute(Command(command=["echo", "here"]))).stdout, "here\n")
        with self.assertRaises(Exception):
            await Sandbox(SandboxConfig(base_url=URL)).attach("no-such-sandbox")

    async def test_restart_keeps_the_files(self):
        async with started() as box:
            await box.execute(Command(command=["bash", "-c", "echo kept > /root/a; echo kept > /tmp/b"]))
            await box.stop()
            self.assertFalse((await box.get_status(include_all_states=True)).is_alive)
            await box.restart()
            answer = await box.execute(Command(command=["cat", "/root/a", "/tmp/b"]))
            self.assertEqual(answer.stdout, "kept\nkept\n")
            history = (await box.get_status(include_all_states=True)).state_history
            self.assertEqual([record.to_state for record in history][-3:], ["stopped", "pending", "running"])

    async def test_stopped_and_deleted_refuse_work(self):
        async with started() as box:
            with self.assertRaises(RockException):
                await box.delete()
            await box.stop()
            await box.stop()
            with self.assertRaises(Exception):
                await box.execute(Command(command=["true"]))
            await box.delete()
            self.assertEqual((await box.get_status(include_all_states=True)).state, State.DELETED)

    async def test_failed_start_says_what_failed(self):
        box = Sandbox(config(image="registry.invalid/nobody/nothing:0"))
        with self.assertRaises(RockException) as caught:
            await box.start()
        self.assertIn("nothing:0", str(caught.exception))

    async def test_impossible_requests_are_refused(self):
        for wrong in ({"num_gpus": 1}, {"use_kata_runtime": True}, {"cpus": -1}, {"memory": "lots"},
                      {"sandbox_id": "../up"}):
            with self.subTest(wrong), self.assertRaises(Exception):
                await Sandbox(config(**wrong)).start()

    async def test_own_id_is_taken_once(self):
        async with started(sandbox_id="mine.1") as box:
            self.assertEqual(box.sandbox_id, "mine.1")
            with self.assertRaises(Exception) as caught:
                await Sandbox(config(sandbox_id="mine.1")).start()
            self.assertIn("exists", str(caught.exception))

    async def test_group(self):
        group = SandboxGroup(SandboxGroupConfig(base_url=URL, image="host", memory="256m", cpus=1, size=4,
                                                start_concurrency=4))
        try:
            await group.start()
            self.assertEqual(len({box.sandbox_id for box in group.sandbox_list}), 4)
        finally:
            await group.stop()
            for box in group.sandbox_list:
                await box.delete()


if __name__ == "__main__":
    unittest.main()
