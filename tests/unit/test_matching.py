"""Who would be glad of a role: what excludes, which chips speak for somebody, and who is named first."""

from typing import Any

import pytest

from store.clock import DAY
from store.rules.matching import Candidate, Role, chips_of, excluded, suggestions
from store.rules.pay import Pay
from support import NOW

ROLE = Role(
    title="Staff Engineer",
    company="Acme",
    text="A fintech with payments at its core. In Oakland. Kubernetes and Go.",
    pay=Pay(200_000, 230_000, "USD"),
)


def fitting(name: str = "Sam Lee", **fields: Any) -> Candidate:
    """Make somebody with two points, one of them about the role; any field may be given."""
    return Candidate(**{"id": 1, "name": name, "title": "Developer", "may_move": True, **fields})


def names(*candidates: Candidate, role: Role = ROLE) -> list[str]:
    """Return who is suggested, in order."""
    return [match.candidate.name for match in suggestions(candidates, role, NOW)]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"do_not_refer": True}, "asked not to be referred"),
        ({"employer": "ACME Inc."}, "works at ACME Inc."),
        ({"standing_consent": True, "scope": "finance, sales"}, "the leave covers finance, sales only"),
        ({"referred_at": NOW - 60 * DAY + 1}, "was referred less than 60 days ago"),
        ({"referred_at": NOW - 60 * DAY}, ""),
        ({"employer": "Acme Robotics"}, ""),
        ({"employer": ""}, ""),
        ({"standing_consent": True, "scope": "sales, kubernetes"}, ""),
        ({"standing_consent": True, "scope": "staff engineer"}, ""),
        ({"standing_consent": True, "scope": ""}, ""),
        ({"standing_consent": True, "scope": " , "}, "the leave covers  ,  only"),
        ({"standing_consent": True, "scope": "land"}, "the leave covers land only"),
        ({"standing_consent": False, "scope": "sales"}, ""),
    ],
    ids=str,
)
def test_what_excludes(fields: dict[str, Any], why: str) -> None:
    """Each hard exclusion keeps somebody out whatever speaks for them, and says why."""
    assert excluded(fitting(**fields), ROLE, NOW) == why
    assert names(fitting(**fields)) == ([] if why else ["Sam Lee"])


def test_somebody_sensitive_is_suggested_to_nobody() -> None:
    """A mark of sensitive keeps somebody out of the suggestions, though they may be named."""
    assert names(fitting(sensitive=True)) == []
    assert excluded(fitting(sensitive=True), ROLE, NOW) == ""


@pytest.mark.parametrize("company", ["", "???", "…"])
def test_a_company_without_a_name_excludes_nobody(company: str) -> None:
    """Where the employer is unknown or no word, those without an employer are not taken for its people."""
    role = Role(title="Staff Engineer", company=company)
    assert excluded(fitting(), role, NOW) == excluded(fitting(employer="???"), role, NOW) == ""


CHIPS: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({}, ()),
    ({"title": "Software Developer"}, ("same function",)),
    ({"title": "Senior Developer"}, ("same function", "level fits")),
    ({"title": "Sales Lead"}, ("level fits",)),
    ({"title": "Sales Manager"}, ("level fits",)),
    ({"title": "Sales Director"}, ()),
    ({"industry": "Banking"}, ("same industry",)),
    ({"industry": "fintech, payments"}, ("same industry",)),
    ({"industry": "software"}, ("neighbouring industry",)),
    ({"industry": "consulting"}, ("neighbouring industry",)),
    ({"industry": "robotics"}, ()),
    ({"industry": "cartography"}, ()),
    ({"places": ("Oakland",)}, ("place fits",)),
    ({"places": ("Berlin", "oakland")}, ("place fits",)),
    ({"places": ("Oak",)}, ()),
    ({"floor": 230_000}, ("pay fits",)),
    ({"floor": 230_001}, ()),
    ({"may_move": True}, ("might move",)),
    ({"standing_consent": True}, ("standing yes",)),
    ({"would_hire": 1}, ()),
    ({"would_hire": 2}, ("you would hire them",)),
    ({"last_touch": NOW - 365 * DAY}, ("spoke this year",)),
    ({"last_touch": NOW - 365 * DAY - 1}, ()),
]


@pytest.mark.parametrize(("fields", "chips"), CHIPS, ids=str)
def test_each_chip(fields: dict[str, Any], chips: tuple[str, ...]) -> None:
    """Each chip is given for what it says and for nothing else."""
    assert chips_of(Candidate(**fields), ROLE, NOW) == chips


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("Fully remote.", True),
        ("Remote-first", True),
        ("remotely", True),
        ("This role is not remote.", False),
        ("No remote, sorry", False),
        ("Not fully remote", False),
        ("On site", False),
    ],
)
def test_a_remote_role_fits_everywhere(text: str, fits: bool) -> None:
    """Remote fits whoever it is; what is said not to be remote does not."""
    chips = chips_of(Candidate(), Role(title="Chef", text=text), NOW)
    assert ("place fits" in chips) is fits


@pytest.mark.parametrize(
    ("pay", "fits"),
    [(None, False), (Pay(90, 110, "USD", "hour"), False), (Pay(100_000, 100_000, ""), True)],
    ids=["unknown", "hourly", "yearly"],
)
def test_pay_is_compared_by_the_year(pay: Pay | None, fits: bool) -> None:
    """Unknown pay and an hourly rate say nothing about a yearly floor."""
    chips = chips_of(Candidate(floor=100_000), Role(title="Chef", pay=pay), NOW)
    assert ("pay fits" in chips) is fits


def test_a_trade_in_no_list_fits_where_it_is_named() -> None:
    """A trade that the list does not know fits a role whose text names it, as a whole word."""
    role = Role(title="Chef", text="We make maps for sailors")
    assert chips_of(Candidate(industry="Maps"), role, NOW) == ("same industry",)
    assert chips_of(Candidate(industry="sail"), role, NOW) == ()


def test_nothing_known_of_a_role_gives_no_chip_for_it() -> None:
    """An empty role matches nobody's empty fields."""
    assert chips_of(Candidate(), Role(), NOW) == ()


def test_two_points_are_the_least() -> None:
    """Somebody with one point is not suggested, somebody with two is."""
    assert names(fitting(may_move=False)) == []
    assert names(fitting()) == ["Sam Lee"]
    assert suggestions([fitting()], ROLE, NOW)[0].points == 2


@pytest.mark.parametrize("title", ["", "Nurse"])
def test_one_point_is_about_the_role(title: str) -> None:
    """What speaks for somebody whatever the role is makes nobody glad of this one, however much it is."""
    friend = fitting(title=title, would_hire=3, standing_consent=True, last_touch=NOW)
    assert names(friend) == []
    assert names(fitting(title=title, places=("Oakland",))) == ["Sam Lee"]


def test_the_best_three() -> None:
    """Three at most, those with most points first."""
    some = [
        fitting("Two"),
        fitting("Four", standing_consent=True, title="Staff Developer", last_touch=NOW),
        fitting("Three", standing_consent=True),
        fitting("Two more"),
        fitting("Two again"),
    ]
    assert names(*some) == ["Four", "Three", "Two"]


def test_ties_go_to_whoever_was_referred_longest_ago() -> None:
    """Of equal ones who never was comes first, then by the date, then by name: the same order each time."""
    some = [
        fitting("A year", referred_at=NOW - 365 * DAY),
        fitting("Two years", referred_at=NOW - 730 * DAY),
        fitting("Never B"),
        fitting("Never A"),
    ]
    assert names(*some) == names(*some[::-1]) == ["Never A", "Never B", "Two years"]
