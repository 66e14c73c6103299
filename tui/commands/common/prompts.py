"""Questions asked one after the other in the normal screen."""

import sys
from time import monotonic
from typing import TYPE_CHECKING

import click

from store.errors import StoreError, UsageError
from tui.output import paint, tell, terminal_width

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.deciding import Beside
    from store.repository import Repository
    from store.rules.questions import Question
    from store.rules.sheet import Sheet


def can_ask() -> bool:
    """Tell whether there is somebody to answer."""
    return sys.stdin is not None and sys.stdin.isatty()


def ask_line(prompt: str) -> str:
    """Ask for a line on the terminal; an interrupt is one."""
    return str(click.prompt(prompt, default="", show_default=False, err=True, prompt_suffix=" "))


def ask_for_good(what: str, word: str, *, yes: bool) -> None:
    """Let go on only who types a word or said `--yes`, where nothing brings it back; raises UsageError."""
    if yes:
        return
    if not can_ask():
        raise UsageError(f"{what}, and nothing brings that back.", "--yes says that you mean it.")
    tell(f"{what}, and nothing brings that back.")
    if ask_line(f"Type {word} to go on:").strip().casefold() != word.casefold():
        raise UsageError("That is another word, so nothing was changed.")


def ask_key(question: "Question", text: str, keys: list[tuple[str, str]]) -> str:
    """Ask one question with its keys, each with what it means."""
    from textwrap import wrap

    tell()
    first, *others = wrap(text, terminal_width() - 5) or [""]
    tell(paint(f"{question.number:>2}  ", "accent"), paint(first, "strong"))
    for line in others:
        tell("    ", paint(line, "strong"))
    for key, meaning in keys:
        tell("    ", paint(key, "accent"), f"  {meaning}")
    return ask_line("   >").strip()


def ask_sheet(
    repository: "Repository", beside: "Beside", sheet: "Sheet", keep: "Callable[[Sheet], object]"
) -> "Sheet":
    """Ask what is left of a form; `keep` is called with each state of it.

    The ledger is written once it can steer no answer any more.
    """
    import msgspec

    from store.deciding import default_reviews, default_until
    from tui.commands.common.ledger import write_ledger

    began = monotonic()
    before = sheet.seconds
    shown = False
    while (field := sheet.present) is not None:
        if sheet.shows_ledger and not shown:
            tell()
            reckoning = sheet.reckoning(beside.case)
            write_ledger(tell, reckoning, sheet.answers, sheet.notes, beside.own, beside.impulse)
            shown = True
        try:
            sheet = _asked(repository, beside, sheet, field)
        except StoreError as error:
            tell(paint(f"    {error.sentence} {error.hint}".rstrip(), "warning"))
            continue
        if field.name == "verdict" and sheet.verdict is not None and not sheet.reviews:
            now = repository.now()
            until = default_until(now) if sheet.verdict == "later" else 0
            dates = default_reviews(sheet.verdict, now, until)
            sheet = msgspec.structs.replace(sheet, until=until, reviews=dates)
        sheet = msgspec.structs.replace(sheet, seconds=before + round(monotonic() - began))
        keep(sheet)
    return sheet


def _asked(repository: "Repository", beside: "Beside", sheet: "Sheet", field: "Question") -> "Sheet":
    import msgspec

    if field.name == "reviews":
        return _dates(repository, sheet, field)
    text, keys = _asks(beside, sheet, field)
    answer = ask_key(field, text, keys)
    if not answer:
        return sheet.skip()
    key, _, note = answer.partition(" ")
    after = sheet.with_note(note) if note.strip() else sheet
    after = after.press(key, beside.own)
    recommended = after.reckoning(beside.case).recommended
    if field.name == "verdict" and recommended not in (None, after.verdict):
        because = ask_line("    because:").strip()
        return msgspec.structs.replace(after, because=because)
    return after


def _asks(beside: "Beside", sheet: "Sheet", field: "Question") -> tuple[str, list[tuple[str, str]]]:
    from store.records.decision import NOTHING
    from store.rules.questions import reason

    keys = [(each.key, each.meaning) for each in field.keys]
    if field.name == "reasons":
        keys[-1:-1] = [(each.key, each.name) for each in beside.own]
    if field.name != "survives" or not sheet.answers.reasons:
        return field.text, keys if len(keys) < 9 else [("1-9", "tenths: 6 is 60 %")]
    counter = reason(sheet.answers.reasons[0], beside.own)
    if counter.key == NOTHING:
        return counter.question, []
    meanings = (counter.holds, counter.partly, counter.fails)
    return counter.question, [
        (key, f"{name}: {means}") for (key, name), means in zip(keys, meanings, strict=True)
    ]


def _dates(repository: "Repository", sheet: "Sheet", field: "Question") -> "Sheet":
    import msgspec

    from store.rules.dates import describe_day
    from tui.commands.common.times import future

    now = repository.now()
    filled = ", ".join(describe_day(date, now) for date in sheet.reviews)
    answer = ask_key(field, field.text, [("Enter", filled), ("2w, 1y", "or dates of your own")])
    if not answer:
        return sheet.skip()
    hour = repository.settings.snooze_hour
    dates = tuple(sorted(future(word.strip(), hour=hour)[0] for word in answer.split(",") if word.strip()))
    until = dates[0] if sheet.verdict == "later" else 0
    return msgspec.structs.replace(sheet, reviews=dates, until=until).skip()
