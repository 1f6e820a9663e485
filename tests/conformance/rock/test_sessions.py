# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Persistent shells, and arun in both of its modes."""
import asyncio
import time
import unittest

from rock.actions import CreateBashSessionRequest
from rock.actions.sandbox.request import CloseBashSessionRequest
from rock.utils.http import HttpUtils

from common import Case


class Sessions(Case):
    async def test_state_persists(self):
        name = await self.session()
        await self.run_in(name, "cd /usr; export A=1; f() { echo f-$1; }")
        answer = await self.run_in(name, "pwd; echo $A; f x")
        self.assertEqual((answer.output, answer.exit_code), ("/usr\n1\nf-x", 0))

    async def test_the_last_code_is_the_users(self):
        name = await self.session()
        await self.run_in(name, "(exit 9)")
        self.assertEqual((await self.run_in(name, "echo $?")).output, "9")

    async def test_checks(self):
        name = await self.session()
        self.assertEqual((await self.run_in(name, "echo a; (exit 3)")).exit_code, 3)
        self.assertIsNone((await self.run_in(name, "echo a; (exit 3)", check="ignore")).exit_code)
        with self.assertRaises(Exception) as caught:
            await self.run_in(name, "echo b$((1+1)); (exit 3)", check="raise")
        self.assertIn("b2", str(caught.exception))

    async def test_nothing_printed_ends_a_command(self):
        name = await self.session()
        for command in ("env; set; echo $PS1; history", "printf '0\\n$ \\n# \\n'", "cat /proc/self/environ",
                        "PS1='>>>> '; PROMPT_COMMAND='echo prompt'"):
            answer = await self.run_in(name, f"{command}; echo last; (exit 5)")
            self.assertTrue(answer.output.endswith("last"), (command, answer))
            self.assertEqual(answer.exit_code, 5)

    async def test_lines_and_here_documents(self):
        name = await self.session()
        answer = await self.run_in(name, "for i in 1 2\ndo\n  echo n$i\ndone\ncat <<'A' <<B\nfirst\nA\nsecond\nB\n")
        self.assertEqual(answer.output, "n1\nn2\nsecond")

    async def test_syntax_is_checked_before_anything_runs(self):
        name = await self.session()
        with self.assertRaises(Exception):
            await self.run_in(name, "touch /tmp/ran; echo 'open", check="raise")
        self.assertEqual(await self.shell("test -e /tmp/ran && echo ran || echo no"), "no\n")
        self.assertEqual((await self.run_in(name, "echo fine")).output, "fine")

    async def test_timeout_leaves_a_usable_session(self):
        name = await self.session()
        began = time.monotonic()
        with self.assertRaises(Exception) as caught:
            await self.run_in(name, "echo shown; sleep 71", check="raise", timeout=3)
        self.assertLess(time.monotonic() - began, 15)
        self.assertIn("shown", str(caught.exception))
        self.assertEqual((await self.run_in(name, "echo alive")).output, "alive")
        self.assertEqual(await self.shell("pgrep -xf 'sleep 71' || echo none"), "none\n")

    async def test_calls_into_one_session_queue(self):
        name = await self.session()
        answers = await asyncio.gather(*(self.run_in(name, f"sleep 0.1; echo {i}") for i in range(5)))
        self.assertEqual([answer.output for answer in answers], [str(i) for i in range(5)])

    async def test_names(self):
        name = await self.session()
        with self.assertRaises(Exception):
            await self.box.create_session(CreateBashSessionRequest(session=name))
        with self.assertRaises(Exception):
            await self.run_in("unknown", "true")
        await self.box.close_session(CloseBashSessionRequest(session=name))
        with self.assertRaises(Exception):
            await self.box.close_session(CloseBashSessionRequest(session=name))

    async def test_environment_user_and_sourced_files(self):
        await self.box.write_file_by_path("export SOURCED=yes\n", "/root/start.sh")
        name = await self.session(env_enable=True, env={"GIVEN": "too"}, startup_source=["/root/start.sh"])
        self.assertEqual((await self.run_in(name, "echo $SOURCED $GIVEN")).output, "yes too")

    async def test_interactive_program(self):
        name = await self.session()

        # The SDK's BashAction has no fields for this; its own HTTP helper has.
        async def feed(command, **more):
            answer = await HttpUtils.post(f"{self.box.url}/run_in_session", self.box._build_headers(), {
                "sandbox_id": self.box.sandbox_id, "session": name, "action_type": "bash", "command": command,
                "timeout": 20, "check": "silent", **more})
            self.assertEqual(answer["status"], "Success", answer)
            return answer["result"]

        await feed("python3 -q", is_interactive_command=True, expect=[">>> "])
        answer = await feed("6*7", is_interactive_command=True, expect=[">>> "])
        self.assertIn("42", answer["output"])
        self.assertEqual((answer["expect_string"], answer["exit_code"]), (">>> ", 0))
        await feed("exit()", is_interactive_quit=True)
        self.assertEqual((await self.run_in(name, "echo back")).output, "back")


class Arun(Case):
    async def test_normal(self):
        answer = await self.box.arun("echo one; echo two")
        self.assertEqual((answer.output, answer.exit_code), ("one\ntwo", 0))

    async def test_nohup(self):
        answer = await self.box.arun("bash -c 'echo begun; sleep 1; echo ended'", mode="nohup", wait_timeout=30,
                                     wait_interval=1)
        self.assertEqual((answer.output.split(), answer.exit_code), (["begun", "ended"], 0))

    async def test_nohup_in_a_session(self):
        name = await self.session()
        await self.box.arun("cd /usr; export V=w", session=name)
        answer = await self.box.arun("bash -c 'pwd; echo $V'", session=name, mode="nohup", wait_timeout=30,
                                     wait_interval=1)
        self.assertEqual(answer.output.split(), ["/usr", "w"])

    async def test_nohup_that_takes_too_long(self):
        answer = await self.box.arun("bash -c 'echo early; sleep 81'", mode="nohup", wait_timeout=6, wait_interval=1)
        self.assertNotEqual(answer.exit_code, 0)
        self.assertIn("early", answer.output)

    async def test_several_at_once(self):
        answers = await asyncio.gather(*(self.box.arun(f"sleep 0.3; echo {i}") for i in range(6)))
        self.assertEqual([answer.output for answer in answers], [str(i) for i in range(6)])


if __name__ == "__main__":
    unittest.main()
