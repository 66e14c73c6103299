"""Text from strangers, as it reaches the terminal."""

import re
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text import _COMMON, _PLAIN, Safe, fit, pad, safe, width

FORBIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
ANY_TEXT = st.text(st.characters(exclude_categories=()))
HOSTILE = "a\x1b\x07\x9b\x00\u202e\u200d\u0301\u0489\ud800\n\r\t界\ufeff\u2800\U000e0041"
HOSTILE_TEXT = st.text(st.sampled_from(HOSTILE))


@given(ANY_TEXT | HOSTILE_TEXT)
def test_nothing_a_terminal_obeys_passes(text: str) -> None:
    """Whatever comes in, no control, format, surrogate, private or separator character comes out."""
    assert not {unicodedata.category(character) for character in safe(text)} & FORBIDDEN


@given(ANY_TEXT | HOSTILE_TEXT)
def test_the_gate_is_passed_twice_unchanged(text: str) -> None:
    """Safe text is left as it is, in both forms."""
    once, lines = safe(text), safe(text, newlines=True)
    assert safe(once) == once
    assert safe(lines, newlines=True) == lines


@given(ANY_TEXT)
def test_only_line_feeds_break_lines(text: str) -> None:
    """With newlines kept, each other line of the result is as safe as a single line."""
    for line in safe(text, newlines=True).split("\n"):
        assert safe(line) == line


def test_plain_text_is_what_normalisation_leaves_alone() -> None:
    """Each character that skips the closer look is assigned, composed and harmless."""
    for character in re.findall(f"[{_PLAIN}]", "".join(map(chr, range(sys.maxunicode + 1)))):
        assert unicodedata.category(character) not in FORBIDDEN | {"Mn", "Me", "Zs"} or character == " "
        assert unicodedata.is_normalized("NFC", character)


def test_what_is_frequent_is_plain() -> None:
    """A line of such characters alone is as harmless as one that was looked through."""
    assert re.fullmatch(f"[{_PLAIN}]+", "".join(sorted(_COMMON)))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Dana Whitfield", "Dana Whitfield"),
        ("\x1b[31mred\x1b[m", "␛[31mred␛[m"),
        ("\x1b]52;c;ZXZpbA==\x07", "␛]52;c;ZXZpbA==␇"),
        ("\x9b2J\x7f", "\ufffd2J␡"),
        ("invoice\u202egpj.exe", "invoice\ufffdgpj.exe"),
        ("\u2068Dana\u2069", "Dana"),
        ("pay\u200bpal\u00ad", "paypal"),
        ("two\r\nlines\there", "two lines here"),
        ("\ud83d", "\ufffd"),
        ("\ufffe\U0010ffff\ue000", "\ufffd\ufffd\ufffd"),
        ("a\u00a0b\u2003c\u3000d\u3164", "a b c d"),
        ("hi\U000e0041\U000e0042", "hi"),
        ("\ufff9annotated\ufffb", "annotated"),
        ("👩\u200d👧 👍\U0001f3fd ☎\ufe0f", "👩👧 👍 ☎"),
        ("Zoe\u0308", "Zo\xeb"),
        ("[URGENT] [/b]", "[URGENT] [/b]"),
    ],
)
def test_what_is_shown_of_it(text: str, shown: str) -> None:
    """Controls show as pictures, the invisible is left out, names stay names."""
    assert safe(text) == shown


def test_lines_are_kept_where_asked() -> None:
    """Every kind of line break becomes a line feed, a tab four spaces."""
    assert safe("a\r\nb\rc\u2028d\te", newlines=True) == "a\nb\nc\nd    e"


@pytest.mark.parametrize("separator", ["", "\u200d", "\u200b"])
def test_stacked_marks_are_cut_short(separator: str) -> None:
    """A letter keeps four marks, however many invisible characters hide between them."""
    shown = safe("z" + (separator + "\u0489") * 60 + "a\u0489")
    assert shown == "z" + "\u0489" * 4 + "a\u0489"


@given(ANY_TEXT, st.integers(0, 12), st.booleans())
def test_a_padded_text_is_as_wide_as_asked(text: str, columns: int, right: bool) -> None:
    """Cut or filled, with wide characters and marks or without, the columns are met exactly."""
    assert width(pad(safe(text), columns, right=right)) == columns


@pytest.mark.parametrize(
    ("text", "columns", "shown"),
    [
        ("Engineering Manager", 19, "Engineering Manager"),
        ("Engineering Manager", 13, "Engineering…"),
        ("日本語", 5, "日本…"),
        ("日本語", 4, "日…"),
        ("ab", 1, "…"),
        ("ab", 0, ""),
    ],
)
def test_a_text_that_does_not_fit_says_so(text: str, columns: int, shown: str) -> None:
    """A cut ends with the ellipsis, never splits a wide character and never goes beyond its columns."""
    assert fit(Safe(text), columns) == shown


def test_another_ellipsis_counts_its_own_columns() -> None:
    """The ASCII ellipsis takes three columns of the room."""
    assert fit(Safe("Engineering"), 8, ellipsis="...") == "Engin..."


def test_the_gate_is_quick_to_import() -> None:
    """Importing the gate loads neither rich nor Textual."""
    program = "import sys, tui.text; sys.exit(any(name in sys.modules for name in ('rich', 'textual')))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
