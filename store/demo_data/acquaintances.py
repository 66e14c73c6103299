"""Whom Robin knows, and whom Robin passed on or was recommended by."""

from typing import NamedTuple

from store.records.referral import Kind

_PEOPLE = """
Noor Haddad | Staff Engineer | Orchard Bank | banking | Oakland, remote | 215000 | trusted | 3 | m | 40
Ezra Whitcombe | Senior Platform Engineer | Millrace | software | Portland | 190000 | inner | 3 | s | 12
Ines Carvalho | Engineering Manager | Glasswing | software | remote | 200000 | moderate| 2 | | 150
Tomasz Lis | Site Reliability Lead | Fathom Maps | maps | Oakland, Berlin | 220000 | trusted | 2 | ms | 75
Marcus Feld | Senior Engineer | Halvorsen Garden | retail | Portland | | inner | 3 | m | 2
Mei Tanabe | Principal Engineer | Acme Robotics | robotics | Oakland | | weak | 2 | | 300
Gil Navarro | Data Engineer | Heron Analytics | software | remote | | moderate| 1 | n | 210
Petra Voss | VP Engineering | Tidewater | shipping | Seattle | 300000 | trusted | 3 | x | 60
Yusuf Demir | DevOps Engineer | Saltmarsh Foods | food | remote | 160000 | dormant | 2 | m | 500
Clara Bekker | Head of Design | Larkspur Media | media | New York | | weak | 1 | | 420
Owen Pryce | Director of Engineering | Redwillow | health | Boston | | moderate| 2 | sc | 200
"""
"""Name, title, employer, industry, places, least pay, circle, would hire, marks, days since they spoke.

Marks: m may move, s standing leave, n not to be referred, x sensitive, c a cadence of 90 days."""
_WANTS = {
    "Noor Haddad": "a platform team of her own",
    "Tomasz Lis": "fewer nights on call",
    "Owen Pryce": "a smaller company, and soon",
}

_REFERRALS = """
given | Ezra Whitcombe | past-655 | built the same twice | forward |
  90 asked_friend, 86 yes, 85 sent, 70 in_touch, 44 interviewing, 9 hired
given | Tomasz Lis | past-541 | knows builds and people | standing | 34 yes, 33 sent
given | Yusuf Demir | birch | has wanted out of food | forward | 3 asked_friend
received | Noor Haddad | past-97 | she told them about the talk | forward |
  95 offered, 94 my_yes, 92 made, 6 contacted
given | Noor Haddad | past-285 | she had just built it | both |
  280 asked_friend, 279 yes, 278 sent, 270 in_touch, 240 not_hired, 239 thanked, 238 closed
received | Noor Haddad | past-414 | first of two | forward |
  410 offered, 409 my_no, 408 thanked, 407 closed
asked | Ines Carvalho | | a word to her former director | forward | 20 asked
source | Owen Pryce | whitfield| Dana asked about him | forward | 8 asked, 8 answered
"""
"""Kind, person, the opportunity, why, mode, and each step with the days since it."""


class Acquaintance(NamedTuple):
    """Somebody whom Robin knows."""

    fields: dict[str, object]
    standing: bool
    """They gave leave in advance."""
    spoke: int
    """Days since they spoke."""


class Passed(NamedTuple):
    """A referral."""

    kind: Kind
    who: str
    slug: str
    """The opportunity, empty where there is none."""
    why: str
    mode: str
    steps: tuple[tuple[int, str], ...]
    """Days ago, and what happened."""


def acquaintances() -> tuple[Acquaintance, ...]:
    """Return whom Robin knows."""
    return tuple(map(_acquaintance, _PEOPLE.strip().splitlines()))


def _acquaintance(line: str) -> Acquaintance:
    name, title, employer, industry, places, floor, circle, hire, marks, days = map(
        str.strip, line.split("|")
    )
    fields: dict[str, object] = {
        "name": name,
        "email": f"{name.lower().replace(' ', '.')}@{employer.split(' ')[0].lower()}.example",
        "title": title,
        "employer": employer,
        "industry": industry,
        "places": places,
        "circle": circle,
        "would_hire": int(hire),
        "wants": _WANTS.get(name, ""),
    }
    fields |= {"floor": int(floor)} if floor else {}
    fields |= {"cadence": 90} if "c" in marks else {}
    words = {"m": "may_move", "n": "do_not_refer", "x": "sensitive"}
    fields |= {word: True for mark, word in words.items() if mark in marks}
    return Acquaintance(fields, "s" in marks, int(days))


def passed() -> tuple[Passed, ...]:
    """Return the referrals."""
    found = []
    for line in _REFERRALS.replace("\n  ", " ").strip().splitlines():
        kind, who, slug, why, mode, steps = map(str.strip, line.split("|"))
        dated = tuple((int(days), what) for days, what in (step.split() for step in steps.split(",")))
        found.append(Passed(_KINDS[kind], who, slug, why, mode, dated))
    return tuple(found)


_KINDS: dict[str, Kind] = {"given": "given", "received": "received", "asked": "asked", "source": "source"}
