"""Which opportunities a verb acts on, and acting on them in one transaction."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tui.commands.common.completing import complete_id
from tui.commands.common.opening import opened
from tui.output import emit, paint, tell

if TYPE_CHECKING:
    from store.repository import Repository
    from store.transaction import Transaction

Command = TypeVar("Command", bound=Callable[..., Any])
TAKES_IT_BACK = "ringback undo takes it back"


def targets(command: Command) -> Command:
    """Give a verb its ids and `--query`."""
    ids = click.argument("ids", nargs=-1, metavar="[ID]...", shell_complete=complete_id)
    return ids(_query(command))


def targets_and_words(name: str) -> Callable[[Command], Command]:
    """Give a verb its ids and the words behind them in one argument, and `--query`."""
    metavar = f"[ID]... {name}"
    words = click.argument("words", nargs=-1, required=True, metavar=metavar, shell_complete=complete_id)
    return lambda command: words(_query(command))


def _query(command: Command) -> Command:
    option = click.option("--query", metavar="QUERY", help="Act on everything that a query finds.")
    return option(command)


def act(
    title: str,
    ids: Sequence[str],
    query: str | None,
    change: "Callable[[Transaction, Sequence[int]], str]",
) -> None:
    """Run a verb on the named opportunities, all or none, and write its sentence."""
    with opened() as repository:
        _act(repository, title, ids, query, change)


def act_until(
    title: str,
    words: Sequence[str],
    query: str | None,
    change: "Callable[[Transaction, Sequence[int], int, str], str]",
) -> None:
    """Run a verb that takes a time to come: the words are ids and, last, the time."""
    from tui.commands.common.times import future, split_when

    with opened() as repository:
        ids, when = split_when(words, repository.index)
        until, date = future(when, hour=repository.settings.snooze_hour)
        _act(
            repository,
            title,
            ids,
            query,
            lambda transaction, chosen: change(transaction, chosen, until, date),
        )


def _act(
    repository: "Repository",
    title: str,
    ids: Sequence[str],
    query: str | None,
    change: "Callable[[Transaction, Sequence[int]], str]",
) -> None:
    if bool(ids) == (query is not None):
        raise click.UsageError("Name opportunities by their ids, or by --query, not both or neither.")
    chosen = _chosen(repository, ids, query)
    if chosen:
        announce(repository.transact(title, lambda transaction: change(transaction, chosen)))
    else:
        tell(f"Nothing matches {query}, so nothing was changed.")


def announce(sentence: str) -> None:
    """Write what was done, and how to take it back."""
    emit(sentence, paint(f" · {TAKES_IT_BACK}", "dim"))


def _chosen(repository: "Repository", ids: Sequence[str], query: str | None) -> list[int]:
    if query is not None:
        from tui.commands.common.finding import find

        return [row.id for row in find(repository, query)]
    return list(dict.fromkeys(repository.index.resolve(code).id for code in ids))
