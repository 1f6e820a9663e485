# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A sandbox kept as an image, and started from it."""
import uuid

from rock.actions import Command, CommitPhase

from common import Case, started


class Commit(Case):
    async def test_running_sandbox_becomes_an_image(self):
        tag = f"kept-{uuid.uuid4().hex[:8]}:v1"
        await self.shell("echo inside > /root/mark; mkdir -p /usr/local/lib/own; rm -rf /etc/apt")
        status = await self.box.commit(tag, "", "", interval=0.2)
        self.assertEqual(status.phase, CommitPhase.SUCCEEDED, status)
        self.assertTrue(status.started_at and status.completed_at)
        async with started(image=tag) as child:
            answer = await child.execute(Command(
                command=["bash", "-c", "cat /root/mark; ls -d /usr/local/lib/own; ls /etc/apt || echo gone"]))
            self.assertEqual(answer.stdout, "inside\n/usr/local/lib/own\ngone\n")

    async def test_pushing_is_not_supported_and_says_so(self):
        status = await self.box.commit(f"pushed-{uuid.uuid4().hex[:8]}:v1", "ann", "secret", interval=0.2)
        self.assertEqual((status.phase, status.error_code), (CommitPhase.FAILED, "PUSH_FAILED"))
        self.assertIn("saved locally", status.error_message)

    async def test_bad_tags_are_refused(self):
        for tag in ("UPPER:v1", "a b", "x:" + "y" * 200):
            with self.subTest(tag), self.assertRaises(Exception):
                await self.box.commit_async(tag, "", "")
