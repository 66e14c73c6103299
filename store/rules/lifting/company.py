"""The recruiter's firm, and the company that hires: two fields, as they are often two firms."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice

from store.rules import role_words as known
from store.rules.correcting import domain_of
from store.rules.lifting.place import CITIES
from store.rules.lifting.text import Text, is_agency, lines_with, lowered

_LABELS = (
    *("client", "company", "employer", "end client", "hiring company", "firma", "unternehmen", "société"),
    "empresa",
)
_WORD = r"[A-Z][\w&'’-]*(?:\.\w[\w&'’-]*)*"
_MORE = rf"(?: (?:(?!I\b){_WORD}|&|of(?= [A-Z]))){{0,3}}"
_REST = rf"[\w&'’-]*(?:\.\w[\w&'’-]*)*{_MORE}"
_NAME = rf"({_WORD}{_MORE})"
_AT = re.compile(
    r"[A-Z](?:(?<=\sat\s[A-Z])|(?<=\swith\s[A-Z])|(?<=\sjoin\s[A-Z])|(?<=\sfor\s[A-Z])|(?<=\sbei\s[A-Z])"
    rf"|(?<=\schez\s[A-Z])){_REST}"
)
"""A name behind a word that a company stands behind; it begins with what is quickly found."""
_FROM_NAME = re.compile(
    r"[A-Z](?:(?<=\sfrom\s[A-Z])|(?<=\swith\s[A-Z])|(?<=\sat\s[A-Z])|(?<=\sof\s[A-Z])|(?<=\svon\s[A-Z]))"
    rf"{_REST}"
)
_INTRODUCED = re.compile(
    r"\b(?:(?i:this is|its|it['’]s|my name is|my name['’]s|here is|hier ist)"
    r"(?: (?!(?:from|with|at)\b)[\w.'’-]+){1,3}"
    r"|(?i:I['’]m|I am|calling|ringing|writing)) \w+\s$"
)
"""How people say over the phone, and in texts, who they are, up to the name of their firm."""
_HERE = re.compile(r"(?:^|\W)[A-Z]\w+(?: [A-Z][\w.]*)? from\s$")
_HERE_SAID = " here"
"""`Lewis from Penrose Tech here`."""
_FROM = frozenset({"from", "with", "at", "von"})
_KIND = re.compile(
    r"\b(?:an? |einem? |une? )((?:Series [A-F]|seed-stage|seed|stealth|well-funded|listed)"
    r"(?: [\w-]+){0,2}? (?:startup|start-up|company|fund|fintech|scale-up|firm|maker))\b",
)
_KINDS = frozenset({"series", "seed", "stealth", "well", "listed"})
_JOBS = known.words("""
    recruiter recruitment consultant partner sourcer talent headhunter researcher director founder associate
    principal manager personalberater personalberaterin
""")
"""What people who recruit are, each followed by their firm."""
_BEHIND_JOB = re.compile(rf"\b[^\n|,@]{{0,40}}?(?:\s(?:at|with|bei|chez|At|With)\s|[|,@]|\s[-–]\s)\s*{_NAME}")
_FIRM_LINE = re.compile(
    r"[ \t]*([A-Z][\w&.'’ -]{2,40}?\b(?:Search|Recruitment|Recruiting|Resourcing|Staffing|Talent"
    r"|Partners|Associates|Consulting|People|Executive"
    r"|Personalberatung|Placement)\b[\w&.'’ -]{0,20}?)[ \t]*(?:$|[|,·])",
)
_IN_FIRMS = known.words("""
    search recruitment recruiting resourcing staffing talent partners associates consulting people executive
    personalberatung placement
""")
_NO_NAME = known.words("""
    a an april august c2c cctc cdi confidential corp-to-corp ctc cv dear december director ectc engineer feb
    february fri friday gem greenhouse h1b head hearing hello hi i i'm i’m interim ir35 it jan january july
    june lead linkedin march may me mon monday more my new nov november oct october opt our principal q1 q2
    q3 q4 rtr sat saturday senior sep september series staff stealth sun sunday that the their they this thu
    thursday tue tuesday undisclosed us usa uk eu vp w2 we wed wednesday you your
""")
"""Words that begin no name."""
_TAIL, _HEAD = 400, 600
"""Characters of a text in which senders say whom they work for."""
_OF_READER = re.compile(
    r"\b(?:your (?:[\w-]+ ){1,3}|you(?:['’](?:ve|re)| have| had| are| were| did) (?:[\w-]+ ){0,4})"
    r"(?:at|with) $|\bleaving $|\b(?:message|call) is for $",
    re.IGNORECASE,
)
"""Before a name, where the reader works or worked there, or has it."""
_OFFERED = re.compile(
    r"\b(?:role|position|opening|opportunity|job|vacancy|join\w*|hiring|interest\w*|open)\b", re.IGNORECASE
)
_NEAR = 50
"""Characters before a name that tell whether it is where the reader works."""
_NAMES = 40
"""Names of a text that are looked at."""
_LONGEST = 60
_EDGES = " .,;'’-"
_SHORT = 3


def firm_in(text: Text) -> str:
    """Return the firm that the sender works for, where their signature or first sentence says so."""
    if text.sender.firm:
        return ""
    head = text.body[:_HEAD]
    if text.has(_FROM) and (named := _introduced(head, text)):
        return named
    jobs = _JOBS & text.vocabulary
    in_firms = _IN_FIRMS & text.vocabulary
    tail = f"{text.body[-_TAIL:]}\n{text.signature}"
    for words in (tail, head) if len(text.body) > _TAIL else (tail,):
        if jobs and (named := _behind_job(words, jobs, text)):
            return named
        if named := next((each for each in _names_in(words, text) if _is_their_own(each, text)), ""):
            return named
        if (
            in_firms
            and (named := _on_a_line(words, in_firms))
            and named.casefold() != text.sender.name.casefold()
        ):
            return named
    return ""


def company_in(text: Text, in_subject: Sequence[str], firm: str, mandate: str) -> str:
    """Return the company that hires, or what it is said to be where it is not named.

    `in_subject` holds the names of the subject.
    """
    labelled = text.labelled(*_LABELS)
    if labelled and labelled.split()[0].casefold() not in _NO_NAME:
        return labelled.rstrip(" .,;")[:_LONGEST]
    for name in chain(in_subject, _names_in(text.body, text)):
        theirs = mandate != "in-house" and _is_their_own(name, text)
        if name.casefold() != firm.casefold() and not theirs and not _is_of(name, text):
            return name
    domain = domain_of(text.sender)
    if mandate == "in-house" and domain and not is_agency(domain):
        name = domain.split(".")[-2].replace("-", " ") if "." in domain else domain
        return name.title()[:_LONGEST]
    kind = _KIND.search(text.body) if text.has(_KINDS) else None
    return f"undisclosed ({kind[1].strip()})"[:_LONGEST] if kind else ""


def hiring_itself(text: Text, in_subject: Sequence[str]) -> str:
    """Return the sender's own company where a subject offers a role there, an empty text elsewhere."""
    own = (name for name in in_subject if not is_agency(name.casefold()) and _is_their_own(name, text))
    return next(own, "")


def _introduced(words: str, text: Text) -> str:
    """Return the firm of which somebody says to be."""
    for found in islice(_FROM_NAME.finditer(words), _NAMES):
        start, end = found.span()
        before = words[max(start - _NEAR, 0) : start]
        here = words[end : end + len(_HERE_SAID)] == _HERE_SAID and _HERE.search(before)
        if (here or _INTRODUCED.search(before)) and (name := _clean(found[0], text)):
            return name
    return ""


def _behind_job(words: str, jobs: frozenset[str], text: Text) -> str:
    """Return the name behind the first of some jobs that has one."""
    lower = lowered(words)
    found: list[tuple[int, str]] = []
    for job in jobs:
        start = lower.find(job)
        while start >= 0:
            behind = (
                None if lower[start - 1 : start].isalnum() else _BEHIND_JOB.match(words, start + len(job))
            )
            if behind is not None and (name := _clean(behind[1], text)):
                found.append((start, name))
                break
            start = lower.find(job, start + len(job))
    return min(found, default=(0, ""))[1]


def _on_a_line(words: str, in_firms: frozenset[str]) -> str:
    """Return the first line that is the name of a firm by one of some words."""
    for line in lines_with(words, in_firms):
        if found := _FIRM_LINE.match(line):
            return found[1].strip(_EDGES)[:_LONGEST]
    return ""


def names_in_subject(text: Text) -> list[str]:
    """Return the names that a subject holds behind `at` and the like."""
    return list(_names_in(text.subject, text))


def _names_in(words: str, text: Text) -> Iterator[str]:
    """Yield the names behind `at`, `with`, `for`."""
    for found in islice(_AT.finditer(words), _NAMES):
        name = _clean(found[0], text)
        if name and not _is_of_reader(words[max(found.start() - _NEAR, 0) : found.start()]):
            yield name


def _is_of_reader(before: str) -> bool:
    """Tell whether the words before a name say that the reader works, or worked, there."""
    found = _OF_READER.search(before)
    return found is not None and _OFFERED.search(found[0]) is None


def _is_their_own(name: str, text: Text) -> bool:
    """Tell whether a name is that of an agency, or stands in the sender's own domain."""
    if is_agency(name.casefold()):
        return True
    plain = _letters(name)
    return len(plain) > _SHORT and plain in _letters(domain_of(text.sender).rpartition(".")[0])


@lru_cache(maxsize=1_024)
def _letters(name: str) -> str:
    """Return a name's letters and digits, in lower case."""
    return "".join(filter(str.isalnum, name.casefold()))


def _clean(name: str, text: Text) -> str:
    """Return a name without what stands around it, an empty text where it is none of a firm."""
    name = name.strip(_EDGES)
    words = name.casefold().split(" ")
    if not name or words[0] in _NO_NAME or words[0].isdigit():
        return ""
    if (
        name.casefold() in CITIES
        or known.DOMAINS.issuperset(words)
        or words[-1].removesuffix("s") in known.HEADS
    ):
        return ""
    if words[0] in text.reader:
        return ""
    return name[:_LONGEST]


def _is_of(name: str, text: Text) -> bool:
    """Tell whether a name is the sender's own, or a role."""
    return (
        name.casefold() in text.sender.name.casefold()
        or name.casefold() in text.subject.casefold().split("at ")[0]
    )
