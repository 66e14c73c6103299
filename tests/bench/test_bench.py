"""The benchmark runs; how fast anything is, no test asks."""

import email
import email.policy
import json
from pathlib import Path

import pytest

from bench import run
from bench.invent import FOLLOW_UPS, mails, write_mbox
from bench.invent_others import mailbox
from bench.table import Line, growth, render
from bench.timing import by_turns, percentile


def test_the_invented_mail_is_the_same_every_time(tmp_path: Path) -> None:
    """The same count gives the same bytes, of the size and kind that the figures speak of."""
    first, second = list(mails(400)), list(mails(400))
    assert first == second
    assert 1_200 < sum(map(len, first)) / len(first) < 2_000
    parsed = [email.message_from_bytes(mail, policy=email.policy.default) for mail in first]
    assert len({mail["Message-ID"] for mail in parsed}) == 400
    follow_ups = sum(mail["In-Reply-To"] is not None for mail in parsed)
    assert 0.5 < follow_ups / len(parsed) / FOLLOW_UPS < 1.5
    assert all(str(mail["From"].addresses[0].domain).endswith(".example") for mail in parsed)
    write_mbox(tmp_path / "mbox", mails(3))
    assert (tmp_path / "mbox").read_bytes().count(b"\nMessage-ID: ") == 3


def test_a_mailbox_holds_other_mail_too() -> None:
    """One mail in ten comes from a recruiter, and the same count gives the same bytes."""
    made = list(mailbox(200))
    assert made == list(mailbox(200))
    parsed = [email.message_from_bytes(mail, policy=email.policy.default) for mail in made]
    assert len({mail["Message-ID"] for mail in parsed}) == 200
    assert sum("other." not in mail["Message-ID"] for mail in parsed) == 20


def test_tasks_take_turns_and_the_median_counts() -> None:
    """Neither side meets a noisy moment alone; the first round is a rehearsal."""
    order: list[str] = []
    times = iter([100.0, 1.0, 9.0, 2.0])

    def ours() -> float:
        order.append("ours")
        return next(times)

    def theirs() -> float:
        order.append("theirs")
        return 5.0

    assert by_turns(3, ours, None, theirs) == [2.0, None, 5.0]
    assert order == ["ours", "theirs"] * 4
    assert percentile([3, 1, 2], 0.5) == 2
    assert percentile([3, 1, 2], 1) == 3


def test_a_line_is_judged_by_its_ratio() -> None:
    """A bar is met up to and including it; without a peer there is no verdict."""
    assert Line("a", 1, 2.0, "ms", "b", 1.0, bar=2).verdict == "ok"
    assert Line("a", 1, 2.1, "ms", "b", 1.0, bar=2).verdict == "over"
    assert Line("a", 1, 2.1, "ms", "b", None, bar=2).verdict == ""


def test_growth_compares_the_sizes() -> None:
    """Ten times the data may cost ten times as much, and what must be flat may not."""
    small, large = [Line("add", 10, 1.0), Line("j", 10, 1.0)], [Line("add", 100, 9.0), Line("j", 100, 9.0)]
    lines = growth(small, large, {"j": 1.3})
    assert [line.verdict for line in lines] == ["ok", "over"]
    assert [line.ratio for line in lines] == [9.0, 9.0]


def test_the_table_is_aligned() -> None:
    """Every line has its figures in the same columns."""
    table = render(
        [Line("short", 5, 1.0, "ms", "peer", 2.0, 1), Line("a longer one", 50_000, None, note="gone")]
    )
    head, first, second = table.splitlines()
    assert first.index("1.0 ms") + len("1.0 ms") == head.index("ours") + len("ours")
    assert first.endswith("ok")
    assert second.endswith("gone")


def test_everything_can_be_measured(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole run at a tiny size: each measure yields a figure, and peers that are missing are named."""
    for _ in range(2):  # beside a full test run, a session may once be too slow to be measured
        status = run.main(["--messages", "60", "--rounds", "1", "--json"])
        items = json.loads(capsys.readouterr().out)["items"]
        if status == 0:
            break
    assert [item for item in items if item["note"].startswith("failed")] == []
    assert status == 0
    assert all(item["ours"] is not None for item in items)
    assert all(item["theirs"] is not None or "not installed" in item["note"] for item in items)
