"""What the columns of a table of approaches are called, in several languages, and what they look like."""

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

FIELDS: Final = (
    *("date", "time", "from", "email", "phone", "profile", "firm", "company", "role", "channel"),
    *("message", "subject", "pay", "mandate"),
)
"""What a column may stand for."""
WHO_OR_WHAT: Final = ("from", "email", "phone", "profile", "message")
"""Fields of which a table needs one."""
_NAMES: Final[Mapping[str, str]] = {
    "date": "date|when|on|day|received|contacted|sent at|timestamp|at|first_at|inbound_at"
    "|first contact|datum|tag|kontaktiert am|erhalten|jour|date de contact|fecha|día|data|giorno",
    "time": "time|uhrzeit|zeit|heure|hora|ora",
    "from": "from|recruiter|name|contact|who|sender|person|recruiter name|full name"
    "|von|recruiterin|kontakt|ansprechpartner|ansprechpartnerin|de|nom|recruteur|nombre|contacto|da|nome|contatto",
    "email": "email|e-mail|mail|email address|e-mail address|e-mail-adresse|adresse mail|courriel|correo"
    "|correo electrónico|posta elettronica",
    "phone": "phone|number|telephone|tel|mobile|cell|phone number|telefon|handy|telefonnummer|téléphone"
    "|portable|teléfono|móvil|telefono|cellulare",
    "profile": "profile|linkedin|url|link|linkedin url|profile url|linkedin profile|profil|perfil|profilo",
    "firm": "firm|agency|recruiting firm|search firm|recruiting agency|agentur|personalberatung"
    "|personalvermittlung|cabinet|agence|agencia|consultora|agenzia",
    "company": "company|employer|client|hiring company|unternehmen|firma|arbeitgeber|kunde|entreprise|société"
    "|client final|empresa|azienda|società",
    "role": "role|title|position|job|job title|vacancy|stelle|rolle|stellentitel|poste|intitulé|puesto|cargo"
    "|ruolo|posizione",
    "channel": "channel|source|via|medium|how|type|kanal|quelle|canal|canale|fuente|fonte",
    "message": "message|notes|note|text|body|comment|comments|details|description|nachricht|notiz|notizen"
    "|bemerkung|bemerkungen|kommentar|commentaire|remarques|mensaje|notas|comentarios|messaggio|commenti",
    "subject": "subject|betreff|objet|asunto|topic|oggetto",
    "pay": "pay|salary|compensation|comp|rate|package|base|base salary|salary range|gehalt|vergütung"
    "|salaire|rémunération|salario|sueldo|retribuzione|stipendio",
    "mandate": "mandate|engagement",
}
_BY_NAME: Final = {
    name.replace("_", " "): field for field, names in _NAMES.items() for name in names.split("|")
}
MOST_COLUMNS: Final = 500
_MOST_CELL = 300
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+$")
_PHONE = re.compile(r"\+?[\d ().\-/]{8,20}$")
_DATE = re.compile(
    r"\d{1,4}[./-] ?\d{1,2}[./-] ?\d{1,4}(?!\d)|\d{1,2}\.? \w{3,9}\.? \d{2,4}|\w{3,9} \d{1,2}, \d{4}"
)
_PROFILE = re.compile(r"(?:https?://)?(?:\w+\.)?linkedin\.com/in/")
_LOOKS: Final = (("email", _EMAIL), ("profile", _PROFILE), ("date", _DATE), ("phone", _PHONE))
_MOST_LOOKED_AT = 20
_MOSTLY = 0.6


_WITHIN: Final = {
    "date": "date|datum|fecha",
    "email": "email|e-mail|mail",
    "phone": "phone|telefon|mobile",
    "profile": "linkedin|profile",
    "firm": "agency|firm|agentur",
    "company": "company|employer|unternehmen",
    "role": "role|position|title|stelle",
    "pay": "salary|pay|gehalt|salaire",
    "channel": "channel|source",
    "from": "recruiter|contact|sender",
    "message": "notes|message|comments",
}
"""Words that tell a longer name of a column, the surest field first."""
_PUNCTUATION = re.compile(r"\(.*?\)|[^\w\s-]+")
_MOST_NAME = 60


class Columns(NamedTuple):
    """What the columns of a table stand for."""

    head: bool
    """Whether the first row names them."""
    fields: dict[int, str]
    guessed: bool
    """Whether what stands in them told it, at least of some."""


def columns_of(rows: Sequence[Sequence[str]], *, head: bool) -> Columns:
    """Tell what columns stand for, by their names first, then by what stands in them.

    `head` tells that the first row names them; else that is found out.
    """
    first = rows[0]
    named = by_names(first)
    has_head = head or (
        not any(map(_looks, first))
        and (len(named) >= min(2, len(first)) or bool(set(by_looks(rows[1:], strictly=True))))
    )
    if not has_head:
        return Columns(False, by_looks(rows), guessed=True)
    looks = by_looks(rows[1:], strictly=not {*named.values()}.isdisjoint(WHO_OR_WHAT))
    taken = {*named.values()}
    further = {place: field for place, field in looks.items() if place not in named and field not in taken}
    return Columns(True, {**named, **further}, guessed=bool(further))


def by_names(head: Sequence[str]) -> dict[int, str]:
    """Return the field of each column whose name is known; of two for one field the first counts."""
    names = [_plain(name) for name in head]
    found: dict[int, str] = {}
    for place, name in enumerate(names):
        field = _BY_NAME.get(name)
        if field and field not in found.values():
            found[place] = field
    for place, name in enumerate(names):
        if place not in found and (field := _within(name)) and field not in found.values():
            found[place] = field
    return found


def _plain(name: str) -> str:
    return " ".join(_PUNCTUATION.sub(" ", name[:_MOST_NAME]).replace("_", " ").casefold().split())


def _within(name: str) -> str:
    words = set(name.split())
    return next((field for field, known in _WITHIN.items() if words & {*known.split("|")}), "")


def by_looks(rows: Sequence[Sequence[str]], *, strictly: bool = False) -> dict[int, str]:
    """Return the field of each column that its values look like; the longest words are the message.

    `strictly` leaves out names and messages, which look like any other words.
    """
    found: dict[int, str] = {}
    lengths: dict[int, float] = {}
    looked_at = rows[:_MOST_LOOKED_AT]
    for place in range(min(max(map(len, looked_at), default=0), MOST_COLUMNS)):
        cells = [row[place].strip() for row in looked_at if place < len(row) and row[place].strip()]
        if not cells:
            continue
        looks = [_looks(cell) for cell in cells]
        for field, _ in _LOOKS:
            if looks.count(field) >= _MOSTLY * len(cells) and field not in found.values():
                found[place] = field
                break
        else:
            lengths[place] = sum(map(len, cells)) / len(cells)
    if lengths and not strictly:
        longest = max(lengths, key=lambda place: (lengths[place], -place))
        first = min(lengths)
        if first != longest:
            found[first] = "from"
        found[longest] = "message"
    return found


def _looks(cell: str) -> str:
    cell = cell.strip()[:_MOST_CELL]
    return next((field for field, pattern in _LOOKS if pattern.match(cell)), "")
