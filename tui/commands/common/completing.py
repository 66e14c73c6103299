"""What a shell offers after Tab: ids from the index."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def complete_id(ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    """Return the short codes that begin like this, each with who and what it is; nothing where that fails."""
    from click.shell_completion import CompletionItem

    from store.errors import StoreError
    from store.repository import Repository
    from tui.commands.common.opening import chosen_file
    from tui.text import safe

    try:
        with Repository.open(chosen_file(ctx), create=False) as repository:
            index = repository.index
            found = ((index.code(number), index.rows[number]) for number in index.view("all"))
            return [
                CompletionItem(code, help=safe(f"{row.who} · {row.role}"))
                for code, row in found
                if code.startswith(incomplete.lower())
            ]
    except (StoreError, OSError):
        return []
