# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files written, read and uploaded, and what is refused."""
import hashlib
import pathlib
import random
import tempfile

from rock.actions import ReadFileRequest
from rock.actions.sandbox.request import ChmodRequest, ChownRequest

from common import Case


class Files(Case):
    async def read(self, path, **more):
        return (await self.box.read_file(ReadFileRequest(path=path, **more))).content

    async def test_any_text_survives(self):
        text = "tab\t \"quotes\" \\ \r\n é 世界 🚀 \x01 no newline at the end"
        path = "/tmp/made/on/the/way.txt"
        self.assertTrue((await self.box.write_file_by_path(text, path)).success)
        self.assertEqual(await self.read(path), text)
        self.assertTrue((await self.box.write_file_by_path("", path)).success)
        self.assertEqual(await self.read(path), "")

    async def test_relative_paths_start_at_home(self):
        await self.box.write_file_by_path("x", "beside.txt")
        self.assertEqual(await self.shell("cat /root/beside.txt"), "x")

    async def test_encodings(self):
        await self.shell("printf 'caf\\351' > /tmp/latin")
        self.assertEqual(await self.read("/tmp/latin", encoding="latin-1"), "café")
        self.assertEqual(await self.read("/tmp/latin", encoding="utf-8", errors="replace"), "caf\ufffd")
        self.assertEqual(await self.read("/tmp/latin", encoding="utf-8", errors="ignore"), "caf")

    async def test_large_text(self):
        text = "".join(random.Random(1).choices("abc é\n\"\\", k=2_000_000))
        await self.box.write_file_by_path(text, "/tmp/large")
        self.assertEqual(await self.read("/tmp/large"), text)

    async def test_lines_of_a_file(self):
        await self.shell("seq 1 3000 > /tmp/lines")
        answer = await self.box.read_file_by_line_range("/tmp/lines", start_line=2990, end_line=2992)
        self.assertEqual(answer.content.split(), ["2990", "2991", "2992"])

    async def test_writes_that_cannot_be(self):
        answer = await self.box.write_file_by_path("x", "/proc/no/such")
        self.assertFalse(answer.success)
        self.assertTrue(answer.message)

    async def test_upload_of_a_file(self):
        content = random.Random(2).randbytes(5_000_000)
        with tempfile.TemporaryDirectory() as folder:
            source = pathlib.Path(folder, "source é.bin")
            source.write_bytes(content)
            answer = await self.box.upload_by_path(source, "/tmp/deep/target.bin")
        self.assertTrue(answer.success, answer)
        self.assertEqual((await self.shell("sha256sum /tmp/deep/target.bin")).split()[0],
                         hashlib.sha256(content).hexdigest())

    async def test_upload_of_what_is_not_there(self):
        self.assertFalse((await self.box.upload_by_path("/no/such/file", "/tmp/x")).success)

    async def test_modes_and_owners(self):
        await self.box.write_file_by_path("x", "/tmp/perm/f")
        self.assertTrue((await self.box.fs.chmod(ChmodRequest(paths=["/tmp/perm"], mode="700", recursive=True))).success)
        self.assertEqual(await self.shell("stat -c %a /tmp/perm/f"), "700\n")
        self.assertTrue((await self.box.fs.chown(ChownRequest(remote_user="root", paths=["/tmp/perm"]))).success)
        self.assertFalse((await self.box.fs.chmod(ChmodRequest(paths=["/no/such"], mode="700"))).success)
