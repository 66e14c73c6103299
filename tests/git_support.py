"""Real git, without anybody's configuration: clones of a bare repository, one a machine."""

import os
from pathlib import Path
from subprocess import CompletedProcess

from sync_support import Machine

_NOBODYS = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_EDITOR": "true",
    "GIT_AUTHOR_NAME": "Robin Vale",
    "GIT_AUTHOR_EMAIL": "robin@vale.example",
    "GIT_COMMITTER_NAME": "Robin Vale",
    "GIT_COMMITTER_EMAIL": "robin@vale.example",
}
_ALWAYS = ("-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "advice.detachedHead=false")


class Clone:
    """The folder of a machine as a clone of the repository that all machines share."""

    def __init__(self, machine: Machine, bare: Path) -> None:
        self.machine = machine
        if not bare.exists():
            self.git("init", "--quiet", "--bare", "--initial-branch=main", str(bare))
        self.git("clone", "--quiet", str(bare), ".")
        self.git("symbolic-ref", "HEAD", "refs/heads/main")

    def git(self, *words: str, check: bool = True) -> CompletedProcess[str]:
        """Run git here, and fail with all it said unless it ends well."""
        return self.machine.run("git", *_ALWAYS, *words, check=check, **_NOBODYS)

    def commit(self, message: str) -> None:
        """Commit everything that lies there."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def push(self) -> None:
        """Give what was committed to the others."""
        self.git("push", "--quiet", "--set-upstream", "origin", "main")

    def pull(self, *, rebase: bool = False, check: bool = True) -> CompletedProcess[str]:
        """Take what the others committed, beside or under what was committed here."""
        return self.git("pull", f"--rebase={str(rebase).lower()}", "origin", "main", check=check)

    def go_on(self, *, rebase: bool) -> None:
        """Say that the conflict is resolved as the file is now."""
        self.git("add", "--all")
        self.git(*(("rebase", "--continue") if rebase else ("commit", "--quiet", "--no-edit")))
