"""The finder answers the newest query and skips what was asked meanwhile."""

from queue import Queue
from threading import Event

from store.rules.query import Query, parse
from support import NOW
from tui.finder import Finder


def _fail(query: Query, error: Exception) -> None:
    raise AssertionError(query.text) from error


def test_queries_asked_while_one_runs_are_skipped_but_for_the_last() -> None:
    """Typing fast costs two searches, not one a letter."""
    started, go_on = Event(), Event()
    looked: list[str] = []
    answers: Queue[str] = Queue()

    def find(query: Query) -> list[int]:
        looked.append(query.text)
        started.set()
        assert go_on.wait(10)
        return []

    finder = Finder(find, lambda query, _: answers.put(query.text), _fail)
    finder.look_for(parse("k", NOW, None))
    assert started.wait(10)
    for text in ("ku", "kub", "kube"):
        finder.look_for(parse(text, NOW, None))
    go_on.set()
    assert answers.get(timeout=10) == "k"
    assert answers.get(timeout=10) == "kube"
    assert looked == ["k", "kube"]
    finder.stop()


def test_a_finder_that_was_never_asked_stops() -> None:
    """Nothing was begun, so nothing has to end."""
    Finder(lambda _: [], lambda _, __: None, _fail).stop()


def test_a_query_that_fails_is_told_and_the_next_is_answered() -> None:
    """Nothing that one query does ends the thread."""
    told: Queue[str] = Queue()

    def find(query: Query) -> list[int]:
        if query.text == "bad":
            raise ValueError("broken row")
        return []

    finder = Finder(
        find, lambda query, _: told.put(query.text), lambda query, error: told.put(f"{query.text}: {error}")
    )
    finder.look_for(parse("bad", NOW, None))
    assert told.get(timeout=10) == "bad: broken row"
    finder.look_for(parse("good", NOW, None))
    assert told.get(timeout=10) == "good"
    finder.stop()
