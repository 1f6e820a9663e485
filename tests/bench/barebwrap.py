# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The peer of a sandbox's start: bare bubblewrap over the same kind of overlay, nothing else."""
import os
import subprocess
import tempfile

SCRIPT = """
mount -t overlay overlay -o lowerdir=/usr,upperdir=$1/upper,workdir=$1/work,userxattr $1/merged &&
exec bwrap --unshare-all --die-with-parent --new-session --hostname sandbox --clearenv --setenv PATH /usr/bin:/bin \\
    --bind $1/merged /usr --symlink usr/bin /bin --symlink usr/lib /lib --symlink usr/lib64 /lib64 \\
    --proc /proc --dev /dev --dir /tmp echo up
"""


class BareBwrap:
    def __enter__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="quarry-bench-", ignore_cleanup_errors=True)
        for name in ("upper", "work", "merged"):
            os.mkdir(f"{self._folder.name}/{name}")
        self._command = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--mount"]
        return self

    def __exit__(self, *what):
        subprocess.run([*self._command, "rm", "-rf", self._folder.name], check=False)
        self._folder.cleanup()

    def run(self):
        """One sandbox, up to the end of a command that prints a word."""
        done = subprocess.run([*self._command, "sh", "-c", SCRIPT, "sh", self._folder.name], capture_output=True,
                              text=True, check=False, timeout=60)
        if done.stdout != "up\n":
            raise RuntimeError(f"bare bwrap does not work here: {done.stderr}")
