# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One command after the other, each a process of its own."""
import time

from rock.actions import Command

from common import Case


class Execute(Case):
    async def test_arguments_stay_arguments(self):
        answer = await self.box.execute(Command(command=["printf", "%s|", "a b", "$HOME", "*", "é", ""]))
        self.assertEqual((answer.stdout, answer.stderr, answer.exit_code), ("a b|$HOME|*|é||", "", 0))

    async def test_a_text_is_a_line_of_shell(self):
        answer = await self.box.execute(Command(command="echo $((40 + 2)) | tr 2 7"))
        self.assertEqual((answer.stdout, answer.exit_code), ("47\n", 0))

    async def test_streams_and_code_are_told_apart(self):
        answer = await self.box.execute(Command(command=["bash", "-c", "echo out; echo err >&2; exit 7"]))
        self.assertEqual((answer.stdout, answer.stderr, answer.exit_code), ("out\n", "err\n", 7))

    async def test_environment_and_folder(self):
        answer = await self.box.execute(Command(command=["bash", "-c", "echo $V; pwd"], env={"V": "w"}, cwd="/usr"))
        self.assertEqual(answer.stdout, "w\n/usr\n")

    async def test_missing_program_is_named(self):
        try:
            answer = await self.box.execute(Command(command=["no-such-program"]))
            text, code = answer.stdout + answer.stderr, answer.exit_code
        except Exception as refused:
            text, code = str(refused), 127
        self.assertIn("no-such-program", text)
        self.assertNotEqual(code, 0)

    async def test_timeout_ends_the_tree_and_keeps_the_output(self):
        began = time.monotonic()
        with self.assertRaises(Exception) as caught:
            await self.box.execute(Command(command=["bash", "-c", "echo early; sleep 61 & sleep 61"], timeout=1))
        self.assertLess(time.monotonic() - began, 20)
        self.assertIn("early", str(caught.exception))
        self.assertEqual(await self.shell("pgrep -xf 'sleep 61' || echo none"), "none\n")

    async def test_large_output_is_whole(self):
        answer = await self.box.execute(Command(command=["bash", "-c", "head -c 3000000 /dev/zero | tr '\\0' x"]))
        self.assertEqual(len(answer.stdout), 3_000_000)

    async def test_what_a_sandbox_is(self):
        self.assertEqual(await self.shell("id -u; pwd; echo $HOME; hostname"), "0\n/root\n/root\nsandbox\n")
        self.assertEqual(await self.shell("ls /proc | grep -c '^[0-9]' | awk '{print ($1 < 10)}'"), "1\n")
