"""`ringback join`: merge opportunities, or say that they are not one."""

from typing import TYPE_CHECKING

import click

from tui.commands.common.completing import complete_id
from tui.commands.common.opening import opened
from tui.commands.common.targets import announce
from tui.output import emit, emit_items, paint, tell

if TYPE_CHECKING:
    from store.repository import Repository


@click.command()
@click.argument("ids", nargs=-1, metavar="ID... TARGET", shell_complete=complete_id)
@click.option("--suggest", is_flag=True, help="List what may be one, with reasons.")
@click.option("--not", "refused", is_flag=True, help="Remember that they are not one with TARGET.")
@click.option("--json", "as_json", is_flag=True, help="With --suggest, write JSON.")
def join(ids: tuple[str, ...], *, suggest: bool, refused: bool, as_json: bool) -> None:
    """Merge opportunities into another one.

    TARGET, the last id, keeps its place; the messages of the others join its timeline. What is only likely
    to be one is never merged by itself: --suggest lists it.
    """
    from store import alike, verbs

    with opened() as repository:
        if suggest:
            _list(repository, as_json=as_json)
            return
        if len(ids) < 2:
            raise click.UsageError("Name at least two ids; the others join the last one.")
        chosen = list(dict.fromkeys(repository.index.resolve(code).id for code in ids[:-1]))
        into = repository.index.resolve(ids[-1]).id
        if refused:
            announce(repository.transact("Not the same", lambda t: alike.refuse_all(t, chosen, into)))
            return
        sentence = repository.transact("Merge", lambda transaction: verbs.join(transaction, chosen, into))
        joined = repository.index.find(into)
        # of opportunities that read as one, the smallest id is the one that lists show
        announce(f"{sentence} · {repository.index.code(joined.id)}" if joined is not None else sentence)


def _list(repository: "Repository", *, as_json: bool) -> None:
    from store.alike import all_alike

    code = repository.index.code
    found = all_alike(repository)
    if as_json:
        emit_items(
            {
                "ids": [str(row.id), str(each.row.id)],
                "codes": [code(row.id), code(each.row.id)],
                "reasons": list(each.reasons),
            }
            for row, each in found
        )
        return
    for row, each in found:
        pair = f"{code(row.id)} {code(each.row.id)}"
        emit(paint(pair, "dim"), f"  {row.who}, {row.role} · {each.row.who}, {each.row.role}")
        emit(paint(f"    {', '.join(each.reasons)}", "dim"))
    if found:
        tell("ringback join ID ID merges two; with --not they are never suggested again.")
    else:
        tell("Nothing looks like one and the same.")
