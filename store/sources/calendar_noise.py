"""What programs write into an invitation around the words of its sender: how to join, whom to dial."""

import re
from typing import NamedTuple

_JOIN = re.compile(
    r"https://(?:meet\.google\.com|teams\.(?:microsoft|live)\.com|(?:[\w-]{1,40}\.){0,3}zoom\.us"
    r"|[\w-]{1,40}\.webex\.com|meet\.goto\.com|whereby\.com)/[^\s<>\"'\\]{1,400}"
)
"""Where a call is joined."""
_GOOGLE = re.compile(r"-::~[:~]{3,200}-?$")
"""Stands on a line before and behind what Google writes."""
_RULE = re.compile(r"[_\u2501]{20,300}$")
"""Stands before and behind what Teams writes."""
_ZOOM = re.compile(r"join zoom meeting\b|.{1,100} is inviting you to a scheduled zoom meeting", re.IGNORECASE)
_OF_ZOOM = re.compile(
    r"(?:https://(?:[\w-]{1,40}\.){0,3}zoom\.us/|meeting id|pass ?code|password|one tap mobile"
    r"|join (?:by|zoom)|dial by your location|find your local number|topic:|time:|-{3,}"
    r"|[•*·]? ?\+?\d[\d ,#*()-]{6,})",
    re.IGNORECASE,
)
_GAPS = re.compile(r"\n(?:[ \t]*\n){2,}")


class Description(NamedTuple):
    """The words of an invitation, and what a program put around them."""

    words: str
    noise: str
    join: str
    """Where the call is joined, as far as it is said."""


def described(text: str, *further: str) -> Description:
    """Tell words from noise; `further` texts may say where the call is joined, and count first."""
    joins = (found[0] for each in (*further, text) if (found := _JOIN.search(each)) is not None)
    words: list[str] = []
    noise: list[str] = []
    lines = text.split("\n")
    place = 0
    while place < len(lines):
        length = _noisy(lines, place)
        (noise if length else words).extend(lines[place : place + max(length, 1)])
        place += max(length, 1)
    kept = _GAPS.sub("\n\n", "\n".join(words)).strip()
    return Description(kept, "\n".join(noise).strip(), next(joins, "").rstrip(".,;)"))


def _noisy(lines: list[str], place: int) -> int:
    """Return how many lines from a place on were written by a program, 0 for none."""
    first = lines[place].strip()
    if _GOOGLE.match(first):
        return _closed(lines, place, _GOOGLE)
    if _RULE.match(first):
        length = _closed(lines, place, _RULE)
        return length if any("Teams" in line for line in lines[place : place + length]) else 0
    if not _ZOOM.match(first):
        return 0
    length = 1
    for line in lines[place + 1 :]:
        plain = line.strip()
        if plain and not _OF_ZOOM.match(plain) and not _ZOOM.match(plain):
            break
        length += 1
    return length


def _closed(lines: list[str], place: int, mark: re.Pattern[str]) -> int:
    """Return how many lines there are up to the one that closes the block, or to the end."""
    behind = range(place + 1, len(lines))
    end = next((number for number in behind if mark.match(lines[number].strip())), len(lines) - 1)
    return end + 1 - place
