"""Running command lines as a shell would, in this process."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
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
        """What it wrote as JSON."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run() -> Run:
    """Run a command line: `run("add", "call", "--from", "Dana")`; `given` is its standard input."""

    def run_words(*words: str, given: str | bytes | None = None, code: int | None = 0) -> Ran:
        """Run the words and check how they end; `code` None leaves that to the test."""
        result = CliRunner().invoke(cli, list(words), input=given, prog_name="ringback")
        if result.exc_info is not None and result.exc_info[0] is not SystemExit:
            raise result.exc_info[1]
        ran = Ran(result.exit_code, result.stdout, result.stderr)
        assert code is None or ran.code == code, ran
        return ran

    return run_words
