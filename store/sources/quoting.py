"""What of a mail's text is new, and what is quoted, signature or footer.

The order matters: footers of relays, then quotes, then legal footers, then the signature. Each step looks
for a tell-tale word first, as most mails hold none and thousands of them are read in a second.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

import msgspec

from store.sources.quote_words import (
    ADDRESS_TELLS,
    ATTRIBUTION,
    ATTRIBUTION_END,
    CLOSING,
    DASHED,
    FOOTER,
    FOOTER_TELLS,
    HEADER_BLOCK,
    HEADER_TELLS,
    LINKEDIN_FOOTER,
    LINKEDIN_HEAD,
    LINKEDIN_TELLS,
    SENT_FROM,
    WORDED,
    WROTE_TELLS,
)

MOST_SEARCHED = 200_000
"""Characters in which marks are looked for."""
_MARKED_RUN = re.compile(r"\s*+(?:>[^\n]*+\s*+)+")
_DIGIT = re.compile(r"\d")
_WRAPPED_FROM = 60
"""Length of a quoted line from which on the next may be its broken-off end."""
_ATTRIBUTION_LINES = 3
_RULE = re.compile(r"(?:--|__|[—–]{1,8}|-- )[ \t]*")
_RULED_WITH = "-_—–"
_CLOSING_WITHIN = 8
"""Lines with words in which a closing is looked for, from the end."""
_LONGEST_CLOSING = 60
_SIGNATURE_LINES = 15
_LONGEST_SIGNATURE_LINE = 120
_LEAST_BEFORE_FOOTER = 15


_FORWARDED = "orwarded message:"
_AT_COLONS = (*HEADER_TELLS, *ADDRESS_TELLS, _FORWARDED)
_LONGEST_TELL = max(map(len, _AT_COLONS))
_WROTE_IN_ASCII = tuple(filter(str.isascii, WROTE_TELLS))


class Split(msgspec.Struct, frozen=True, gc=False):
    """The parts of a text; together they hold all of it."""

    body: str
    quoted: str = ""
    signature: str = ""
    footer: str = ""


def split(text: str) -> Split:
    """Split a normalised text. What would leave no body at all is left whole."""
    text = text.strip("\n")
    text, relay = _relay_footer(text)
    body, quoted = _quotes(text)
    body, legal = _legal_footer(body)
    body, signature = _signature(body)
    footer = "\n\n".join(filter(None, (legal, relay)))
    return Split(body.strip("\n").rstrip(), quoted, signature, footer)


def _relay_footer(text: str) -> tuple[str, str]:
    """Take off what LinkedIn writes around a message that it relays."""
    if "linkedin.com/" not in text or not _holds(text, LINKEDIN_TELLS):
        return text, ""
    head = LINKEDIN_HEAD.match(text)
    passed_on = _hard_cut(text)
    if passed_on is not None and (head is None or passed_on < head.end()):
        # Somebody's own words, above a mail of LinkedIn that they quote or pass on.
        return text, ""
    footer = ""
    end = LINKEDIN_FOOTER.search(text, 0, MOST_SEARCHED)
    if end and text[: end.start()].strip():
        text, footer = text[: end.start()].rstrip(), text[end.start() :].strip()
    if head and _has_words(text[head.end() :]):
        footer = f"{head[0].strip()}\n\n{footer}".strip()
        text = text[head.end() :].lstrip("\n")
    return text, footer


def _has_words(text: str) -> bool:
    """Whether there is more than links."""
    return any(line.strip() and "https://" not in line for line in text.split("\n"))


def _quotes(text: str) -> tuple[str, str]:
    """Take off what is quoted: all behind a hard mark, and the runs of `>` lines outside new text."""
    marked = ">" in text and (text.startswith(">") or "\n>" in text or "\n >" in text)
    cut = _hard_cut(text)
    if cut is None and not marked:
        return text, ""
    head, tail = (text, "") if cut is None else (text[:cut], text[cut:])
    if marked:
        head, runs = _marked_runs(head.rstrip("\n").split("\n"))
        tail = "\n".join(piece for piece in (runs, tail.strip("\n")) if piece)
    if not head.strip():
        return text, ""
    return head.rstrip(), tail.strip("\n")


def _hard_cut(text: str) -> int | None:
    """Return where everything that follows is quoted."""
    cuts: list[int] = []
    told = _stands_at_colon(text, _AT_COLONS)
    if told and _stands_at_colon(text, HEADER_TELLS):
        cuts.extend(found.start() for found in (HEADER_BLOCK.search(text, 0, MOST_SEARCHED),) if found)
    # A single character, which many texts lack, is found far sooner than two.
    if ("-" in text and "--" in text) or (told and _FORWARDED in text):
        begin = _line_of_first(text, ("--", _FORWARDED, _FORWARDED.upper()))
        cuts.extend(found.start() for found in (DASHED.search(text, begin, MOST_SEARCHED),) if found)
    wrote = _WROTE_IN_ASCII if text.isascii() else WROTE_TELLS
    if _holds(text, wrote) or (told and _stands_at_colon(text, ADDRESS_TELLS)):
        cuts.extend(_unmarked_quote(text, _line_of_first(text, (*wrote, ">"))))
    return min(cuts) if cuts else None


def _line_of_first(text: str, marks: tuple[str, ...]) -> int:
    """Return where the line begins in which the first of these stands."""
    first = len(text)
    for mark in marks:
        at = text.find(mark, 0, first)
        first = at if at >= 0 else first
    return text.rfind("\n", 0, first) + 1


def _stands_at_colon(text: str, tells: tuple[str, ...]) -> bool:
    """Whether one of these, of which each ends with its only colon, stands in the text, which holds few."""
    at = text.find(":", 0, MOST_SEARCHED)
    while at >= 0:
        if text.endswith(tells, max(0, at - _LONGEST_TELL), at + 1):
            return True
        at = text.find(":", at + 1, MOST_SEARCHED)
    return False


def _holds(text: str, tells: tuple[str, ...]) -> bool:
    """Whether one of the words stands in the text; most texts hold none and need no closer look."""
    for tell in tells:  # noqa: SIM110 - a loop takes half the time of any(), thousands of times a second
        if tell in text:
            return True
    return False


def _unmarked_quote(text: str, begin: int) -> Iterator[int]:
    """Yield where an attribution stands whose quote carries no `>`; its last line ends behind `begin`."""
    searched = 0
    while end := ATTRIBUTION_END.search(text, begin, MOST_SEARCHED):
        begin = end.end()
        if marked := _MARKED_RUN.match(text, begin, MOST_SEARCHED):
            searched = begin = text.rfind("\n", 0, marked.end()) + 1
            continue
        found = ATTRIBUTION.search(text, max(searched, _lines_above(text, end.start())), begin)
        if found is None:
            continue
        searched = found.end()
        if not found[0].lstrip().startswith(">") and _DIGIT.search(found[0]):
            yield found.start()
            return


def _lines_above(text: str, place: int) -> int:
    """Return where the attribution that ends in the line of `place` may begin."""
    for _ in range(_ATTRIBUTION_LINES):
        place = text.rfind("\n", 0, max(place, 0))
    return place + 1


def _marked_runs(lines: list[str]) -> tuple[str, str]:
    """Part lines into (new text, quoted): runs of `>` lines between new lines stay where they are."""
    owner = _run_numbers(lines)
    fresh = [place for place, line in enumerate(lines) if not owner[place] and line.strip()]
    if not fresh:
        return "", "\n".join(lines)
    rule = next(
        (place for place in fresh if lines[place][0] in _RULED_WITH and _RULE.fullmatch(lines[place])),
        len(lines),
    )
    last = fresh[bisect_left(fresh, rule) - 1]
    starts: dict[int, int] = {}
    for place, run in enumerate(owner):
        if run:
            starts.setdefault(run, place)
    answered = any(fresh[0] < start < last for start in starts.values())
    inside = {run for run, start in starts.items() if start < last and (start > fresh[0] or answered)}
    body = [line for line, run in zip(lines, owner, strict=True) if not run or run in inside]
    quoted = [line for line, run in zip(lines, owner, strict=True) if run and run not in inside]
    return "\n".join(body).strip("\n"), "\n".join(quoted)


def _run_numbers(lines: list[str]) -> list[int]:
    """Number the runs of quoted lines from 1; an attribution belongs to its run, new text has 0."""
    owner = [0] * len(lines)
    number, quoting = 0, False
    for place, line in enumerate(lines):
        if line.lstrip(" ").startswith(">"):
            if not quoting:
                number += 1
                _claim_attribution(lines, owner, place, number)
            quoting, owner[place] = True, number
        elif quoting and line.strip():
            quoting = _wrapped(lines, place)
            owner[place] = number if quoting else 0
    return owner


def _wrapped(lines: list[str], place: int) -> bool:
    """Whether a line is the rest of the long quoted line above, which some program broke."""
    above, below = lines[place - 1], lines[place + 1] if place + 1 < len(lines) else ""
    return len(above) >= _WRAPPED_FROM and above.startswith(">") and below.startswith(">")


def _claim_attribution(lines: list[str], owner: list[int], place: int, number: int) -> None:
    """Give the `On … wrote:` above a run to it; it may take three lines, and empty ones below."""
    last = place - 1
    while last >= 0 and not lines[last].strip() and place - last < 4:
        last -= 1
    claimed = None
    for first in range(last, max(-1, last - _ATTRIBUTION_LINES), -1):
        if not lines[first].strip() or owner[first]:
            break
        if ATTRIBUTION.fullmatch("\n".join(lines[first : last + 1])):
            claimed = first
            if WORDED.match(lines[first]):
                break
    if claimed is not None:
        owner[claimed:place] = [number] * (place - claimed)


def _legal_footer(text: str) -> tuple[str, str]:
    """Take off disclaimers and ways to unsubscribe at the end."""
    lower = text.lower()
    if not _holds(lower, FOOTER_TELLS):
        return text, ""
    for found in FOOTER.finditer("\n" + text, 0, MOST_SEARCHED):
        # The line end before a line of the longer text stands where the line itself begins in the text.
        before = text[: found.start()].rstrip()
        if len(before) >= _LEAST_BEFORE_FOOTER and len(text) - found.start() < max(4_000, len(before)):
            return before.rstrip("-_=* \n"), text[found.start() :].strip()
    return text, ""


def _signature(text: str) -> tuple[str, str]:
    """Take off the signature: behind `-- `, from a closing on, or a device's line."""
    text = text.rstrip()
    lines = text.rsplit("\n", 3 * _SIGNATURE_LINES)
    start = _signature_start(lines)
    if start is None:
        return text, ""
    tail = "\n".join(lines[start:])
    head = text[: len(text) - len(tail)].rstrip()
    if not head.strip():
        return text, ""
    return head, tail.strip("\n")


def _signature_start(lines: list[str]) -> int | None:
    """Return the line at which the signature begins, counted in the given last lines."""
    worded, start = 0, None
    for place in range(len(lines) - 1, 0, -1):
        line = lines[place]
        plain = line.strip()
        if not plain:
            continue
        if len(plain) <= 8 and _RULE.fullmatch(line) and worded:
            return _earlier_closing(lines, place)
        worded += 1
        if worded > _SIGNATURE_LINES or len(plain) > _LONGEST_SIGNATURE_LINE:
            break
        closes = len(plain) <= _LONGEST_CLOSING and worded <= _CLOSING_WITHIN
        if closes and (SENT_FROM.fullmatch(plain) or (worded > 1 and CLOSING.fullmatch(plain))):
            start = place
    return start


def _earlier_closing(lines: list[str], rule: int) -> int:
    """Return the closing just above a `-- ` line, if there is one, else the line itself."""
    worded = 0
    for place in range(rule - 1, 0, -1):
        plain = lines[place].strip()
        worded += bool(plain)
        if worded > 3 or len(plain) > _LONGEST_CLOSING:
            break
        if plain and CLOSING.fullmatch(plain):
            return place
    return rule
