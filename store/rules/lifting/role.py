"""The role: behind a label, in the subject, or in the sentence that offers it."""

import re

from store.rules import role_words as known
from store.rules.lifting.text import Text, lines_with, lowered
from store.rules.role import Named, role_in, roles_in

_LABELS = ("job title", "title", "role", "position", "job role", "stelle", "poste", "puesto")
_TRAILER = re.compile(
    r"\s*[\[(](?:m/?w/?[dx]|m/v/x|f/?m/?[dx]|all genders|w/?m/?d|h/?f)[^\])]{0,20}[\])]", re.IGNORECASE
)
_SENTENCE = re.compile(
    r"[!?;:.atw](?:(?<=[!?;:])|(?<=\.)(?<!\b[SsJj]r\.)\s|(?<=\ba)nd (?=(?:your?|we|i|our)\b)"
    r"|(?<=\bt)hat\b|(?<=\bw)h(?:o|om|ich)\b)"
)
"""Where a sentence, or what it says of one thing, ends; it begins with what is quickly found."""
_SELF = re.compile(
    r"[imjsw](?<!\w[imjsw])(?:(?<=i)(?: am|'m|’m|ch bin)|(?<=m)y name is|(?<=j)e suis|(?<=s)oy"
    r"|(?:(?<=i)|(?<=w)e) (?:run|lead|head))\b"
)
_NOT_OF_SELF = re.compile(
    r"\b(?:calling|hiring|looking|recruiting|searching|seeking|trying|working|writing|reaching|got|have|need"
    r"|auf der suche|à la recherche|suche)\b",
    re.IGNORECASE,
)
_OF_SELF = 80
"""Characters in which senders say who they are themselves."""
_SEEKING = known.words("""
    appoint find hire hiring looking need needed needs opening recruit recrute recruiting search searching
    seeking seek suche suchen sucht wants zoek zoekt busca buscamos vacancy
""")
_OFFERING = known.words("""
    a an another as de des ein eine einen first for new next son the un une für voor
""")
_HELD = known.words("her his its my our their unser unsere")
"""Before a role that somebody holds, unless it is to be filled."""
_CALLED = known.words("job opening opportunity position requirement role stelle vacancy")
_SIMPLE = known.HEADS | known.OFFICES | known.LEADING
_HEADS = _SIMPLE | {f"{head}s" for head in _SIMPLE}
"""Words that each role has one of, unless it is written as one word with its domain."""
_COMPOUNDED = tuple(part for part in known.COMPOUNDED if not part.endswith("in"))
_GERMAN = known.words("bei d der die für gesucht ich im m sie und w wir")
_HEADING = 80
"""Characters of a first line that may be a title."""
_FEWEST_WORDS = 2
_SENTENCES = 60
_LONGEST = 400


def role_of(text: Text) -> str:
    """Return the role, an empty text where none is named for certain."""
    heads = _heads_in(text)
    if not heads:
        return ""
    labelled = text.labelled(*_LABELS)
    if labelled and (found := role_in(_without_trailer(labelled))):
        return found
    if found := role_in(_without_trailer(text.subject)):
        return found
    heading = text.body.partition("\n")[0]
    if len(heading) <= _HEADING and _holds(heading, heads) and (found := _titled(heading)):
        return found
    return _offered_in(text.body, heads)


def _titled(line: str) -> str:
    """Return the first role of a line that may be a title, an empty text where it is somebody's."""
    for named in roles_in(_without_trailer(line)):
        if named.after in _CALLED or _HELD.isdisjoint(named.before[-1:]):
            return named.role
    return ""


def _heads_in(text: Text) -> tuple[str, ...]:
    """Return the words of a text that a role may end with, or be called by."""
    heads = _HEADS & text.vocabulary
    if not text.has(_GERMAN):
        return tuple(heads)
    lower = f"{text.subject}\n{text.body}".lower()
    return (*heads, *(part for part in _COMPOUNDED if part in lower))


def _holds(words: str, heads: tuple[str, ...]) -> bool:
    lower = words.lower()
    return any(head in lower for head in heads)


def _without_trailer(words: str) -> str:
    """Return words without a `(m/w/d)`."""
    return _TRAILER.sub("", words) if "(" in words or "[" in words else words


def _offered_in(body: str, heads: tuple[str, ...]) -> str:
    """Return the role that a sentence offers most clearly, of several as clear the first."""
    best, most, left = "", 0, _SENTENCES
    for line in lines_with(body, heads):
        for sentence in _SENTENCE.split(line)[:left]:
            if not _holds(sentence, heads):
                continue
            left -= 1
            for named in roles_in(_without_trailer(_without_self(sentence[:_LONGEST]))):
                if (score := _score(named)) > most:
                    best, most = named.role, score
    return best


def _score(named: Named) -> int:
    """Return how clearly a role is offered, 0 where it is only mentioned."""
    words = len(named.role.split())
    if words < _FEWEST_WORDS and not named.role.isupper():
        return 0
    near = named.before[-1:]
    offered = 2 * (not _SEEKING.isdisjoint(named.before)) + 2 * (named.after in _CALLED)
    offered += not _OFFERING.isdisjoint(near)
    return min(words, _FEWEST_WORDS + 1) + offered if offered else 0


def _without_self(sentence: str) -> str:
    """Return a sentence without what its sender says of themselves."""
    found = _SELF.search(lowered(sentence))
    if found is None:
        return sentence
    stop = _NOT_OF_SELF.search(sentence, found.end(), found.end() + _OF_SELF)
    return sentence[: found.start()] + " " + sentence[stop.start() if stop else found.end() + _OF_SELF :]
