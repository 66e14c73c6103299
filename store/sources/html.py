"""HTML bodies to text: blocks become lines, what is hidden goes, quoted blocks become lines with `> `.

Reading stays with the text: nothing is loaded, no style but the hiding ones is looked at.
"""

import re
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MOST_HTML = 2_000_000
"""Characters of HTML looked at."""
_DEEPEST_QUOTE = 12
_LONGEST_LINK = 2_000
_NODES_IN_LINK = 200
_SCHEME = re.compile(r"https?://|mailto:|tel:", re.IGNORECASE)

_DROPPED = frozenset(
    (
        "script",
        "style",
        "head",
        "title",
        "meta",
        "link",
        "noscript",
        "template",
        "svg",
        "object",
        "iframe",
        "select",
    )
)
_BLOCKS = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "pre",
        "section",
        "table",
        "tbody",
        "thead",
        "tfoot",
        "tr",
        "ul",
    )
)
_PARAGRAPHS = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6"))
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|max-height\s*:\s*0(?![.\d])"
    r"|opacity\s*:\s*0(?![.\d])|font-size\s*:\s*0(?![.\d])",
    re.IGNORECASE,
)
_QUOTE_CLASSES = frozenset(("gmail_quote", "gmail_extra", "yahoo_quoted", "OutlookMessageHeader"))
_QUOTE_IDS = frozenset(("OLK_SRC_BODY_SECTION",))
_QUOTE_FROM_IDS = frozenset(("appendonsend", "divRplyFwdMsg", "stopSpelling", "mailbox-conversation"))
"""What carries one of these ids begins the quote, and all that follows beside it belongs to it."""
_DEEPEST = 3_000
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_ANY_TAG = re.compile(r"<[^<>]*>?")
_VOID = frozenset(
    (
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "li",
        "link",
        "meta",
        "p",
        "source",
        "td",
        "th",
        "tr",
        "wbr",
    )
)
_SPACE = re.compile(r"[ \t\n\r\f\u00a0\u00ad\u034f\u200b\u200c\u2007]+")
_BLANK_LINES = re.compile(r"\n{3,}")


class _Writer:
    """Text as it grows: collapses space as a browser does and puts quote marks before lines."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.depth = 0
        self._written_depth = 0
        self._breaks = 0
        self._space = False
        self._fresh = True

    def line(self, count: int = 1) -> None:
        """Ask for a line end (2: an empty line) before whatever comes next."""
        self._breaks = max(self._breaks, count)
        self._space = False

    def hard_break(self) -> None:
        self._breaks += 1
        self._space = False

    def words(self, text: str) -> None:
        plain = _SPACE.sub(" ", text)
        if plain == " " or not plain:
            self._space = self._space or bool(plain)
            return
        body = plain.strip(" ")
        if not body:
            return
        if self._start_line():
            self.pieces.append(body)
        else:
            self.pieces.append(" " + body if self._space or plain[0] == " " else body)
        self._space = plain[-1] == " "

    def verbatim(self, text: str) -> None:
        for number, line in enumerate(text.split("\n")):
            if number:
                self.hard_break()
            if line.strip():
                self._start_line()
                self.pieces.append(line.rstrip())

    def _start_line(self) -> bool:
        """Write the line ends asked for; return whether a new line begins."""
        if not self._breaks and not self._fresh:
            return False
        mark = "> " * self.depth
        ends = 0 if self._fresh else min(self._breaks, 2)
        if ends == 2:
            self.pieces.append("\n" + ("> " * min(self.depth, self._written_depth)).rstrip())
        self._written_depth = self.depth
        self.pieces.append(("\n" if ends else "") + mark)
        self._breaks = 0
        self._fresh = False
        return True


def to_text(html: str) -> str:
    """Return what a reader of the HTML would see, as text."""
    html = html[:MOST_HTML].replace("\0", "")
    if is_too_deep(html):
        return _without_tags(html)
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(html).root
    writer = _Writer()
    if root is not None:
        _walk(root, writer)
    return _BLANK_LINES.sub("\n\n", "".join(writer.pieces))


def is_too_deep(html: str) -> bool:
    """Tell whether elements nest as no program writes them: parsing takes the square of that."""
    return html.count("<") > _DEEPEST and _deepest(html) > _DEEPEST


def _deepest(html: str) -> int:
    """Estimate how deep elements nest; an end that nothing began ends nothing."""
    depth = deepest = 0
    begun: dict[str, int] = {}
    for end, written in _TAG.findall(html):
        name = written.lower()
        if name in _VOID:
            continue
        if not end:
            begun[name] = begun.get(name, 0) + 1
            depth += 1
            deepest = max(deepest, depth)
        elif begun.get(name):
            begun[name] -= 1
            depth -= 1
    return deepest


def _without_tags(html: str) -> str:
    """Return the text of HTML that no program would write, crudely."""
    return unescape(_SPACE.sub(" ", _ANY_TAG.sub(" ", html))).strip()


def _walk(root: "LexborNode", writer: _Writer) -> None:
    """Visit the tree without recursion: a mail may nest its blocks as deep as it likes."""
    stack: list[tuple[LexborNode | None, str, int]] = [(root, "", 0)]
    while stack:
        node, closing, depth = stack.pop()
        if node is None:
            _close(closing, writer, depth)
            continue
        following = node.next
        if following is not None:
            ends_quote_here = _begins_rest(node) and depth < _DEEPEST_QUOTE
            stack.append((following, "", depth + ends_quote_here))
        writer.depth = depth
        _visit(node, writer, stack)


def _visit(node: "LexborNode", writer: _Writer, stack: "list[tuple[LexborNode | None, str, int]]") -> None:
    tag = node.tag or ""
    if tag == "-text":
        text = node.text_content or ""
        writer.verbatim(text) if _in_pre(node) else writer.words(text)
        return
    if tag.startswith(("-", "!")) and node.child is None:
        return
    if tag == "br":
        writer.hard_break()
        return
    attributes = node.attributes if tag not in ("html", "body") else {}
    if tag in _DROPPED or _hidden(attributes):
        return
    depth = writer.depth
    inner = _quote_depth(tag, attributes, depth)
    _open(tag, writer, inner)
    stack.append((None, _closing(tag, attributes, node), depth))
    child = node.child
    if child is not None:
        stack.append((child, "", inner))


def _open(tag: str, writer: _Writer, depth: int) -> None:
    if tag in _PARAGRAPHS:
        writer.line(2)
    elif tag in _BLOCKS or depth != writer.depth:
        writer.line()
    elif tag in ("td", "th"):
        writer.words(" ")
    writer.depth = depth
    if tag == "li":
        writer.words("- ")


def _closing(tag: str, attributes: dict[str, str | None], node: "LexborNode") -> str:
    """Return what is to happen behind an element: its tag, or the link to write."""
    if tag != "a":
        return tag
    link = (attributes.get("href") or "").strip()
    if len(link) > _LONGEST_LINK or not _SCHEME.match(link):
        return ""
    shown = _shown(node, len(link) + 10)
    return f"<{link}>" if shown and _bare(shown) != _bare(link) else ""


def _shown(node: "LexborNode", most: int) -> str:
    """Return the text in a link, or as much as tells that it is longer: links may nest by the thousand."""
    text = ""
    for inner in islice(node.traverse(include_text=True), _NODES_IN_LINK):
        if inner.tag == "-text":
            text += (inner.text_content or "").strip()
            if len(text) > most:
                break
    return text


def _bare(link: str) -> str:
    return _SCHEME.sub("", link, count=1).rstrip("/").lower()


def _close(closing: str, writer: _Writer, depth: int) -> None:
    if closing.startswith("<"):
        writer.words(f" {closing}")
    elif closing in _PARAGRAPHS:
        writer.line(2)
    elif closing in _BLOCKS:
        writer.line()
    elif closing in ("td", "th"):
        writer.words(" ")
    writer.depth = depth


def _in_pre(node: "LexborNode") -> bool:
    parent = node.parent
    return parent is not None and parent.tag in ("pre", "textarea")


def _hidden(attributes: dict[str, str | None]) -> bool:
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    return bool(style) and _HIDING.search(style or "") is not None


def _quote_depth(tag: str, attributes: dict[str, str | None], depth: int) -> int:
    """Return how deep inside quotes the content of this element is."""
    kind = attributes.get("class") or ""
    if tag == "blockquote" and ("gmail_quote" in kind or attributes.get("type") == "cite"):
        return min(depth + 1, _DEEPEST_QUOTE)
    quotes = tag == "div" and not _QUOTE_CLASSES.isdisjoint(kind.split())
    return max(depth, 1) if quotes or attributes.get("id") in _QUOTE_IDS else depth


def _begins_rest(node: "LexborNode") -> bool:
    """Whether all that follows beside this node belongs to a quote."""
    return node.tag in ("div", "hr") and (node.attributes.get("id") or "") in _QUOTE_FROM_IDS
