"""HTML bodies read as text: blocks are lines, what is hidden is gone, quotes are marked."""

import pytest

from store.sources.html import to_text
from support import no_hang


def test_inline_tags_do_not_split_words() -> None:
    """Bold words stay in their sentence, blocks and breaks end lines."""
    html = "<div>I'm hiring a <b>Staff</b> Engin<i>eer</i>.<br>Call&nbsp;me</div><p>One</p><p>Two</p>\n"
    html += "<div>a</div><div>b</div>"
    assert to_text(html) == "I'm hiring a Staff Engineer.\nCall me\n\nOne\n\nTwo\n\na\nb"


def test_lists_tables_and_code() -> None:
    """Lists get dashes, cells a space, and preformatted text keeps its lines."""
    html = "<ul><li>one<li>two</ul><table><tr><td>a</td><td>b</td></tr><tr><td>c</table><pre>x\n  y</pre>"
    assert to_text(html) == "- one\n- two\na b\nc\nx\n  y"


@pytest.mark.parametrize(
    "style",
    ["display:none", "visibility: hidden;", "mso-hide:all", "max-height:0px", "opacity:0", "font-size:0"],
)
def test_hidden_preheaders_are_removed(style: str) -> None:
    """What a reader would not see must not be read."""
    hidden = f'<div style="color:#fff;{style}">Preview \u034f\u00a0\u200c</div>'
    html = f"<style>p {{}}</style>{hidden}<p>Hi Robin</p>"
    assert to_text(html) == "Hi Robin"


def test_visible_styles_stay() -> None:
    """Part opacity and a small line are no hiding."""
    assert to_text('<p style="opacity:0.9;font-size:0.9em;max-height:0.5em">Hi</p>') == "Hi"


@pytest.mark.parametrize(
    "quote",
    [
        '<div class="gmail_quote">On Monday:<blockquote class="gmail_quote">old</blockquote></div>',
        '<blockquote type="cite">old</blockquote>',
        '<div id="appendonsend"></div><hr><div>From: Robin</div><p>old</p>',
        '<hr id="stopSpelling"><div>old</div>',
        '<div class="yahoo_quoted">old</div>',
        '<span id="OLK_SRC_BODY_SECTION"><div>old</div></span>',
    ],
)
def test_quotes_are_marked(quote: str) -> None:
    """What mail programs mark as quoted becomes lines with a mark, and nothing else does."""
    lines = to_text(f"<div>new</div>{quote}").split("\n")
    assert lines[0] == "new"
    assert all(line.startswith(">") for line in lines[1:] if line)
    assert lines[-1].endswith("old")


def test_links_beside_each_other() -> None:
    """The words of a link are those inside it, also where they are bold, and no others."""
    html = '<p><a href="https://x.example">x.<b>example</b></a> or <a href="https://y.example">it</a></p><p>z</p>'
    assert to_text(html) == "x.example or it <https://y.example>\n\nz"


@pytest.mark.parametrize(
    ("link", "shown", "text"),
    [
        ("https://cal.example/dana", "Book a call", "Book a call <https://cal.example/dana>"),
        ("https://cal.example/dana", "cal", "cal <https://cal.example/dana>"),
        ("https://cal.example/dana", "see https://cal.example/dana now", "… <https://cal.example/dana>"),
        ("https://x.example", "https://x.example/", "https://x.example/"),
        ("https://x.example/", "X.example", "X.example"),
        ("mailto:dana@x.example", "dana@x.example", "dana@x.example"),
        ("mailto:dana@x.example", "mail me", "mail me <mailto:dana@x.example>"),
        ("tel:+12025550132", "call me", "call me <tel:+12025550132>"),
        ("https://t.example/" + "x" * 1_900, "a time", "a time <https://t.example/" + "x" * 1_900 + ">"),
        ("https://t.example/" + "x" * 2_000, "a time", "a time"),
        ("javascript:x()", "click", "click"),
    ],
)
def test_links(link: str, shown: str, text: str) -> None:
    """A link is shown behind its words unless they are the link; only what no program opens goes."""
    assert to_text(f'<a href="{link}">{shown}</a>') == text.replace("…", shown)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 200_000 + "Hi",
        "<b>" * 100_000 + "Hi",
        "<" * 500_000,
        "<p>x" * 100_000,
        "<a href=tel:1><table><td>" * 900 + "t " * 200_000,
    ],
)
def test_endless_html_takes_a_moment(html: str) -> None:
    """Nesting without end must cost time in proportion, not its square."""
    with no_hang():
        to_text(html)
