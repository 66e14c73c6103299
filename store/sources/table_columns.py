"""What the columns of a table of approaches are called, in several languages, and what they look like."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

FIELDS: Final = (
    *(
        "date",
        "from",
        "email",
        "phone",
        "profile",
        "firm",
        "company",
        "role",
        "channel",
        "message",
        "subject",
    ),
    *("pay", "mandate", "location"),
)
"""What a column may stand for."""
_NAMES: Final[Mapping[str, str]] = {
    "date": "date|when|on|day|received|contacted|datum|fecha"
    "|data|sent at|timestamp|at|first_at|inbound_at|tag|jour",
    "from": "from|recruiter|name|contact|who|sender|person"
    "|recruiter name|von|de|nombre|nom|kontakt|ansprechpartner",
    "email": "email|e-mail|mail|email address|e-mail address|correo|courriel|mail adresse",
    "phone": "phone|number|telephone|tel|mobile|telefon|téléphone|teléfono|phone number",
    "profile": "profile|linkedin|url|link|linkedin url|profile url",
    "firm": "firm|agency|recruiting firm|search firm|agentur|personalberatung|cabinet|agencia",
    "company": "company|employer|client|hiring company|unternehmen|firma|entreprise|société|empresa",
    "role": "role|title|position|job|job title|stelle|poste|puesto|rolle",
    "channel": "channel|source|via|medium|how|kanal|canal|type",
    "message": "message|notes|note|text|body|comment|comments|details|description|nachricht|notiz|mensaje",
    "subject": "subject|betreff|asunto|objet|topic",
    "pay": "pay|salary|compensation|comp|rate|gehalt|salaire|salario|package|base",
    "mandate": "mandate|engagement",
    "location": "location|place|city|where|ort|lieu|ciudad|standort",
}
_BY_NAME: Final = {name: field for field, names in _NAMES.items() for name in names.split("|")}
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+$")
_PHONE = re.compile(r"\+?[\d ().\-/]{8,20}$")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2} [A-Za-z]{3,9} \d{2,4}")
_PROFILE = re.compile(r"(?:https?://)?(?:\w+\.)?linkedin\.com/in/")
_LOOKS: Final = (("email", _EMAIL), ("profile", _PROFILE), ("date", _DATE), ("phone", _PHONE))
_MOST_LOOKED_AT = 20
_MOSTLY = 0.6


def by_names(head: Sequence[str]) -> dict[int, str]:
    """Return the field of each column whose name is known; of two for one field the first counts."""
    found: dict[int, str] = {}
    for place, name in enumerate(head):
        field = _BY_NAME.get(" ".join(name.replace("_", " ").casefold().split())) or _BY_NAME.get(
            name.casefold()
        )
        if field and field not in found.values():
            found[place] = field
    return found


def is_head(row: Sequence[str]) -> bool:
    """Tell whether a row names columns: two known names, and nothing that looks like a value."""
    return len(by_names(row)) >= min(2, len(row)) and not any(_looks(cell) for cell in row)


def by_looks(rows: Sequence[Sequence[str]]) -> dict[int, str]:
    """Return the field of each column that its values look like; the longest words are the message."""
    found: dict[int, str] = {}
    width = max(map(len, rows), default=0)
    lengths: dict[int, float] = {}
    for place in range(width):
        cells = [
            row[place].strip() for row in rows[:_MOST_LOOKED_AT] if place < len(row) and row[place].strip()
        ]
        if not cells:
            continue
        looks = [_looks(cell) for cell in cells]
        for field, _ in _LOOKS:
            if looks.count(field) >= _MOSTLY * len(cells) and field not in found.values():
                found[place] = field
                break
        else:
            lengths[place] = sum(map(len, cells)) / len(cells)
    if lengths:
        longest = max(lengths, key=lambda place: (lengths[place], -place))
        first = min(lengths)
        if first != longest:
            found[first] = "from"
        found[longest] = "message"
    return found


def _looks(cell: str) -> str:
    return next((field for field, pattern in _LOOKS if pattern.match(cell.strip())), "")
