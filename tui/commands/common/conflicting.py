"""What `merge` and `sync` do about values that met: ask, or end with a code that says so."""

from typing import TYPE_CHECKING

from store.errors import ConflictError
from store.rules.counting import count_of
from tui.output import emit, tell

if TYPE_CHECKING:
    from store.repository import Repository

CONFLICTS = ConflictError.exit_code


def resolve(repository: "Repository") -> None:
    """Ask of each conflict which value is to stand; an empty answer leaves it."""
    from functools import partial

    from store import conflicts
    from store.errors import StoreError
    from tui.commands.common.prompts import ask_line, can_ask
    from tui.commands.conflicts import write_conflicts

    found = conflicts.met(repository)
    if not found:
        tell("No two values met.")
    elif not can_ask():
        tell("There is nobody to ask: ringback conflicts ID --take N chooses one.")
    else:
        for each in found:
            write_conflicts([each])
            answer = ask_line(f"Which stands, 1 to {len(each.sides)}? Enter leaves it:").strip()
            if not answer:
                continue
            try:
                number = int(answer) if answer.isdecimal() else 0
                emit(repository.transact("Choose", partial(conflicts.choose, conflict=each, number=number)))
            except StoreError as error:
                tell(f"{error.sentence} {error.hint} It is left as it is.")


def code_for_conflicts(repository: "Repository") -> int:
    """Return the code to end with, and say how to go on where there are conflicts."""
    from store import conflicts

    count = len(conflicts.met(repository))
    if not count:
        return 0
    tell(f"In {count_of(count, 'field')} edits met: ringback conflicts shows them, --take chooses.")
    return CONFLICTS
