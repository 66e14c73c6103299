"""Reading many things step by step: the results stand as if one were read after the other."""

from collections.abc import Iterator

from store.sources.containing import contained
from store.sources.in_step import in_step
from store.sources.source import Unreadable


def test_all_take_a_step_before_any_takes_the_next() -> None:
    """What each yields stands together all the same."""
    steps: list[str] = []

    def reading(name: str) -> Iterator[str | None]:
        steps.append(f"{name}1")
        yield None
        steps.append(f"{name}2")
        yield name
        yield name.upper()

    assert in_step([reading("a"), reading("b")]) == ["a", "A", "b", "B"]
    assert steps == ["a1", "b1", "a2", "b2"]


def test_readings_may_differ_in_how_many_steps_they_take() -> None:
    """Some yield nothing."""

    def reading(steps: int) -> Iterator[int | None]:
        for _ in range(steps):
            yield None
        yield steps

    assert in_step([reading(3), iter(()), reading(0), reading(1)]) == [3, 0, 1]
    assert in_step([]) == []


def test_one_that_breaks_ends_alone() -> None:
    """What it yielded before stands, and the others go on."""

    def reading(name: str) -> Iterator[str | None]:
        yield f"before {name}"
        yield None
        if name == "b":
            raise ZeroDivisionError("division by zero")
        yield f"behind {name}"

    found = in_step([contained(name, reading(name)) for name in "abc"])
    broken = found.pop(3)
    assert isinstance(broken, Unreadable)
    assert broken.place == "b"
    assert found == ["before a", "behind a", "before b", "before c", "behind c"]
