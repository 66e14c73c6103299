"""Letters: templates with slots in our own words, or the user's, filled from what is known."""

import re
from collections.abc import Mapping
from typing import Final

import msgspec

from store.errors import UsageError
from store.file.document import join_path
from store.ids import document_id
from store.seat import Reads
from store.transaction import Transaction

_KEY = "settings:letters"
_SLOT = re.compile(r"\{([a-z_]+)\}")

TEMPLATES: Final[Mapping[str, str]] = {
    "friend": """Hi {friend},

a recruiter wrote to me about a role that made me think of you: {role}. Why you: {why}.

I have not mentioned you to anybody. Below is what they wrote, as it came; if you are curious, write to them
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

thank you for thinking of me for {role}. It is not for me at present. I have passed your note on to somebody
whom it may suit; whoever is curious will write to you. I name nobody without their leave.
""",
    "introduction": """Hello {recruiter},

thank you for thinking of me for {role}. It is not for me, but {friend} agreed that I introduce you to each
other. Why I think of {friend}: {why}.
""",
    "call": "Hello {recruiter},\n\nthank you for {role}. Half an hour suits me; when would you ring?\n",
    "ask": """Hello {recruiter},

thank you for {role}. Before we talk: who is the employer, what is the scope and the pay, and how are you
engaged? Please do not put my name forward yet.
""",
    "later": "Hello {recruiter},\n\nthank you for {role}. Not now; please ask me again after {date}.\n",
    "no": "Hello {recruiter},\n\nthank you for {role}. It is not for me. Do stay in touch.\n",
    "repair": """Hello {recruiter},

you wrote to me in {month} and I did not answer; that was poor of me. If {role} is settled I would still be
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
"""The letters by name. Truthful in passive mode: none says that anybody is looking."""


class Letter(msgspec.Struct, frozen=True, gc=False):
    """A filled letter."""

    text: str
    missing: tuple[str, ...] = ()
    """Slots that nothing is known for; while there are any, it is not ready."""


def template(documents: Reads, name: str) -> str:
    """Return a template, the user's own where there is one; raises UsageError."""
    if name not in TEMPLATES:
        raise UsageError(f"There is no letter {name!r}.", f"Letters are {', '.join(TEMPLATES)}.")
    own = documents.get("settings", document_id(_KEY)) or {}
    texts = own.get("texts")
    text = texts.get(name) if isinstance(texts, dict) else None
    return text if isinstance(text, str) and text.strip() else TEMPLATES[name]


def set_template(transaction: Transaction, name: str, text: str) -> str:
    """Keep the user's own words for a letter; an empty text brings ours back."""
    template(transaction, name)
    document = transaction.ensure("settings", _KEY)
    transaction.set(
        "settings", document, join_path("texts", name), text.strip() + "\n" if text.strip() else None
    )
    return f"Letter {name}"


def fill(text: str, slots: Mapping[str, str]) -> Letter:
    """Fill the slots of a template in one pass, so that nothing in a value is taken for a slot."""
    missing = tuple(dict.fromkeys(name for name in _SLOT.findall(text) if not slots.get(name)))
    return Letter(_SLOT.sub(lambda slot: slots.get(slot[1]) or slot[0], text), missing)
