"""The keys of each page over the inbox: page, footer, help and the key table are read off here.

They stand beside the registry of `tui.actions`, as each is a key of one page only and no keymap moves it.
"""

from collections.abc import Mapping
from functools import cache
from typing import Final

from tui.actions import Action

_RANGE: Final = len("1-9")
Row = tuple[str, tuple[str, ...], str, str]
"""The method of the page that a key calls, its keys (`1-9` for that many digits), title and help."""

_ROWS: Final[Mapping[str, tuple[Row, ...]]] = {
    "Referrals": (
        ("move", ("m",), "Move", "Bring it to a state that may follow"),
        ("nudge", ("n",), "Nudged", "You nudged a side: once each"),
        ("thank", ("h",), "Thanked", "You said thanks"),
        ("tell", ("w",), "Told", "You told them how it stands"),
        ("look", ("t",), "Day", "Look after it again on a day"),
        ("letters", ("l",), "Letters", "Its two letters, side by side"),
        ("note", ("a",), "Note", "Write a word into its history"),
        ("add", ("c",), "Add", "One you got, asked for, were asked about"),
        ("filter", ("/",), "Filter", "Show those with some words; Esc, all"),
        ("go", ("enter", "o"), "Go", "To the opportunity that it is about"),
    ),
    "Sources": (
        ("pull_one", ("enter", "o"), "Read it", "Read the source now"),
        ("pull_all", ("f5", "a"), "Read all", "Read every source of the configuration"),
        ("let_go", ("#",), "Off the list", "Take what was read by hand off this list"),
    ),
    "Left out": (
        ("take", ("+",), "Outreach", "Take it in, and what its sender sends"),
        ("take_domain", ("D",), "Its domain", "Take in whatever comes from its domain"),
        ("take_one", ("x",), "Only this", "Take in this one alone"),
        ("headers", ("enter", "o", "h"), "As it came", "Its headers, or all of it, as they came"),
        ("filter", ("/",), "Filter", "Show those with some words; Esc, all"),
    ),
    "People": (
        ("card", ("enter", "o"), "Card", "Open the card of a recruiter"),
        ("edit", ("e",), "Edit", "Change what you know of them"),
        ("leave", ("l",), "Leave", "May you pass them on? For what, how long"),
        ("spoke", ("s",), "Spoke today", "You spoke with them today"),
        ("note", ("a",), "Note", "Write a note about them"),
        ("add", ("c",), "Add", "Add somebody you know"),
        ("only_bench", ("b",), "Bench", "Only who gave leave in advance, or all"),
        ("filter", ("/",), "Filter", "Show those with some words; Esc, all"),
        ("forget", ("#",), "Forget", "Remove somebody for good, everywhere"),
    ),
    "Letters of a referral": (
        ("copy", ("y", "Y"), "Copy", "Copy your friend's letter, the other"),
        ("mail", ("m", "M"), "Mail", "Hand it to your mail program"),
        ("edit", ("e", "E"), "Edit", "Write it in $EDITOR"),
        ("sent", ("s", "S"), "Sent", "You sent it: these words are kept"),
    ),
    "Letters": (
        ("edit", ("enter", "o", "e"), "Edit", "Write the template in $EDITOR"),
        ("reset", ("x",), "Our words again", "Take your own words for it away"),
    ),
    "Edits that met": (
        ("choose", ("1-9",), "Let it stand", "Choose the value with this number"),
        ("go", ("enter", "o"), "Go to it", "To the opportunity that it is about"),
    ),
    "Changed elsewhere": (("go", ("enter", "o"), "Go to it", "To the opportunity that it is about"),),
    "Attachments": (
        ("open", ("enter", "o"), "Open", "Open it, if it can run nothing"),
        ("save", ("s",), "Save", "Save it into a folder"),
        ("headers", ("h",), "Raw headers", "The headers of its mail as they came"),
    ),
    "Raw headers": (("whole", ("w",), "Whole mail", "Show all of the mail, or its headers"),),
    "Referring": (
        ("choose", ("1-3",), "Choose", "Take the suggestion with this number"),
        ("ask_name", ("t",), "Somebody else", "Choose whom you know, or a new name"),
        ("forward", ("f",), "Forward the role", "The recruiter learns nothing of them"),
        ("both", ("b",), "Ask both", "Both are asked, then one mail to both"),
        ("other", ("o",), "Other", "With leave in advance, or a public link"),
        ("change_why", ("w",), "Why", "Say in a line why it fits"),
    ),
    "Your seat": (
        ("edit_seat", ("e",), "Seat", "Employer, title, boss, since when"),
        ("add_core", ("c",), "Core", "Add work that you are good at and like"),
        ("add_no_go", ("n",), "No-go", "Add a line that is not to be crossed"),
        ("add_pillar", ("p",), "Pillar", "Add what makes your seat good"),
        ("add_promise", ("P",), "Promise", "Add what you were promised"),
        ("add_reason", ("r",), "Reason", "Add a reason of your own"),
        ("drop", ("#",), "Take out", "Take the chosen line out"),
        ("down", ("j", "down"), "Next line", "Choose the next line"),
        ("up", ("k", "up"), "Line before", "Choose the line before"),
    ),
    "The recruiter": (
        ("check", ("1-8",), "Check", "Answer a check: yes, no, unknown, in turn"),
        ("relation", ("r",), "Relation", "How things are with them"),
        ("note", ("a",), "Note", "Write a note about them"),
        ("promise", ("p",), "Promise", "Write down what they promised"),
        ("keep", ("P",), "Kept?", "Say whether a promise was kept"),
        ("choose", ("enter", "o"), "Go to one", "To one of their opportunities"),
    ),
}

PLACES: Final[Mapping[str, tuple[Action, ...]]] = {
    place: tuple(
        Action(f"{place.lower().replace(' ', '-')}.{method.replace('_', '-')}", keys, title, help, place)
        for method, keys, title, help in rows
    )
    for place, rows in _ROWS.items()
}
"""The keys of each page as actions; an id is the place and what is done there, with a dot between."""

EVERY: Final = tuple(action for actions in PLACES.values() for action in actions)


def pressed(key: str) -> tuple[str, ...]:
    """Return the keys that one is written for: `1-3` is the digits from 1 to 3, any other is itself."""
    if len(key) == _RANGE and key[1] == "-":
        return tuple(str(number) for number in range(int(key[0]), int(key[2]) + 1))
    return (key,)


@cache
def methods(place: str) -> Mapping[str, str]:
    """Return the method that each key of a page calls, by the key as it is pressed."""
    rows = _ROWS.get(place, ())
    return {each: method for method, keys, *_ in rows for key in keys for each in pressed(key)}


@cache
def by_method(place: str) -> Mapping[str, Action]:
    """Return the keys of a page by the method that each calls."""
    rows = _ROWS.get(place, ())
    return {row[0]: action for row, action in zip(rows, PLACES.get(place, ()), strict=True)}
