"""Every action a key can fire, and nothing else: keymap, help, palette and the key table are read off here.

A key is written as the user types it: a character (`e`, `?`), a name (`enter`, `f1`, `ctrl+p`), or a sequence
with a space between (`g i`).
"""

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec


class Action(msgspec.Struct, frozen=True):
    """Something the user can do, known by its id to keymap, palette and undo alike."""

    id: str
    keys: tuple[str, ...]
    """The default keys; none for what is rare enough for the palette alone."""
    title: str
    """A few words, sentence case: the footer, the palette and the undo message show them."""
    help: str
    """One sentence for the help screen, without a full stop."""
    area: str


EVERYWHERE: Final = "Everywhere"
MOVING: Final = "Moving"
GOING: Final = "Going to"
ACTING: Final = "Acting"
SELECTING: Final = "Selecting"
CAPTURING: Final = "Capturing"
FORMS: Final = "In forms"

AREAS: Final = (ACTING, MOVING, GOING, SELECTING, CAPTURING, EVERYWHERE, FORMS)
"""The areas in the order in which help and the key table show them."""

PLANNED: Final[Mapping[str, str]] = {
    "b": "The board",
    "a": "The active search",
    "n": "The map of the network",
    "c": "Calling one after the other",
}
"""The places that a later version brings, by their key behind `g`."""

ACTIONS: Final = (
    Action("done", ("e",), "Done", "Deal with it: it goes to Done", ACTING),
    Action("reopen", ("E",), "Back to the inbox", "Put it back among the new", ACTING),
    Action("snooze", ("h",), "Snooze", "Hide it until tomorrow, mon 9am, a date", ACTING),
    Action("wake", ("H",), "Wake", "End its snooze now", ACTING),
    Action("decide", ("d",), "Decide", "What do you have to lose?", ACTING),
    Action("decide-express", ("D",), "Decide, express", "The same in four questions", ACTING),
    Action("reply", ("r",), "Reply", "Answer from a template (comes later)", ACTING),
    Action("reply-later", ("R",), "Reply later", "Put it on the reply-later pile", ACTING),
    Action("wait", ("w",), "Waiting on them", "Wait for their answer until a day", ACTING),
    Action("refer", ("f",), "Refer", "Pass it on to somebody whom it suits", ACTING),
    Action("label", ("l",), "Label", "Add or remove a label", ACTING),
    Action("star", ("s",), "Star", "Star it, or take the star away", ACTING),
    Action("aside", ("S",), "Set aside", "Keep it out of the way, in its own view", ACTING),
    Action("read", ("u",), "Read or unread", "Mark it read, or unread again", ACTING),
    Action("mute", ("m",), "Mute", "Say no more about it, whatever arrives", ACTING),
    Action("block", ("!",), "Block", "Block the sender or the whole agency", ACTING),
    Action("trash", ("#",), "To the trash", "Throw it away; the trash keeps it", ACTING),
    Action("note", ("a",), "Add a note", "Write a note into its timeline", ACTING),
    Action("answered", ("A",), "Answered elsewhere", "Say when you answered outside Ringback", ACTING),
    Action("edit", ("t",), "Edit", "Role, firm, company, pay, phone, place", ACTING),
    Action("outreach", ("+",), "Outreach", "It is outreach, and what its sender sends", ACTING),
    Action("no-outreach", ("-",), "No outreach", "It is none, nor what its sender sends", ACTING),
    Action("outreach-of", (), "Outreach, of whom", "It is outreach: sender, domain or firm", ACTING),
    Action("no-outreach-of", (), "No outreach, of whom", "It is none: sender, domain or firm", ACTING),
    Action("why", ("W",), "Why", "Why it counts as outreach, or does not", ACTING),
    Action("merge", ("M",), "Merge", "Join it to another opportunity", ACTING),
    Action("unlike", ("X",), "Not the same", "It is not one with what is suggested", ACTING),
    Action("split", (), "Split", "Make messages one of their own", ACTING),
    Action("restore", (), "Restore from the trash", "Take it out of the trash", ACTING),
    Action("empty-trash", (), "Empty the trash", "Remove for good what is in it", ACTING),
    Action("person", ("i",), "Person", "The card of the recruiter", ACTING),
    Action("open-link", ("O",), "Open a link", "Open a link, its real host shown first", ACTING),
    Action("attachments", ("V",), "Attachments", "Its files: open one, or save it", ACTING),
    Action("headers", (), "Raw headers", "The headers of a mail as they came", ACTING),
    Action("copy", ("y",), "Copy", "Copy phone, mail address or text", ACTING),
    Action("next", ("j", "down"), "Next", "Next row, or a line down", MOVING),
    Action("previous", ("k", "up"), "Previous", "Previous row, or a line up", MOVING),
    Action("first", ("g g", "home"), "First", "To the top", MOVING),
    Action("last", ("G", "end"), "Last", "To the bottom", MOVING),
    Action("half-page-down", ("ctrl+d",), "Half a page down", "Half a page down", MOVING),
    Action("half-page-up", ("ctrl+u",), "Half a page up", "Half a page up", MOVING),
    Action("page-down", ("pagedown",), "A page down", "A page down", MOVING),
    Action("page-up", ("pageup",), "A page up", "A page up", MOVING),
    Action("open", ("enter", "o"), "Open", "Read it", MOVING),
    Action("read-next", ("J",), "Read the next", "The next opportunity while reading", MOVING),
    Action("read-previous", ("K",), "Read the previous", "The one before while reading", MOVING),
    Action("match-next", ("n",), "Next match", "To the next of the words searched for", MOVING),
    Action("match-previous", ("N",), "Previous match", "To the one before", MOVING),
    Action("pane-next", ("tab",), "Next pane", "To the next pane or field", MOVING),
    Action("pane-previous", ("shift+tab",), "Previous pane", "To the pane or field before", MOVING),
    Action("preview", ("p",), "Preview", "Show or hide the reader beside the list", MOVING),
    Action("view-previous", ("[",), "View before", "To the view before", GOING),
    Action("view-next", ("]",), "View after", "To the view after", GOING),
    Action("view-new", ("1",), "New", "What nobody dealt with yet", GOING),
    Action("view-later", ("2",), "Reply later", "What you put on the pile to answer", GOING),
    Action("view-waiting", ("3",), "Waiting", "Where it is their turn", GOING),
    Action("view-snoozed", ("4",), "Snoozed", "What comes back on a day", GOING),
    Action("view-aside", ("5",), "Set aside", "What you set aside", GOING),
    Action("view-done", ("6",), "Done", "What is dealt with", GOING),
    Action("view-all", ("7",), "All", "Everything outside the trash", GOING),
    Action("go-inbox", ("g i",), "Inbox", "To the inbox, at New", GOING),
    Action("go-reply-later", ("g R",), "Reply-later pile", "To the pile of replies you owe", GOING),
    Action("go-screener", ("g f",), "Screener", "To first-time senders: is it outreach?", GOING),
    Action("go-left-out", ("g o",), "Left out", "To what is no outreach, kept here only", GOING),
    Action("go-sources", ("g s",), "Sources", "To what messages are read from", GOING),
    Action("go-trash", ("g t",), "Trash", "To what was thrown away", GOING),
    Action("go-reviews", ("g v",), "Reviews", "Look back on decisions that are due", GOING),
    Action("go-market", ("g m",), "Market", "To what your own figures say", GOING),
    Action("go-referrals", ("g r",), "Referrals", "To the log of who was passed on to whom", GOING),
    Action("go-people", ("g p",), "People", "To everybody you know, and recruiters", GOING),
    Action("go-conflicts", ("g x",), "Edits that met", "Fields set on two machines apart", GOING),
    Action("go-elsewhere", ("g e",), "Changed elsewhere", "What other machines changed", GOING),
    Action("go-planned", tuple(f"g {key}" for key in PLANNED), "Planned", "Places that come later", GOING),
    Action("seat", (), "Your seat", "Present seat, core work, no-go lines", GOING),
    Action("letters", (), "Letters", "Templates of letters, yours or ours", GOING),
    Action("select", ("x", "space"), "Select", "Select the row, or let it go", SELECTING),
    Action("select-range", ("v",), "Select a range", "Start a range here, the same key ends it", SELECTING),
    Action("select-all", ("* a",), "All", "Select every row of the list", SELECTING),
    Action("select-none", ("* n",), "None", "Clear the selection", SELECTING),
    Action("select-unread", ("* u",), "Unread", "Select what is unread", SELECTING),
    Action("select-query", ("* q",), "By query", "Select what a query finds", SELECTING),
    Action("capture-email", ("c e",), "E-mail", "Capture an e-mail", CAPTURING),
    Action("capture-linkedin", ("c l",), "LinkedIn", "Capture a LinkedIn message", CAPTURING),
    Action("capture-call", ("c p",), "Phone call", "Capture a phone call", CAPTURING),
    Action("capture-voicemail", ("c v",), "Voicemail", "Capture a voicemail", CAPTURING),
    Action("capture-text", ("c t",), "Text", "Capture a text message", CAPTURING),
    Action("help", ("?", "f1"), "Help", "Keys of this place; type to search", EVERYWHERE),
    Action("palette", ("ctrl+p",), "Palette", "Every action by name", EVERYWHERE),
    Action("search", ("/",), "Search", "Filter the list while you type", EVERYWHERE),
    Action("back", ("escape",), "Back", "Clear selection, then filter, then leave", EVERYWHERE),
    Action("close", ("q",), "Close", "Close this place; at the top, quit", EVERYWHERE),
    Action("undo", ("z",), "Undo", "Take the last change back", EVERYWHERE),
    Action("redo", ("Z",), "Redo", "Make it again after all", EVERYWHERE),
    Action("reload", ("f5",), "Read sources", "Read every source, or stop reading", EVERYWHERE),
    Action("suspend", ("ctrl+z",), "Suspend", "Back to the shell; fg returns", EVERYWHERE),
    Action("quit", ("ctrl+q",), "Quit", "Quit from anywhere", EVERYWHERE),
    Action("finish", ("ctrl+s",), "Finish", "Keep what the form says", FORMS),
    Action("editor", ("ctrl+o",), "Editor", "Write the text in $EDITOR", FORMS),
)

BY_ID: Final[Mapping[str, Action]] = {action.id: action for action in ACTIONS}

WHILE_TYPING: Final = frozenset({"finish", "editor", "back", "help", "palette", "reload", "quit"})
"""What fires from inside a text field too; every other key belongs to the field."""

PRESETS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "default": {},
    "vim": {"snooze": ("b",), "wake": ("B",), "label": ("L",)},
    "gmail": {
        "back": ("escape", "u"),
        "snooze": ("b",),
        "wake": ("B",),
        "read": ("U", "I"),
        "done": ("e", "y"),
        "copy": ("Y",),
    },
}
"""What each preset changes: an action id and all of its keys. vim leaves `h` and `l` to the user."""

_SPELLED: Final[Mapping[str, str]] = {
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "space": "Space",
    "backspace": "Backspace",
    "delete": "Del",
    "insert": "Ins",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "shift+tab": "shift+Tab",
}

_ARROWS: Final = ("up", "down", "left", "right")


def spell(key: str, *, plain_text: bool = False) -> str:
    """A key or sequence as a person reads it: `escape` is Esc, `f1` is F1, `g i` stays g i.

    `plain_text` asks for ASCII: `down` is Down then instead of an arrow.
    """
    return " ".join(_spell_one(part, plain_text=plain_text) for part in key.split(" "))


def _spell_one(key: str, *, plain_text: bool) -> str:
    if (key.startswith("f") and key[1:].isdigit()) or (plain_text and key in _ARROWS):
        return key.capitalize()
    return _SPELLED.get(key, key)


def by_area(actions: Iterable[Action]) -> list[tuple[str, list[Action]]]:
    """The actions under their areas, in the order of the registry; those of pages come last."""
    actions = list(actions)
    areas = dict.fromkeys([*AREAS, *(action.area for action in actions)])
    grouped = [(area, [action for action in actions if action.area == area]) for area in areas]
    return [(area, members) for area, members in grouped if members]


def markdown_table(actions: Iterable[Action] = ACTIONS) -> str:
    """The key table of the documentation, one table an area."""
    tables = []
    for area, members in by_area(actions):
        rows = [f"| {_markdown_keys(action)} | {action.title} | {action.help} |" for action in members]
        tables.append("\n".join([f"### {area}", "", "| key | | |", "|---|---|---|", *rows]))
    return "\n\n".join(tables) + "\n"


def _markdown_keys(action: Action) -> str:
    return " ".join(f"`{spell(key)}`" for key in action.keys) or "palette"
