"""`ringback seat`: the user's side of every decision."""

from typing import TYPE_CHECKING

import click

from tui.commands.common.opening import opened
from tui.output import emit, emit_thing, paint

if TYPE_CHECKING:
    from store.repository import Repository
    from store.transaction import Transaction

_LISTS = {"core": "core work", "no-go": "no-go lines", "pillar": "what makes it good", "promise": "promised"}


@click.command()
@click.option("--employer", help="Who pays you.")
@click.option("--title", help="What stands on your card.")
@click.option("--boss", help="Whom you report to.")
@click.option("--since", help="Since when.")
@click.option("--core", multiple=True, metavar="TEXT", help="Work you are good at and like; may be repeated.")
@click.option("--no-go", multiple=True, metavar="TEXT", help="Words that settle it with a no.")
@click.option("--pillar", multiple=True, metavar="TEXT", help="What makes the seat good.")
@click.option("--promise", multiple=True, metavar="TEXT", help="What was promised to you, by whom, for when.")
@click.option("--drop", multiple=True, metavar="TEXT", help="Take out a line, by its words or id.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def seat(*, as_json: bool, drop: tuple[str, ...], **given: "str | tuple[str, ...] | None") -> None:
    """Show or set your seat, core work and no-go lines.

    The decision form asks with them; nothing of it leaves your own file.
    """
    with opened(create=any(given.values())) as repository:
        if drop or any(given.values()):
            repository.transact("Your seat", lambda transaction: _set(transaction, drop, given))
        if as_json:
            from tui.commands.common.decision_shapes import seat_shape

            emit_thing("seat", seat_shape(repository))
        else:
            _show(repository)


def _set(
    transaction: "Transaction", drop: tuple[str, ...], given: "dict[str, str | tuple[str, ...] | None]"
) -> str:
    from store import seat as seats
    from store.records.seat import ITEM_KINDS

    fields = {name: value for name, value in given.items() if isinstance(value, str)}
    said = [seats.set_seat(transaction, **fields)] if fields else []
    for kind in ITEM_KINDS:
        for text in given[kind.replace("-", "_")] or ():
            said.append(seats.add_item(transaction, kind, text))
    said += [seats.drop_item(transaction, _line(transaction, words)) for words in drop]
    return "; ".join(said)


def _line(transaction: "Transaction", words: str) -> int:
    """Return the id of a line by its words or its id; raises StoreError where none or several fit."""
    from store import seat as seats
    from store.errors import AmbiguousError, NotFoundError
    from store.records.seat import ITEM_KINDS

    wanted = words.casefold().strip()
    lines = [line for kind in ITEM_KINDS for line in seats.items(transaction, kind)]
    found = [id for id, item in lines if wanted in (str(id), (item.text or "").casefold())]
    found = found or [id for id, item in lines if wanted and wanted in (item.text or "").casefold()]
    if not found:
        raise NotFoundError(f"There is no line {words!r}.", "ringback seat lists what is there.")
    if len(found) > 1:
        raise AmbiguousError(
            f"{words!r} fits {len(found)} lines.", "Write more of the words, or the id (--json)."
        )
    return found[0]


def _show(repository: "Repository") -> None:
    from store import seat as seats
    from store.records.seat import ITEM_KINDS, SEAT_FIELDS

    present = seats.seat(repository.documents)
    for name in SEAT_FIELDS:
        emit(paint(f"{name:<9} ", "dim"), getattr(present, name) or "not said")
    for kind in ITEM_KINDS:
        items = seats.items(repository.documents, kind)
        emit()
        emit(paint(_LISTS[kind], "strong"), "" if items else paint(f"   none yet; --{kind} TEXT adds", "dim"))
        for _, item in items:
            emit(f"  {item.text}")
    if reasons := seats.own_reasons(repository.documents):
        emit()
        emit(paint("reasons of your own", "strong"))
        for each in reasons:
            emit(f"  {each.key.upper()} {each.name}", paint(f"   {each.question}", "dim"))
