"""Running command lines as a shell would, in this process, on a small invented inbox."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from click.testing import CliRunner

from tui.cli import cli


@dataclass(frozen=True)
class Ran:
    """What a command line wrote, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it wrote, read as JSON."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(home: object) -> Run:
    """Run a command line: `run("add", "call", "--from", "Dana")`.

    `given` is its standard input, `code` the exit code it must end with, None for any.
    """

    def run_words(*words: str, given: str | bytes | None = None, code: int | None = 0) -> Ran:
        result = CliRunner().invoke(cli, list(words), input=given, prog_name="ringback")
        if result.exc_info is not None and not isinstance(result.exc_info[1], SystemExit):
            raise result.exc_info[1]
        ran = Ran(result.exit_code, result.stdout, result.stderr)
        assert code is None or ran.code == code, ran
        return ran

    return run_words


@dataclass(frozen=True)
class Inbox:
    """The short codes of three opportunities."""

    dana: str
    priya: str
    tom: str


@pytest.fixture
def inbox(run: Run, frozen: time_machine.Traveller) -> Inbox:
    """Add three opportunities of three recruiters on three channels, a few days old."""

    def add(*words: str) -> str:
        return str(run("add", *words, "--json").json["added"]["opportunity"]["code"])

    return Inbox(
        dana=add(
            *("email", "--from", "Dana Whitfield <dana@northgate.example>", "--firm", "Northgate Search"),
            *("--role", "Staff Platform Engineer", "--company", "Acme Robotics", "--at", "2026-11-13 11:00"),
            *("--subject", "A role at Acme", "Your Kubernetes work stood out."),
        ),
        priya=add(
            "linkedin",
            "--from",
            "Priya Nair",
            "--role",
            "Engineering Manager",
            "--at",
            "2026-11-14 09:00",
            "Hello",
        ),
        tom=add(
            "voicemail",
            "--from",
            "Tom Birch",
            "--phone",
            "555-0101",
            "--at",
            "2026-11-15 12:00",
            "Ring me back.",
        ),
    )
