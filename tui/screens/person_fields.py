"""The fields of somebody the user knows, as a form shows them and reads them."""

from collections.abc import Mapping

from store import network
from store.errors import UsageError
from store.records.person import CIRCLES, Consent, Person
from store.records.referral import MODES
from tui.widgets.form import Field

_HINTS: Mapping[str, str] = {
    "name": "first and last name",
    "profile": "their LinkedIn address",
    "industry": "the trade they are in",
    "places": "where they would work, with commas between",
    "floor": "the least yearly pay that they would move for",
    "circle": ", ".join(CIRCLES),
    "wants": "what they are after",
    "may_move": "yes, if they said so",
    "would_hire": "0 no, 3 at once",
    "do_not_refer": "yes: never suggest them",
    "sensitive": "yes: suggest them to nobody by itself",
    "cadence": "be in touch again after so many days",
}
_YES = ("may_move", "do_not_refer", "sensitive")
_NUMBERS = ("floor", "would_hire", "cadence")
_NAMES = tuple(name for name in network.EDITABLE if name != "last_touch")


def fields_of(given: Mapping[str, str]) -> list[Field]:
    """Return the fields of the form, filled with what is given."""
    return [
        Field(name, _label(name), value=given.get(name, ""), hint=_HINTS.get(name, "")) for name in _NAMES
    ]


def leave(consent: Consent) -> list[Field]:
    """Return the fields of the form that asks for leave, filled with what was said before."""
    return [
        Field("answer", "Answer", value=consent.answer, hint="yes, no or withdrawn"),
        Field("mode", "Mode", value=consent.mode, hint=", ".join(MODES)),
        Field("scope", "Scope", value=consent.scope, hint="words with commas between; empty: everything"),
        Field("until", "Until", hint="1y, or a date; empty: no end"),
    ]


def shown(person: Person) -> dict[str, str]:
    """Return what is known of somebody as the form shows it."""
    return {name: _shown(getattr(person, name)) for name in _NAMES}


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _shown(value: object) -> str:
    return "yes" if value is True else "" if value in (None, False) else str(value)


def read(values: Mapping[str, str]) -> dict[str, object]:
    """Read what was typed; raises UsageError where a number is none."""
    fields: dict[str, object] = {}
    for name, value in values.items():
        text = value.strip()
        if name in _YES:
            fields[name] = text.casefold() in ("yes", "y", "true")
        elif name in _NUMBERS and text:
            digits = text.replace(",", "").replace(" ", "")
            if not digits.isdecimal():
                raise UsageError(f"{name.replace('_', ' ')} takes a number, not {text!r}.", _HINTS[name])
            fields[name] = int(digits)
        else:
            fields[name] = text
    return fields
