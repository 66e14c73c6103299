"""`ringback left-out`: messages that were left out because they are no outreach."""

from typing import TYPE_CHECKING

import click

from tui.commands.common.opening import opened
from tui.output import emit, emit_items, paint, tell

if TYPE_CHECKING:
    from store.intake.left_out import Left

SOME = 50


@click.command("left-out")
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@click.option("--limit", type=click.IntRange(min=1), default=SOME, metavar="N", help="List N at most.")
@click.option("--clear", is_flag=True, help="Let go of all of them; pull --again brings them back.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def left_out(words: tuple[str, ...], *, limit: int, clear: bool, as_json: bool) -> None:
    """List messages that were left out, the newest first.

    They are kept on this machine only. WORDS must stand in the sender or the subject. `ringback show ID`
    shows one, `ringback why ID` gives the reasons, `ringback outreach ID` takes it in.
    """
    from store.intake.knowledge import knowledge_of
    from store.intake.memory import Memory
    from store.intake.why import left_because
    from store.rules.outreach import judge

    with opened() as repository, Memory.of(repository) as memory:
        if clear:
            emit(f"{memory.left_out.clear()} let go.")
            return
        found = []
        for left in memory.left_out.everything():
            if _fits(left, words):
                found.append(left)
            if len(found) == limit:
                break
        total = memory.left_out.count()
        knowledge = knowledge_of(repository)
        told = [(left, left_because(repository, left, judge(left.message, knowledge))) for left in found]
    if as_json:
        from tui.commands.common.shapes import left_shape

        emit_items(left_shape(left, because) for left, because in told)
        return
    for left, because in told:
        _emit(left, because)
    if not found:
        tell("Nothing was left out." if not total else "Nothing that was left out has these words.")
    elif len(found) < total and not words:
        tell(f"{total} in all; --limit lists more.")


def _fits(left: "Left", words: tuple[str, ...]) -> bool:
    sender = left.message.sender
    text = f"{sender.name} {sender.email} {sender.phone} {left.message.subject}".casefold()
    return all(word.casefold() in text for word in words)


def _emit(left: "Left", because: str) -> None:
    from store.clock import local
    from store.intake.screening import left_code

    message = left.message
    who = message.sender.name or message.sender.email or message.sender.phone
    words = message.subject or " ".join(message.body[:200].split())[:60]
    emit(
        paint(left_code(left), "dim"),
        paint(f"  {local(message.at):%Y-%m-%d}  ", "dim"),
        f"{who}  {words}",
        paint(f"  {because}", "dim"),
    )
