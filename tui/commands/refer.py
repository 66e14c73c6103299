"""`ringback refer`: pass an opportunity on to somebody whom it suits."""

from typing import TYPE_CHECKING, Any

import click

from tui.commands.common.completing import complete_id
from tui.commands.common.opening import opened
from tui.output import emit, emit_block, emit_items, emit_thing, paint, tell

if TYPE_CHECKING:
    from store.referring import Logged
    from store.repository import Repository
    from store.rules.row import Row


@click.command()
@click.argument("opportunity", metavar="ID", shell_complete=complete_id)
@click.option("--to", "name", metavar="NAME", help="Who would be glad of it; without it, suggestions.")
@click.option("--why", default="", help="Why it fits, in a line.")
@click.option(
    "--mode", default="forward", metavar="MODE", help="forward (default), both, standing or public."
)
@click.option("--use-name", default="ask", metavar="yes|no|ask", help="Whether they may name you.")
@click.option("--would-hire", type=click.IntRange(0, 3), help="Whether you would hire them, 0 to 3.")
@click.option("--sensitive", is_flag=True, help="Also somebody who is marked as sensitive.")
@click.option("--new", "is_new", is_flag=True, help="NAME is somebody new, not one of those you know.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def refer(
    opportunity: str, *, name: str | None, as_json: bool, sensitive: bool, is_new: bool, **given: Any
) -> None:
    """Pass a role on, with two letters.

    One to your friend, one to the recruiter. By default the role goes to the friend, and the recruiter
    learns nothing of them. Nothing is sent; the letters are kept as drafts (ringback letter).
    """
    from store import passing_on, referral_letters, referring

    with opened() as repository:
        row = repository.index.resolve(opportunity)
        if name is None:
            _suggest(repository, row, as_json=as_json)
            return
        referral, known, warning = passing_on.prepare(
            repository,
            row,
            name,
            why=given["why"],
            mode=given["mode"],
            use_name=given["use_name"],
            would_hire=given["would_hire"],
            sensitive_too=sensitive,
            is_new=is_new,
        )
        sentence, id = repository.transact(
            "Refer", lambda transaction: referring.refer(transaction, row, referral, known)
        )
        logged = referring.find(repository.documents, str(id), repository.now())
        if warning:
            tell(paint(warning, "warning"))
        if as_json:
            from tui.commands.common.referral_shapes import referral_shape

            written = referral_letters.both(repository.documents, id)
            letters: dict[str, str] = {side: letter.text for side, letter in written.items()}
            emit_thing("referral", referral_shape(logged), letters=letters)
            return
        _write(repository, logged)
        emit(paint(sentence, "strong"), paint(" · ringback undo takes it back", "dim"))


def _write(repository: "Repository", logged: "Logged") -> None:
    from store import referral_letters, sending
    from tui.commands.common.entry import readable

    for side, letter in referral_letters.both(repository.documents, logged.id).items():
        emit(paint(f"to {referral_letters.NAMES[side]}", "strong"))
        if why_not := sending.why_not(repository.documents, logged, letter, repository.now()):
            emit(paint(why_not, "warning"))
        emit_block(readable(letter.text.rstrip("\n")), indent="  ")
        emit()


def _suggest(repository: "Repository", row: "Row", *, as_json: bool) -> None:
    from store import passing_on

    refusal = passing_on.may_ask(repository, row)
    found = [] if refusal else passing_on.suggested(repository, row)
    if as_json:
        from tui.commands.common.referral_shapes import match_shape

        emit_items(match_shape(match) for match in found)
        return
    if refusal:
        tell(refusal)
        if refusal.startswith("You rated"):
            tell(passing_on.way_on(row))
    elif not found:
        tell("Nobody fits by two points, one of them about the role. Ask around, or name somebody: --to NAME")
    for match in found:
        candidate = match.candidate
        about = " · ".join(filter(None, (candidate.title, candidate.employer)))
        emit(
            paint(f"{match.points}  ", "accent"),
            paint(candidate.name, "strong"),
            f"  {about}  ",
            paint(", ".join(match.chips), "dim"),
        )
