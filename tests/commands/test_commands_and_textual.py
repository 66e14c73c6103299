"""Commands answer in a tenth of a second, so none of them may load the full-screen part."""

import subprocess
import sys

import pytest

from tui.commands.table import COMMANDS

OPENS_THE_INBOX = {"demo"}
ARGUMENTS = {
    "show": ["abcd"],
    "search": ["x"],
    "add": ["call", "--from", "Dana"],
    "pull": ["/nowhere"],
    "snooze": ["abcd", "tomorrow"],
    "wait": ["abcd", "tomorrow"],
    "label": ["abcd", "x"],
    "letter": ["abcd", "friend"],
    "note": ["abcd", "x"],
    "edit": ["abcd", "--role", "x"],
    "decide": ["abcd", "--reason", "a", "--verdict", "N"],
    "join": ["abcd", "abce"],
    "split": ["abcd", "1"],
    "undo": [],
    "redo": [],
    "merge": ["/nowhere"],
    "import": ["--help"],
    "attachments": ["abcd"],
    "restore": ["/nowhere"],
    "completion": ["bash"],
    "export": ["csv", "opportunities"],
}
READS = {
    *("inbox", "due", "status", "where", "doctor", "keys", "config", "review", "seat", "stats", "letters"),
    *("sync", "git-setup", "conflicts", "screener", "sources", "left-out"),
}
CODE = """
import sys
from tui.start import main
for words in sys.argv[1:]:
    sys.argv = ["ringback", *words.split()]
    try:
        main()
    except SystemExit as end:
        if end.code not in (0, 1, 3):
            raise
loaded = sorted(name for name in ("textual", "rich.console", "tui.app") if name in sys.modules)
print("loaded:", loaded, file=sys.stderr)
"""


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - OPENS_THE_INBOX))
def test_no_command_loads_the_screen(name: str) -> None:
    """The command runs, on a file that has something in it, without Textual."""
    words = " ".join([name, *ARGUMENTS.get(name, [] if name in READS else ["abcd"])])
    done = subprocess.run(
        [sys.executable, "-c", CODE, "add call --from Dana", words],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.stderr.endswith("loaded: []\n"), done.stderr
