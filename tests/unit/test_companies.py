"""Names of companies compared: what one leaves out, how one spells it, and what names none."""

import pytest

from store.rules.companies import are_others, company_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("J.P. Morgan", "JPMorgan"),
        ("JP Morgan Chase", "JPMorgan"),
        ("H&M", "H & M"),
        ("“Acme” Robotics", "The Acme Robotics, Inc."),
        ("L'Oréal", "L’Oréal"),
        ("Fathom", "FATHOM Group Ltd"),
    ],
)
def test_one_company(one: str, other: str) -> None:
    """However it is written."""
    assert not are_others({company_key(one)}, {company_key(other)})


def test_others() -> None:
    """One in common is enough; whoever names very many is about none of them."""
    assert are_others({"fathom"}, {"bluefin"})
    assert are_others({"fathom", "acme"}, {"bluefin"})
    assert not are_others({"fathom", "bluefin"}, {"bluefin", "acme"})
    assert not are_others(set(), {"bluefin"})
    assert not are_others({f"company {number}" for number in range(17)}, {"bluefin"})


@pytest.mark.parametrize(
    "name",
    ["", "Confidential", "a leading bank", "Stealth startup", "undisclosed (a bank)", "My client", "..."],
)
def test_what_names_none(name: str) -> None:
    """It may be any company."""
    assert company_key(name) == ""
