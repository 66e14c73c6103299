"""`ringback letters`: the templates of the letters."""

from typing import TYPE_CHECKING

import click

from tui.commands.common.opening import opened
from tui.output import emit_block, emit_items, tell

if TYPE_CHECKING:
    from store.repository import Repository


@click.command()
@click.argument("name", required=False)
@click.option("--edit", is_flag=True, help="Write the template NAME in $EDITOR.")
@click.option("--reset", is_flag=True, help="Bring our words for NAME back.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def letters(name: str | None, *, edit: bool, reset: bool, as_json: bool) -> None:
    """List the templates of the letters, or edit one.

    Words in braces are slots, filled in for each letter. A letter with a slot for which nothing is known
    is not ready until you write what belongs there.
    """
    if name is None and (edit or reset):
        raise click.UsageError("Name the template.")
    with opened(create=edit or reset) as repository:
        if name is not None and edit:
            _edit(repository, name)
        elif name is not None and reset:
            _keep(repository, name, "")
        elif as_json:
            emit_items(_shapes(repository, name))
        elif name is not None:
            from store.letters import template

            emit_block(template(repository.documents, name).rstrip("\n"))
        else:
            _list(repository)


def _shapes(repository: "Repository", name: str | None) -> list[dict[str, object]]:
    from store.letters import TEMPLATES, is_own, template

    documents = repository.documents
    return [
        {"name": each, "own": is_own(documents, each), "text": template(documents, each)}
        for each in (TEMPLATES if name is None else (name,))
    ]


def _list(repository: "Repository") -> None:
    from tui.commands.common.listing import emit_table

    emit_table(
        (
            (str(shape["name"]), "yours" if shape["own"] else "ours", _beginning(str(shape["text"])))
            for shape in _shapes(repository, None)
        ),
        ("strong", "dim", "dim"),
        flexible=2,
    )


def _beginning(text: str) -> str:
    """Return the first line after the salutation."""
    lines = [line for line in text.splitlines() if line]
    return lines[1] if len(lines) > 1 else lines[0]


def _edit(repository: "Repository", name: str) -> None:
    from store.letters import template
    from tui.editing import edited
    from tui.text import safe

    shown = safe(template(repository.documents, name), newlines=True).rstrip("\n")
    text = edited(shown)
    if text == shown:
        tell("The letter is as it was.")
    else:
        _keep(repository, name, text)


def _keep(repository: "Repository", name: str, text: str) -> None:
    from store.letters import set_template

    tell(repository.transact("Letter", lambda t: set_template(t, name, text)))
