"""`ringback letter`: one of the two letters of a referral."""

from typing import TYPE_CHECKING

import click

from tui.commands.common.opening import opened
from tui.output import emit, emit_block, emit_thing, paint, tell

if TYPE_CHECKING:
    from store.records.letter import Letter
    from store.referring import Logged
    from store.repository import Repository

_BY_HAND = "by hand"


@click.command()
@click.argument("referral", metavar="REFERRAL")
@click.argument("side", metavar="friend|recruiter")
@click.option("--copy", "act", flag_value="copy", help="Copy it, and say which way.")
@click.option(
    "--mailto", "act", flag_value="mailto", help="Open it in your mail program; else print the link."
)
@click.option("--edit", "act", flag_value="edit", help="Write it in $EDITOR.")
@click.option("--sent", is_flag=True, help="You sent it: keep when, by which way, and these very words.")
@click.option("--by", "way", default="", metavar="WAY", help="With --sent: the way that it went.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def letter(referral: str, side: str, *, act: str | None, sent: bool, way: str, as_json: bool) -> None:
    """Print a letter of a referral, copy, edit or mail it.

    A letter with an open slot, and one for which somebody's leave is missing, is printed but goes nowhere.
    What was sent stays as it went out.
    """
    from store import referral_letters, referring

    with opened() as repository:
        logged = referring.find(repository.documents, referral, repository.now())
        found = referral_letters.find(repository.documents, logged.id, side)
        if act == "edit":
            _edit(repository, logged, found)
        elif act is not None:
            way = way or _take_out(repository, logged, found, act)
        if sent:
            _mark(repository, logged, side, way or _BY_HAND)
        if as_json:
            from tui.commands.common.referral_shapes import letter_shape

            emit_thing("letter", letter_shape(repository, logged, side))
        elif act is None and not sent:
            _show(repository, logged, found)


def _show(repository: "Repository", logged: "Logged", letter: "Letter") -> None:
    from store import sending
    from tui.commands.common.entry import readable

    emit_block(readable(letter.text.rstrip("\n")))
    why_not = sending.why_not(repository.documents, logged, letter, repository.now())
    if why_not and not letter.sent_at:
        tell(paint(why_not, "warning"))


def _take_out(repository: "Repository", logged: "Logged", letter: "Letter", act: str) -> str:
    """Copy a letter or hand it to the mail program; return the way."""
    from store import sending

    sending.check(repository.documents, logged, letter, repository.now())
    return _copy(letter) if act == "copy" else _mail(logged, letter)


def _copy(letter: "Letter") -> str:
    from store import referral_letters
    from tui.clipboard import way_kept
    from tui.commands.common.clipboard import copied

    way = copied(letter.text)
    tell(f"Copied the letter to {referral_letters.NAMES[letter.side]} · {way}")
    return way_kept(way)


def _mail(logged: "Logged", letter: "Letter") -> str:
    from store import referral_letters
    from tui.mailto import mailto
    from tui.screens.links import Link, can_open, open_link

    link = mailto(letter.to, referral_letters.about(logged.referral), letter.text)
    if can_open() and open_link(Link(link, "")):
        tell(f"The letter to {referral_letters.NAMES[letter.side]} is in your mail program")
    else:
        emit(link)
    return "mailto"


def _edit(repository: "Repository", logged: "Logged", letter: "Letter") -> None:
    from store import referral_letters
    from tui.editing import edited
    from tui.text import safe

    referral_letters.check_draft(letter)
    shown = safe(letter.text, newlines=True).rstrip("\n")
    text = edited(shown)
    if text == shown:
        tell("The letter is as it was.")
        return
    tell(repository.transact("Letter", lambda t: referral_letters.edit(t, logged.id, letter.side, text)))


def _mark(repository: "Repository", logged: "Logged", side: str, way: str) -> None:
    """Write down that a letter went out, in the words as they are copied and printed."""
    from store import referral_letters, sending
    from tui.text import safe

    text = safe(referral_letters.find(repository.documents, logged.id, side).text, newlines=True)
    tell(repository.transact("Letter sent", lambda t: sending.sent(t, logged.id, side, way, text)))
