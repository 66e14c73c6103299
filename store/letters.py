"""Letters: templates with slots in our own words, or the user's, filled from what is known."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from store.errors import UsageError
from store.file.document import join_path
from store.ids import document_id
from store.seat import Reads
from store.transaction import Transaction

_KEY = "settings:letters"
SLOT = re.compile(r"\{([A-Za-z][A-Za-z0-9_-]*)\}")
"""A slot; its name is the first group."""

TEMPLATES: Final[Mapping[str, str]] = {
    "friend": """Hi {friend},

a recruiter wrote to me about a role that made me think of you: {role}. Why you: {why}.

I have not mentioned you to anybody. Below is what they wrote, as it came; if you are curious, write to them \
yourself, and if not, no answer is needed.

{message}

{contact}
""",
    "friend_asked": """Hi {friend},

may I mention you to a recruiter? They look for this: {role}. Why you: {why}.

I would say what you agree to, and nothing else. A no needs no reason.

{message}
""",
    "pointer": """Hello {recruiter},

thank you for thinking of me for {role}. It is not for me at present. I have passed your note on to somebody \
whom it may suit; whoever is curious will write to you. I name nobody without their leave.
""",
    "introduction": """Hello {recruiter},

thank you for thinking of me for {role}. It is not for me, but {friend} agreed that I introduce you to each \
other. Why I think of {friend}: {why}.
""",
    "call": "Hello {recruiter},\n\nthank you for {role}. Half an hour suits me; when would you ring?\n",
    "ask": """Hello {recruiter},

thank you for {role}. Before we talk: who is the employer, what is the scope and the pay, and how are you \
engaged? Please do not put my name forward yet.
""",
    "later": "Hello {recruiter},\n\nthank you for {role}. Not now; please ask me again after {date}.\n",
    "no": "Hello {recruiter},\n\nthank you for {role}. It is not for me. Do stay in touch.\n",
    "repair": """Hello {recruiter},

you wrote to me in {month} and I did not answer; that was poor of me. If {role} is settled I would still be \
glad to know how it ended.
""",
    "verify": """Hello {recruiter},

before I answer about {role}: how can I verify who you are, and whom you work for?
""",
    "thanks": "Hi {friend},\n\nthank you for your part in {role}. It is good to know people like you.\n",
    "withdraw": """Hello {recruiter},

please withdraw my name from {role} and confirm that you have done so.
""",
}
"""The letters by name, each paragraph one line, which mail programs break as they like.

Truthful in passive mode: none says that anybody is looking.
"""


class Filled(msgspec.Struct, frozen=True, gc=False):
    """A template with its slots filled as far as they are known."""

    text: str
    quoted: tuple[str, ...] = ()
    """Names in braces that came with the values: they look like slots and are none."""


def template(documents: Reads, name: str) -> str:
    """Return a template, the user's own where there is one; raises UsageError for a name there is not."""
    if name not in TEMPLATES:
        raise UsageError(f"There is no letter {name!r}.", f"Letters are {', '.join(TEMPLATES)}.")
    return _own(documents).get(name, TEMPLATES[name])


def title(name: str) -> str:
    """Return the name of a template as people read it."""
    return name.replace("_", " ")


def is_own(documents: Reads, name: str) -> bool:
    """Tell whether a template is in the user's own words."""
    return name in _own(documents)


def _own(documents: Reads) -> dict[str, str]:
    texts = (documents.get("settings", document_id(_KEY)) or {}).get("texts")
    found = texts.items() if isinstance(texts, dict) else ()
    return {name: text for name, text in found if isinstance(text, str) and text.strip()}


def set_template(transaction: Transaction, name: str, text: str) -> str:
    """Keep the user's own words for a letter; an empty text, or our own, brings ours back."""
    template(transaction, name)
    words = text.strip() + "\n"
    own = words if text.strip() and words != TEMPLATES[name] else None
    document = transaction.ensure("settings", _KEY)
    transaction.set("settings", document, join_path("texts", name), own)
    return f"Letter {title(name)}: in {'your' if own else 'our'} words"


def fill(text: str, slots: Mapping[str, str]) -> Filled:
    """Fill the slots of a template in one pass, so that nothing in a value is taken for a slot."""
    quoted: list[str] = []

    def value(slot: re.Match[str]) -> str:
        known = slots.get(slot[1])
        if not known:
            return slot[0]
        quoted.extend(SLOT.findall(known))
        return known

    return Filled(SLOT.sub(value, text), tuple(quoted))


def missing(text: str, quoted: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the slots of a text that are not filled, beside the braces that came with what others wrote."""
    not_slots = Counter(quoted)
    found = Counter(SLOT.findall(text))
    return tuple(name for name in found if found[name] > not_slots[name])
