"""Raw terminal input cut into keys, pastes and reports, so that no pasted text is ever taken for a key.

Textual's parser ends a paste at an ESC within it, takes a paste without brackets for keys, reads Esc and `j`
typed quickly as alt+j, and swallows what follows a sequence it does not know. Hence it is given whole
sequences and single characters here, and pastes never reach it.
"""

import re
import sys
from typing import Final

from textual import constants, events
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.message import Message

from tui.text import safe

PASTE_SETTLES: Final = 0.03
"""Seconds of silence after which a paste is over. A paste that holds its own end marker goes on behind it."""
PASTE_GIVES_UP: Final = 3.0
"""Seconds of silence after which a paste whose end marker was lost counts as over."""
SEQUENCE_GIVES_UP: Final = 0.5
"""Seconds after which a sequence that was begun beyond doubt is dropped."""
FEWEST_PASTED: Final = 4
"""So many printable characters in one read are a paste, unless they are one key held down."""

_LONGEST_SEQUENCE: Final = 32
_LONGEST_CODE: Final = 7
_CHARACTERS: Final = range(sys.maxunicode + 1)
_SURROGATES: Final = range(0xD800, 0xE000)
_FOCUS_IN: Final = "\x1b[I"
# Replies of the terminal: strings that end with BEL or ST. The first characters tell them from Esc and a key.
_STRING: Final = r"\]\d[^\x07\x1b]*(?:\x07|\x1b\\)|(?:P[\d>!+$|]|_G)[^\x1b]*\x1b\\"
_BROKEN: Final = r"\[[0-?]+[ -/]*"
_SEQUENCE: Final = (
    rf"\x1b(?:\[\[.|\[M[^\x1b]{{3}}|\[[0-?]*[ -/]*[@-~]|{_BROKEN}|O[0-9;]*[A-Za-z]|{_STRING}|\x7f)"
)
_TOKEN: Final = re.compile(rf"{_SEQUENCE}|.", re.DOTALL)
_UNFINISHED: Final = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*|O[0-9;]*|[\]P_]|(?:\]\d|P[\d>!+$|]|_G)[^\x07\x1b]*\x1b?)?\Z"
)
_ANY_SEQUENCE: Final = re.compile(_SEQUENCE, re.DOTALL)
_TYPED_TEXT: Final = re.compile(r"\x1b\[[\d:]*;\d*;([\d:]+)u")


def pasted(text: str) -> str:
    """Pasted text without escape sequences, safe to be shown in a text field."""
    return safe(_ANY_SEQUENCE.sub("", text), newlines=True)


def is_burst(text: str) -> bool:
    """Whether one read holds more printable keys than fingers send at once."""
    characters = _ANY_SEQUENCE.sub("", _UNFINISHED.sub("", text))
    printable = [character for character in characters if character.isprintable()]
    return len(printable) >= FEWEST_PASTED and len(set(printable)) > 1


def keys_of(text: str) -> list[events.Key]:
    """The keys that were typed, where a burst turned out to be typing."""
    reader = TerminalReader()
    messages = [*reader.take(text), *reader.give_up()]
    return [message for message in messages if isinstance(message, events.Key)]


class Burst(Message):
    """Many printable keys in one read: a paste without brackets, or quick typing into a text field."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    @property
    def has_several_lines(self) -> bool:
        """Whether there is a line break before the end."""
        return bool(re.search(r"[\r\n]", self.text.rstrip("\r\n")))

    @property
    def pasted(self) -> str:
        """The text as a paste."""
        return pasted(self.text)

    def typed(self) -> list[events.Key]:
        """The text as keys."""
        return keys_of(self.text)


class TerminalReader:
    """Turns what was read into messages. Times are seconds of a monotonic clock, given by the caller."""

    def __init__(self) -> None:
        self._parser = XTermParser()
        self._unfinished = ""
        self._gathered: list[str] = []
        self._gathering = ""
        self._has_end = False
        self._due: float | None = None

    def feed(self, text: str, at: float) -> list[Message]:
        """Take what one read brought."""
        if self._gathering:
            return self._gather(text, at)
        text = self._unfinished + text
        self._unfinished = ""
        self._due = None
        before, marker, inside = text.partition(BRACKETED_PASTE_START)
        if marker:
            messages = [Burst(before)] if is_burst(before) else [*self.take(before), *self.give_up()]
            self._gathering = "paste"
            return messages + self._gather(inside, at)
        if is_burst(text):
            self._gathering = "burst"
            return self._gather(text, at)
        messages = self.take(text)
        if self._unfinished:
            is_doubtful = len(self._unfinished) <= len("\x1b[")
            self._due = at + (constants.ESCAPE_DELAY if is_doubtful else SEQUENCE_GIVES_UP)
        return messages

    def tick(self, at: float) -> list[Message]:
        """Let time pass: silence ends a paste, and tells Esc from the beginning of a sequence."""
        if self._due is None or at < self._due:
            return []
        self._due = None
        return self._settle(at) if self._gathering else self.give_up()

    def patience(self, at: float, longest: float) -> float:
        """How many seconds to wait for input before the next tick."""
        return longest if self._due is None else min(longest, max(0.0, self._due - at))

    def take(self, text: str) -> list[Message]:
        """Read keys and reports at once; a sequence that is not finished is kept for the next time."""
        if unfinished := _UNFINISHED.search(text):
            text, self._unfinished = text[: unfinished.start()], unfinished[0]
        return [message for token in _TOKEN.findall(text) for message in self._messages(token)]

    def give_up(self) -> list[Message]:
        """What an unfinished sequence turns out to be: Esc, Esc and a key, or nothing."""
        text, self._unfinished = self._unfinished, ""
        if not text:
            return []
        if len(text) > len("\x1b["):
            return self._messages(text)
        return [message for character in text for message in self._messages(character)]

    def _gather(self, text: str, at: float) -> list[Message]:
        last = self._gathered[-1][-len(BRACKETED_PASTE_END) :] if self._gathered else ""
        self._has_end = self._has_end or BRACKETED_PASTE_END in last + text
        self._gathered.append(text)
        is_closing = self._has_end or self._gathering == "burst"
        self._due = at + (PASTE_SETTLES if is_closing else PASTE_GIVES_UP)
        return []

    def _settle(self, at: float) -> list[Message]:
        text, kind = "".join(self._gathered), self._gathering
        self._gathered, self._gathering, self._has_end = [], "", False
        if kind == "burst":
            return [Burst(text)]
        inside, marker, behind = text.rpartition(BRACKETED_PASTE_END)
        if not marker:
            inside, behind = text, ""
        return [events.Paste(pasted(inside)), *self.feed(behind, at)]

    def _messages(self, token: str) -> list[Message]:
        """What one character or whole sequence means; nothing, where Textual does not know it."""
        if token == "\x1b":
            return [events.Key("escape", token)]
        if len(token) > _LONGEST_SEQUENCE:
            typed = _TYPED_TEXT.fullmatch(token)
            codes = typed[1].split(":") if typed else []
            return [message for code in codes for message in self._fed(_character(code))]
        if token[:2] in ("\x1b]", "\x1bP", "\x1b_"):
            return []
        messages = self._fed(token)
        if not messages and len(token) > 1:
            # Textual's parser would wait for more of a sequence unknown to it; a known one ends that.
            self._fed(_FOCUS_IN)
        return messages

    def _fed(self, token: str) -> list[Message]:
        """What Textual's parser makes of it; nothing, where a number in it is no character to anybody."""
        try:
            return list(self._parser.feed(token)) if token else []
        except (ValueError, OverflowError):
            self._parser = XTermParser()
            return []


def _character(code: str) -> str:
    """The character with this number; none where there is no such character."""
    number = int(code) if 0 < len(code) <= _LONGEST_CODE else -1
    return chr(number) if number in _CHARACTERS and number not in _SURROGATES else ""
