"""`ringback outreach`: one step of undo, hints that hold, and what the user said told where it counts."""

from pathlib import Path
from typing import Any, get_args

import pytest

from intake_support import box, news, pitch
from mails import a_mail
from store.intake.screening import Scope
from tui.commands.outreach import SCOPES

HINT = "ringback undo takes it back"


@pytest.fixture
def pulled(run: Any, frozen: Any, tmp_path: Path) -> Path:
    """Pull a mail of each outcome."""
    unsure = a_mail(
        "We are hiring for a position.", message_id="<u@x.example>", From="Una <u@unsure.example>"
    )
    path = box(tmp_path, pitch(1), news(1), unsure)
    run("pull", str(path))
    return path


def code_of(run: Any, *words: str) -> str:
    """Return the code of the first item of a list."""
    return str(run(*words, "--json").json["items"][0]["code"])


def test_every_scope_is_offered() -> None:
    """Commands name them themselves, as what knows of them takes long to load."""
    assert get_args(Scope) == SCOPES


def test_all_that_is_said_at_once_is_one_step(run: Any, pulled: Path) -> None:
    """Of a message that was left out and of an opportunity: one undo takes both back."""
    left, waiting = code_of(run, "left-out"), code_of(run, "screener")
    ran = run("outreach", left, waiting)
    assert ran.out == f"Shop: outreach · 1 taken in · Una: outreach · {HINT}\n"
    run("undo")
    assert code_of(run, "left-out") == left
    assert code_of(run, "screener") == waiting


def test_a_hint_only_where_something_was_changed(run: Any, pulled: Path, tmp_path: Path) -> None:
    """What was said already, and a table that is there already, leave nothing to take back."""
    code = code_of(run, "screener")
    assert HINT in run("outreach", code).out
    assert run("outreach", code).out == "Una: outreach\n"
    table = tmp_path / "t.csv"
    table.write_text("Date,Recruiter,Job title\n2025-03-01,Dana,SRE\n")
    assert HINT in run("import", "csv", str(table)).out
    assert HINT not in run("import", "csv", str(table)).out


def test_what_a_refused_sender_sends(run: Any, pulled: Path) -> None:
    """It is left out as the user said so, and the list says that."""
    code = code_of(run, "inbox", "--view", "all")
    run("outreach", code, "--no")
    run("pull", str(box(pulled.parent, pitch(1, message_id="<later@northgate.example>"))))
    (item,) = run("left-out", "Dana", "--json").json["items"]
    assert item["against"] == "said by you"
    assert "said by you" in run("left-out", "Dana").out


def test_what_was_left_out_is_shown(run: Any, pulled: Path) -> None:
    """With its text and why, and as JSON; once it is taken in, its id leads to the opportunity."""
    code = code_of(run, "left-out")
    out = run("show", code).out
    assert out.startswith(f"Shop · news1@shop.example\n{code} · left out: ")
    assert f"ringback outreach {code} takes it in" in out
    assert "1  email  " in out
    found = run("show", code, "--json").json["left_out"]
    assert found["code"] == code
    (entry,) = found["timeline"]
    assert entry["id"] == found["id"]
    run("outreach", code)
    assert run("show", code, "--json").json["opportunity"]["who"] == "Shop"
