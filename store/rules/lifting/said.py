"""What a text says in so many words: how the recruiter is paid, who hires, and where the work is done.

Phrases are written as in `rules.outreach.phrasing`, and looked for in the words that the judgement parted.
"""

from typing import Final

from store.rules.outreach.phrasing import Phrases

_UP_TO_FOUR: Final = "1|2|3|4|one|two|three|four|zwei|drei|vier|deux|trois|quatre|dos|tres|twee|drie|due|tre"
_PART_OF_IT: Final = "20|30|40|50|60|70|80|90"
_OUR_IN_GERMAN: Final = "mein|meine|meinen|meinem|meines|meiner|unser|unsere|unseren|unserem|unseres|unserer"
_DAYS: Final = "day|days|tag|tage|tagen|jour|jours|día|días|dag|dagen"
_WE_ARE: Final = ("we're", "we are")
_HEAD: Final = "founder|founders|cofounder|cto|ceo"

_SAID: Final[dict[str, tuple[str, ...]]] = {
    "retained": (
        *("retained", "exclusively engaged|instructed|retained", "executive search", "confidential mandate"),
        *("mandatiert", "mandaté|mandatés"),
    ),
    "not-retained": (
        *("retained earnings", "retained by you", "retained or", "is this *2 retained", "not retained"),
        "retained services|clients|customers|data|messages",
    ),
    "exclusive": (
        *("sole agency", "exclusive|exclusively *4 agency|search|role|basis"),
        "exclusive|exclusively *3 with us",
        "exclusively represent|representing|handle|handling|partner|partnered|partnering|work|working",
        *("exklusiv *4 auftrag", "exklusiv *9 beauftragt"),
    ),
    "client": (
        *("my|our client|clients", "a|the|our direct client|clients", "rtr", "right to represent", "c2c"),
        *("working with a|an *6 who|that|who's|that's|who're", "kundenauftrag"),
        "für einen kunden|mandanten|auftraggeber",
        f"{_OUR_IN_GERMAN} kunde|kunden|mandant|mandanten|auftraggeber|auftraggebers",
        *("mon|notre client", "un|l'un|d'un de mes|nos clients", "nuestro|mi cliente"),
        "mijn|onze opdrachtgever|klant",
    ),
    "shops": (
        "referral fee|bonus",
        "share|send *1 your|the *2 cv|resume|résumé",
    ),
    "itself": (
        *("talent acquisition", "join us", "no recruiters involved", "recruiter with|at *2 hospital"),
        *(f"i'm|am {_HEAD}", f"i'm|am the|a|an {_HEAD}", "i'm|am co founder", "i'm|am the|a|an co founder"),
        *("i'm|am one of the founders", "i'm|am the|a hiring manager", "i'm hiring a|an|my|our"),
        *("people team at|of", "lead|run talent|people at", "head of talent|people at"),
    ),
    "leads": ("i run|lead|head|manage *4 engineering|team|group|department",),
    "trade": (
        "i run|lead|head|manage *3 recruiting|recruitment|recruiters|talent|search|practice|staffing",
        "i run|lead|head|manage *3 sourcing",
    ),
    "hires": tuple(
        f"{are} {now}{hires}"
        for are in _WE_ARE
        for now in ("", "now|currently|actively ")
        for hires in ("hiring|building", "looking for")
    ),
    "hybrid": ("hybrid|hybride|hybrider|hybrides|hybriden|híbrido",),
    "days": (
        f"{_UP_TO_FOUR} {_DAYS} office|in|onsite|büro",
        f"{_UP_TO_FOUR} {_DAYS} on site",
        f"{_UP_TO_FOUR} {_DAYS} a|per|pro|par|por|in|the *1 week|woche|semaine|semana|office|onsite|büro",
    ),
    "part-remote": (
        f"{_PART_OF_IT} % home|homeoffice|remote|télétravail",
        f"{_PART_OF_IT.replace('|', '%|')}% home|homeoffice|remote|télétravail",
    ),
    "not-hybrid": ("hybrid cloud|clouds|mobile|app|apps|vehicle|vehicles|powertrain|search|infrastructure",),
    "remote": ("remote|remotely|télétravail|teletrabajo", "home office", "homeoffice", "work from anywhere"),
    "not-remote": (
        "not|no|isn't|kein|keine *1 remote",
        "remote access|sensing|monitoring|desktop|control|support",
    ),
    "on-site": (
        *("onsite|presencial", "on site", "in office", "office based", "vor ort", "sur site"),
    ),
}  # fmt: skip
_PHRASES: Final = Phrases(_SAID)


def said_in(words: list[str]) -> set[str]:
    """Return the names of what is said."""
    return _PHRASES.found_in(words)
