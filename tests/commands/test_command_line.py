"""The command line as a whole: names, help, failures and their exit codes."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from store.errors import ConflictError, NotPublishedError, StoreError
from tui.cli import cli
from tui.commands.table import COMMANDS, SECTIONS

LONGEST_SHORT_HELP = 60


def _commands(command: click.Command, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield words
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            found = command.get_command(click.Context(command), name)
            assert found is not None
            yield from _commands(found, (*words, name))


ALL = list(_commands(cli, ()))


def _python(code: str, *words: str, **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, timeout=60, check=False, **more
    )


RUN = "import sys; from tui.start import main; sys.argv[0] = 'ringback'; main()"


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_command_explains_itself(run: Any, words: tuple[str, ...]) -> None:
    """`--help` of every command ends well, begins with its usage and says what it does."""
    ran = run(*words, "--help")
    assert ran.out.startswith("Usage: " + " ".join(("ringback", *words)))
    assert "Options:" in ran.out
    assert ran.err == ""


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_says_what_the_command_says(name: str) -> None:
    """The short help in the table is the first sentence of the command's own help."""
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.name == name
    assert (command.help or "").split("\n\n")[0].replace("\n", " ").strip() == COMMANDS[name].short
    assert len(COMMANDS[name].short) <= LONGEST_SHORT_HELP


def test_the_list_of_commands_imports_none_of_them() -> None:
    """`ringback --help` names every command and imports neither one of them nor what they stand on."""
    code = """
import sys
from click.testing import CliRunner
from tui.cli import cli
print(CliRunner().invoke(cli, ["--help"]).output)
print(sorted(name for name in sys.modules if name.startswith(("tui.commands.", "store", "msgspec"))))
"""
    done = _python(code)
    assert "'tui.commands.table'" in done.stdout
    assert done.stdout.rstrip().endswith("['store', 'store.errors', 'tui.commands.table']"), done.stdout
    for section, commands in SECTIONS.items():
        assert f"{section}:" in done.stdout
        assert all(f"\n  {name}" in done.stdout for name in commands)


@pytest.mark.parametrize("words", [words for words in ALL if words], ids=" ".join)
def test_help_imports_nothing_that_is_slow(words: tuple[str, ...]) -> None:
    """Help stays light: what a command stands on is imported when it runs."""
    code = f"""
import sys
from click.testing import CliRunner
from tui.cli import cli
CliRunner().invoke(cli, {[*words, "--help"]!r})
slow = ("msgspec", "tinydb", "textual", "rich", "platformdirs", "email", "tomllib", "store.repository")
sys.exit(" ".join(name for name in slow if name in sys.modules) or None)
"""
    done = _python(code)
    assert done.returncode == 0, done.stderr


def test_an_unknown_command_names_what_is_near(run: Any) -> None:
    """A mistyped command ends with 2, names the nearest one and where help is."""
    ran = run("serach", "x", code=2)
    assert ran.err == "There is no command 'serach'. Did you mean 'search'?\nSee ringback --help\n"
    assert ran.out == ""


def test_an_unknown_option_is_a_usage_error(run: Any) -> None:
    """A wrong option ends with 2 and says whose help to read."""
    ran = run("inbox", "--colour", code=2)
    assert "--colour" in ran.err
    assert ran.err.endswith("See ringback inbox --help\n")


def test_hostile_words_in_a_usage_error_are_shown_harmless(run: Any) -> None:
    """What was typed is repeated in errors only through the gate."""
    ran = run("\x1b]0;owned\x07", code=2)
    assert "\x1b" not in ran.err
    assert "owned" in ran.err


class _Fails:
    """A command that fails with a given exception."""

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def __call__(self) -> None:
        raise self.error


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (StoreError("It broke.", "Mend it."), 1, "It broke.\nMend it.\n"),
        (StoreError("It broke at \x1b[31m."), 1, "It broke at ␛[31m.\n"),
        (ConflictError("Two values met."), 4, "Two values met.\n"),
        (NotPublishedError("Kept here.", "Do not repeat it."), 5, "Kept here.\nDo not repeat it.\n"),
        (KeyboardInterrupt(), 130, None),
        (OSError(28, "No space left on device", "/full"), 1, "/full: No space left on device.\n"),
    ],
)
def test_failures_end_with_a_sentence_and_a_code(
    run: Any, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, told: str | None
) -> None:
    """A failure inside a command becomes its sentence, its hint and its documented exit code."""
    failing = click.Command("where", callback=_Fails(error))
    monkeypatch.setattr(type(cli), "get_command", lambda *_: failing)
    ran = run("where", code=code)
    assert ran.out == ""
    assert "Traceback" not in ran.err
    if told is not None:
        assert ran.err == told


def test_the_version_is_told_at_once() -> None:
    """`--version` writes one line to stdout."""
    done = _python(RUN, "--version")
    assert done.stdout.startswith("ringback ")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_reader_that_leaves_is_quiet() -> None:
    """Closing the pipe early leaves no traceback, no message and no failure."""
    reader = subprocess.Popen(
        [sys.executable, "-c", RUN, "keys", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert reader.stdout is not None
    assert reader.stderr is not None
    reader.stdout.close()
    with reader.stderr:
        told = reader.stderr.read()
    assert (reader.wait(timeout=60), told) == (0, b"")


def test_a_reader_that_leaves_stops_no_change(home: Path) -> None:
    """A change whose sentence nobody reads any more is made all the same."""
    read, write = os.pipe()
    os.close(read)
    words = ["add", "call", "--from", "Dana Whitfield"]
    done = subprocess.run(
        [sys.executable, "-c", RUN, *words], stdout=write, stderr=subprocess.PIPE, timeout=60, check=False
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Dana Whitfield" in (home / "ringback.json").read_text()


def test_a_full_disk_behind_stdout_is_told() -> None:
    """Output that cannot be written ends with 1 and a sentence."""
    with open("/dev/full", "w") as full:  # noqa: PTH123 - a device
        done = subprocess.run(
            [sys.executable, "-c", RUN, "where"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == "The output could not be written: No space left on device.\n"


def test_closed_streams_do_no_harm() -> None:
    """A command whose stdout and stderr are closed ends well."""
    done = subprocess.run(
        f"exec '{sys.executable}' -c \"{RUN}\" where >&- 2>&-", shell=True, timeout=60, check=False
    )
    assert done.returncode == 0


def test_a_narrow_encoding_does_not_break_output() -> None:
    """Where the terminal's encoding lacks a character, a mark stands for it."""
    done = _python(RUN, "keys", env={"PYTHONIOENCODING": "ascii", "PATH": "/usr/bin", "HOME": "/nowhere"})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.isascii()


def test_json_is_ascii(run: Any) -> None:
    """JSON output carries no byte that a terminal would obey, whatever is in it."""
    ran = run("keys", "--json")
    assert ran.out.isascii()
    assert {"schema", "items"} == set(json.loads(ran.out))


def test_the_inbox_wants_a_terminal(home: Path) -> None:
    """Without a terminal the inbox does not draw into a pipe: a sentence and the way to read it as text."""
    ran = subprocess.run(
        [sys.executable, "-c", RUN],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=30,
    )
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert "needs a terminal" in ran.stderr
    assert "ringback inbox" in ran.stderr
