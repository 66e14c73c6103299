"""What must hold for every query, however it was put together."""

from hypothesis import given
from hypothesis import strategies as st

from store.errors import UsageError
from store.rules.query import Query, parse
from store.rules.query_terms import FIELDS
from store.rules.row import Row
from support import NOW

FLAGS = st.booleans()
NAMES = st.sampled_from(["", "Dana Whitfield", "Tom Birch", "Acme", "staff platform engineer", "java"])
TIMES = st.sampled_from([0, NOW - 10**10, NOW - 10**7, NOW, NOW + 10**7])
rows = st.builds(
    Row,
    id=st.just(1),
    messages=st.just((1,)),
    keys=st.just(()),
    documents=st.just(()),
    notes=st.sampled_from([(), (5,)]),
    at=TIMES,
    first_at=TIMES,
    inbound_at=TIMES,
    answered_at=TIMES,
    channel=st.sampled_from(["email", "call", "linkedin"]),
    who=NAMES,
    firm=NAMES,
    role=NAMES,
    company=NAMES,
    email=st.just(""),
    phone=st.sampled_from(["", "+1 415 555 0132"]),
    pay=st.just(""),
    mandate=st.sampled_from(["", "retained"]),
    attempts=st.just(1),
    place=st.sampled_from(["new", "later", "waiting", "aside", "done"]),
    until=TIMES,
    nudge=TIMES,
    labels=st.sampled_from([(), ("java",)]),
    role_known=FLAGS,
    starred=FLAGS,
    unread=FLAGS,
    muted=FLAGS,
    blocked=FLAGS,
    trashed=FLAGS,
    late=FLAGS,
    impulse=st.just(""),
    subject=NAMES,
)
fields = st.sampled_from(
    [f"{name}:{value}" for name, values in FIELDS.items() for value in values or ("dana",)]
).filter(lambda term: not term.startswith(("before", "after", "due")))
terms = fields | st.sampled_from(
    ["dana", '"platform engineer"', "java", "before:today", "after:1m", "due:2w"]
)
queries = st.recursive(
    terms,
    lambda inner: (
        st.tuples(inner, inner).map(" ".join)
        | st.tuples(inner, inner).map(" or ".join)
        | inner.map(lambda query: f"-({query})")
        | inner.map(lambda query: f"({query})")
    ),
    max_leaves=6,
)
PIECES = [
    "dana",
    '"',
    "(",
    ")",
    "-",
    "or",
    "from:",
    "is:",
    "new",
    "un",
    "before:",
    "2026",
    ":",
    " ",
    "in:all",
    "label:",
]
typed = st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=30)


def compiled(query: str) -> Query:
    """Parse a query at the tests' moment."""
    return parse(query, NOW, None)


def text(row: Row) -> str:
    """Stand in for the messages of a row."""
    return "We look for a\nPlatform\nEngineer, no java."


@given(typed)
def test_anything_typed_is_a_query_or_a_sentence(query: str) -> None:
    """No text breaks the parser, and what is understood when finished is so while it is typed."""
    try:
        compiled(query)
    except UsageError as refused:
        if not (refused.sentence and refused.hint):
            raise
    else:
        parse(query, NOW, None, typing=True)


@given(queries, st.data())
def test_every_beginning_of_a_query_can_be_typed(query: str, data: st.DataObject) -> None:
    """Letter by letter a query is understood, but for a field whose name is not finished."""
    end = data.draw(st.integers(0, len(query)))
    begun = parse(query[:end], NOW, None, typing=True)
    assert begun.everything or query[:end].strip()


@given(queries, queries, rows)
def test_terms_combine_as_logic_does(a: str, b: str, row: Row) -> None:
    """Side by side both must fit, with `or` one of them; a double `-` changes nothing in sight."""
    if row.trashed or row.muted or row.blocked:
        return
    fit_a, fit_b = compiled(a).matches(row, text), compiled(b).matches(row, text)
    assert compiled(f"({a}) ({b})").matches(row, text) == (fit_a and fit_b)
    assert compiled(f"{a} or {b}").matches(row, text) == (fit_a or fit_b)
    assert compiled(f"-({a})").matches(row, text) != fit_a
    assert compiled(f"--({a})").matches(row, text) == fit_a


@given(queries, rows)
def test_every_word_to_scan_for_is_in_every_match(query: str, row: Row) -> None:
    """Whoever scans for `words` first loses no row."""
    parsed = compiled(query)
    if parsed.matches(row, text):
        held = " ".join(
            (row.who, row.firm, row.role, row.company, row.subject, *row.labels, text(row))
        ).casefold()
        assert all(word in held for word in parsed.words)


@given(queries, rows)
def test_a_query_without_words_never_reads_texts(query: str, row: Row) -> None:
    """Only words look into messages."""

    def refuse(_row: Row) -> str:
        raise AssertionError(query)

    parsed = compiled(query)
    if not parsed.textual:
        parsed.matches(row, refuse)
