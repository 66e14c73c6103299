"""What a shell offers after Tab: ids from the index, without touching the data file."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def complete_id(_ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    """Return the short codes that begin like this, each with who and what it is."""
    from click.shell_completion import CompletionItem

    from store.errors import StoreError
    from tui.commands.common.opening import opened
    from tui.text import safe

    try:
        with opened() as repository:
            index = repository.index
            found = ((index.code(number), index.rows[number]) for number in index.view("all"))
            return [
                CompletionItem(code, help=safe(f"{row.who} · {row.role}"))
                for code, row in found
                if code.startswith(incomplete.lower())
            ]
    except StoreError:
        return []
