"""What Robin decided in those two years, and how it looked later."""

from typing import NamedTuple

from store.records.decision import Answers
from store.records.review import Review
from store.rules import review as reviews
from store.rules.questions import answered

_JUDGED = """
785 | a 1 1 0 1 1 8 u = 1 | N | no    | four of us, none of it is one person's |
725 | c 3 1 2 2 2 7 g s 3 | C | later | the migration does not care about half an hour |
702 | b 1 1 1 1 0 8 u = 2 | N | no    | Ruth, in writing, Marcus was in the room |
674 | a 2 1 2 2 2 6 g s 4 | A | no    | two of three hang on Ruth |
655 | 0 - 0 1 1 1 6 u s 3 | A |       | I simply never answer |
631 | b 2 1 3 2 3 6 g s 5 | N | no    | said, not written | I gave Ruth until summer
605 | d 3 1 1 1 2 6 u c 4 | L | later | nobody asked me to stay |
595 | e 3 0 2 3 2 4 g s 2 | C | call  | Ruth would go alone |
584 | f 2 2 1 2 1 6 p c 3 | N | no    | the move of the house |
541 | a 3 1 3 3 2 5 g s 3 | C | no    | the garden office hangs on one budget |
522 | c 2 1 1 1 1 6 u = 2 | A | later | a start before May would hurt |
478 | b 3 1 2 2 2 5 g s 4 | A | no    | nobody else knows of it |
451 | a 1 1 0 0 1 8 p c 1 | N | no    | all three are in the contract |
465 | f 1 1 1 2 1 7 u = 2 | L | later | vesting until March |
435 | c 2 1 1 2 1 6 u = 3 | L | later | the cut-over is on the ninth |
414 | a 2 1 2 1 2 6 g = 3 | A | call  | two of them are people |
404 | d 2 2 1 1 1 7 u c 2 | N | no    | it would feel wrong, no promise |
385 | a 2 0 2 2 1 6 g s 3 | C | later | the team is, the budget is not |
344 | b 3 1 3 3 3 4 g s 6 | N | no    | the date has passed | one more quarter, I said
335 | 0 - 1 0 0 0 7 p c 1 | N | no    | |
325 | c 1 2 1 1 1 7 u = 2 | N | no    | even a call would be noticed this week |
315 | f 3 1 1 2 1 6 u s 3 | A | later | my visa, which is settled |
301 | a 2 1 2 2 2 5 g s 3 | C | call  | Ruth, the garden, the people |
285 | e 2 1 1 1 2 5 u = 3 | A |       | one name, not two |
271 | 0 - 0 1 2 2 5 u s 2 | C | call  | |
256 | d 3 1 2 2 2 5 g s 3 | C | no    | half my team has left since |
250 | a 2 1 1 2 1 5 u = 4 | L | later | the same two |
245 | b 3 1 2 2 3 4 g s 5 | C | later | I asked Marcus: he knew of nothing |
239 | a 1 1 0 1 0 7 p c 1 | N | no    | |
218 | c 3 1 1 1 1 6 u = 2 | N | later | it would have been one call | the quarter was full
204 | a 2 1 3 2 2 5 g s 4 | A | later | it is Ruth again |
173 | 0 - 1 0 1 0 6 p c 1 | V | no    | they wanted my date of birth |
155 | a 2 1 2 2 1 5 g s 3 | C | call  | |
128 | e 3 1 1 1 2 4 u s 3 | A | later | there is nobody second |
114 | a 3 0 2 2 2 4 g s 3 | C | later | one budget, and it is in review |
 97 | c 2 1 2 2 2 5 g s 3 | A | later | a start before March would hurt |
"""
"""Days ago; reasons, survives, call, silence, pull, step, seat, trust, sting, regret; verdict; impulse; the
note to field 2; because."""

_LOOKED = """
785 |  95 | c s 0 n 3 |
785 | 366 | u s 0 n 3 |
725 |  16 | o s 0 n 3 | the call cost nothing
725 | 368 | f s 0 n 3 |
702 |  92 | f s 0 s 2 |
702 | 366 | f s 1 p 2 |
674 |  14 | o s 0 s 3 |
674 | 370 | f s 1 p 3 |
655 |  15 | o s 0 - 2 | answering took four minutes
655 | 366 | f s 0 - 3 |
631 |  93 | f s 2 s 1 | ask for the date in writing
631 | 366 | f s 3 n 1 | a promise without a date is a mood
605 |  40 | c s 1 n 2 |
605 | 367 | c s 0 n 3 |
595 |  16 | o s 0 n 3 |
595 | 365 | f s 0 n 3 |
584 |  91 | u s 0 y 2 |
584 | 366 | u s 0 y 2 |
541 |  14 | o s 0 p 3 |
541 | 366 | f w 1 y 3 |
522 |  20 | c s 0 y 2 |
522 | 366 | f s 1 p 3 |
478 |  12 | o s 0 n 3 |
478 | 367 | f w 2 n 2 | I asked, and then let it lie
465 |  32 | o s 0 s 2 |
465 | 366 | f s 0 p 2 |
451 |  90 | f s 0 n 3 |
451 | 366 | u w 0 n 3 |
435 |  31 | o s 0 y 2 |
435 | 365 | f w 1 y 2 |
414 |  15 | o s 1 p 2 |
414 | 366 | f w 0 p 3 |
404 |  92 | f s 1 n 2 |
404 | 368 | f w 1 n 2 |
385 |  14 | o s 0 p 3 |
385 | 366 | f w 0 y 3 |
344 |  91 | f w 3 n 1 | the date had passed, and I knew it
335 |  90 | c s 0 - 3 |
325 |  95 | f w 1 y 2 |
315 |  12 | o s 0 n 3 |
301 |  15 | o w 0 p 3 |
285 |  11 | o s 1 p 2 |
271 |  15 | o s 0 - 3 |
256 |  17 | f w 1 n 3 |
250 |  33 | o w 1 p 2 |
245 |  14 | o w 0 n 3 |
239 |  92 | u w 0 n 3 |
218 |  93 | f w 2 n 1 | one call
204 |  12 | o w 0 p 3 |
173 |  11 | c w 0 - 3 | it was one
155 |  14 | o w 0 p 3 |
128 |  13 | o w 0 s 3 |
"""
"""Days ago of the decision; after how many days; became, seat, wish, came true, process; the line."""

_SILENT = """
233 |  98 | f w 2 1
211 | 100 | u w - 1
196 |  97 | f w 1 1
190 |  95 | c w 0 2
185 |  96 | f w 2 1
179 |  95 | u w 1 1
164 |  96 | f w 0 2
"""
"""What was never answered: days ago; after how many days; became, seat, wish, process."""

SEAT = {
    "employer": "Halvorsen Freight Systems",
    "title": "Director of Platform",
    "boss": "Ruth Halvorsen",
    "since": "March 2022",
}
INVENTORY = {
    "core": ("platforms that others build on", "building teams", "calm incident practice"),
    "pillar": ("Ruth", "the garden office", "a team that stayed"),
    "promise": ("Ruth's chair, when she goes; no date",),
    "no-go": ("day 1 onsite", "commission only"),
}
ANSWERS = ("survives", "call", "silence", "pull", "step", "seat", "trust", "sting", "regret")


class Judged(NamedTuple):
    """A decision of the past."""

    days: int
    answers: Answers
    verdict: str
    impulse: str
    notes: dict[str, str]
    because: str


class Looked(NamedTuple):
    """A look back at the decision on what came so many days ago."""

    days: int
    after: int
    review: Review


def judged() -> list[Judged]:
    """Return what was decided, the oldest first."""
    found = []
    for days, given, verdict, impulse, note, *because in _cells(_JUDGED):
        lead, *others = given.split()
        answers = answered(Answers(), "reasons", lead)
        for name, key in zip(ANSWERS, others, strict=True):
            answers = answered(answers, name, "" if key == "-" else key)
        notes = {"survives": note} if note else {}
        found.append(Judged(int(days), answers, verdict, impulse, notes, "".join(because)))
    return found


def looked() -> list[Looked]:
    """Return the looks back at them."""
    names = ("became", "seat", "wish", "came_true", "process")
    return [_look(days, after, given, names, line) for days, after, given, line in _cells(_LOOKED)]


def looked_at_silence() -> list[Looked]:
    """Return the looks back at what was never answered."""
    names = ("became", "seat", "wish", "process")
    return [_look(days, after, given, names, "") for days, after, given in _cells(_SILENT)]


def _look(days: str, after: str, given: str, names: tuple[str, ...], line: str) -> Looked:
    review = Review(line=line)
    for name, key in zip(names, given.split(), strict=True):
        if name != "came_true" or key != "-":
            review = reviews.answered(review, name, key)
    return Looked(int(days), int(after), review)


def _cells(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
