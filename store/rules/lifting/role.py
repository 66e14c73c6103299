"""The role: behind a label, in the subject, or in the sentence that offers it."""

import re

from store.rules.lifting.text import Text
from store.rules.role import role_in

_LABELS = ("job title", "title", "role", "position", "job role", "stelle", "poste", "puesto")
_OFFER = re.compile(
    r"\b(?:hiring|looking for|seeking|need|needs|wants|searching for|as|our|their|recruiting|for|opening for"
    r"|the|a|an|suchen|recrute|de)\s+(?:a |an |our |their |your |its |his |her |for |first |new "
    r"|einen |eine |son |un )*"
    r"([^\n.!?;:]{3,80})",
    re.IGNORECASE,
)
_TRAILER = re.compile(r"\s*[\[(](?:m/?w/?d|f/?m/?d|all genders|w/?m/?d|h/?f)[^\])]{0,20}[\])]", re.IGNORECASE)
_SELF = re.compile(
    r"\b(?:i am|i'm|i’m|my name is|ich bin|je suis|soy)\b[^\n.!?]{0,80}|\b(?:i|we) (?:run|lead"
    r"|head)\b[^\n.!?]{0,60}",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\b(?:and (?:your|you|we|i|our)|who|whom|that|which|to|where)\b", re.IGNORECASE)
_HEADING = 80
"""Characters of a first line that may be a title."""
_FEWEST_WORDS = 2


def role_of(text: Text) -> str:
    """Return the role, an empty text where none is named for certain."""
    labelled = text.labelled(*_LABELS)
    if labelled and (found := role_in(_TRAILER.sub("", labelled))):
        return found
    if found := role_in(_TRAILER.sub("", text.subject)):
        return found
    heading = text.body.partition("\n")[0]
    if len(heading) <= _HEADING and (found := role_in(_TRAILER.sub("", heading))):
        return found
    body = _SELF.sub(" ", text.body)
    offers = [role_in(_GOES_ON.split(_TRAILER.sub("", offer[1]))[0]) for offer in _OFFER.finditer(body)]
    named = [role for role in offers if role]
    best = max(named, key=lambda role: min(len(role.split()), _FEWEST_WORDS + 1), default="")
    return best if len(best.split()) >= _FEWEST_WORDS or best.isupper() else ""
