"""Lines of the reader: paragraphs that a mail program broke are filled anew, all else stays as it was set."""

import pytest

from tui.widgets.wrapping import wrapped

BROKEN = (
    "I came across your talk on build queues, and then your profile, and your\n"
    "Kubernetes work stood out. I'm retained by a Series C robotics company in\n"
    "Oakland to find their first Staff Platform Engineer."
)


def test_a_paragraph_broken_at_a_margin_is_filled_anew() -> None:
    """No line is left short in the middle of a sentence because the sender's margin was another."""
    lines = list(wrapped(BROKEN, 50))
    assert " ".join(lines) == BROKEN.replace("\n", " ")
    assert all(len(line) > 35 for line in lines[:-1])
    assert max(map(len, lines)) <= 50


@pytest.mark.parametrize(
    "text",
    [
        "Best regards\nDana Whitfield\nNorthgate Search",
        "- a point that is long enough to reach the margin of this mail, nearly\n- another",
        "1. a first point that is long enough to reach the margin of the mail\n2. a second",
        "a line that is long enough to reach the margin of this very mail here\n\nanother paragraph",
        "a line that is long enough to reach the margin of this very mail here\n    code = 1",
        "a line that is long enough to reach the margin of this very mail here\n> a quote",
    ],
    ids=["signature", "points", "numbers", "paragraphs", "code", "quote"],
)
def test_what_the_sender_broke_on_purpose_stays_broken(text: str) -> None:
    """Short lines, lists, blank lines, indented and quoted lines keep their breaks."""
    assert list(wrapped(text, 80)) == text.split("\n")


def test_blank_lines_at_the_ends_go_and_of_several_one_stays() -> None:
    """A mail full of blank lines does not push its text out of sight."""
    assert list(wrapped("\n\none\n\n\n\ntwo\n\n", 20)) == ["one", "", "two"]


def test_a_word_longer_than_the_line_is_chopped() -> None:
    """A link of a thousand letters breaks where the line ends."""
    assert list(wrapped("x" * 25, 10)) == ["x" * 10, "x" * 10, "x" * 5]
