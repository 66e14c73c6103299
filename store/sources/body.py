"""Which text of a mail is its body, and what else it carries."""

import re
from urllib.parse import unquote

from store.records.message import Attachment
from store.sources.flowed import unflow
from store.sources.parts import Part
from store.sources.text import one_line
from store.sources.words import received

_SHORT = 40
"""Characters below which a plain part may be only a stub of the HTML one."""
_RICHER = 3
_STUB = re.compile(
    r"(?:this (?:e-?mail|message) (?:requires|is in|contains) html|view (?:this (?:e-?mail"
    r"|message) )?in (?:your |a )?browser"
    r"|your (?:e-?mail )?client (?:does not|doesn't|cannot) (?:support|display)|html (?:only|required))",
    re.IGNORECASE,
)
_NOT_IN_NAMES = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LONGEST_NAME = 120
PARTS_CUT = "\n\n[Cut here: the message has more parts than are looked at. Its source has the rest.]"


def text_of(part: Part) -> str:
    """Return the text to read of a part: of alternatives the plain one, unless it is a stub."""
    if part.type == "text/html":
        return _html(part)
    if part.words():
        return _plain(part)
    if part.type == "multipart/alternative":
        return _best(part)
    if part.type.startswith("multipart/"):
        texts = [text_of(child) for child in part.children if not _is_file(child)]
        return "\n\n".join(text.strip("\n") for text in texts if text.strip())
    return ""


def _plain(part: Part) -> str:
    text = part.text()
    if part.settings.get("format", "").lower() == "flowed":
        text = unflow(
            text.replace("\r\n", "\n"), delete_space=part.settings.get("delsp", "").lower() == "yes"
        )
    return text


def _html(part: Part) -> str:
    from store.sources.html import to_text

    return to_text(part.text())


def _best(part: Part) -> str:
    """Choose among alternatives; HTML is only looked at where the plain part does not do."""
    plain = next((text_of(child) for child in part.children if child.type == "text/plain"), "")
    words = plain.strip()
    if len(words) >= _SHORT and not (len(words) < 400 and _STUB.search(words)):
        return plain
    others = [child for child in part.children if child.type != "text/plain" and not _is_file(child)]
    rich = next((text for text in map(text_of, reversed(others)) if text.strip()), "")
    richer = len(rich.strip()) > _RICHER * len(words)
    return rich if not words or richer or (rich and _STUB.search(words)) else plain


def _is_file(part: Part) -> bool:
    return part.type == "message/rfc822" or (part.attached() and not part.children)


def forwarded(root: Part) -> str:
    """Return the messages that were attached whole, and those attached to them, as text."""
    texts = []
    for part in root.leaves():
        if part.type == "message/rfc822" and part.children:
            inner = part.children[0]
            heads = [
                f"{name}: {received(inner.headers.first(name.lower()))}"
                for name in ("From", "Date", "Subject")
            ]
            texts.append("\n".join([*heads, "", text_of(inner).strip("\n")]))
            if further := forwarded(inner):
                texts.append(further)
    return "\n\n".join(texts)


def attachments(root: Part) -> tuple[Attachment, ...]:
    """List the files a mail carries. Pictures that its HTML shows in place are none."""
    return tuple(map(described, attached(root)))


def attached(root: Part) -> list[Part]:
    """Return the parts of a mail that are files, in their order."""
    if not root.children and root.words():
        return []
    return [part for part in root.leaves() if _listed(part)]


def described(part: Part) -> Attachment:
    """Return what is kept of a file."""
    return Attachment(name=_safe_name(_name(part)), type=one_line(part.type, 80), size=part.size())


def _listed(part: Part) -> bool:
    if part.words() and not part.attached():
        return False
    shown = part.type.startswith("image/") and "content-id" in part.headers
    return not shown or part.headers.first("content-disposition")[:10].lower() == "attachment"


def _name(part: Part) -> str:
    name = part.name()
    if not name and part.type == "message/rfc822" and part.children:
        subject = received(part.children[0].headers.first("subject"))
        return (subject.replace("/", "-").replace("\\", "-") or "message") + ".eml"
    return unquote(name) if "%" in name and " " not in name else name


def _safe_name(name: str) -> str:
    """Return the last part of a file name without what could mislead, at most 120 bytes."""
    name = _NOT_IN_NAMES.sub("", one_line(name.replace("\\", "/").rsplit("/", 1)[-1], 200))
    while len(name.encode()) > _LONGEST_NAME:
        stem, dot, ending = name.rpartition(".")
        name = f"{stem[:-1]}.{ending}" if dot and len(ending) <= 8 and stem else name[:-1]
    return name
