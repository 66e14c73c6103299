"""Commands that tell of Ringback itself: where, config, keys, completion."""

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tui.actions import ACTIONS
from tui.places import EVERY


def test_where_names_each_path_and_its_origin(run: Any, home: Path) -> None:
    """Three paths, each with what named it, and whether it is there."""
    ran = run("where")
    assert ran.out.splitlines()[0].split()[:3] == ["file", str(home / "ringback.json"), "RINGBACK_FILE,"]
    assert ran.err == ""
    shape = run("where", "--json").json
    assert shape["schema"] == 1
    assert set(shape["where"]) == {"file", "config", "state"}
    assert shape["where"]["config"] == {
        "path": str(home / "ringback.toml"), "origin": "RINGBACK_CONFIG", "exists": False
    }  # fmt: skip


def test_where_follows_the_option(run: Any, tmp_path: Path) -> None:
    """`--file` names the data file before the environment does."""
    shape = run("--file", str(tmp_path / "mine.json"), "where", "--json").json["where"]["file"]
    assert shape == {"path": str(tmp_path / "mine.json"), "origin": "--file", "exists": False}


def test_where_asks_the_platform_last(run: Any, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without option and environment the platform's data folder holds the file."""
    monkeypatch.delenv("RINGBACK_FILE")
    shape = run("where", "--json").json["where"]["file"]
    assert shape["origin"] == "platform"
    assert shape["path"].startswith(str(home))


def test_config_shows_values_with_origins(run: Any, home: Path) -> None:
    """Every setting is written as TOML would be, with where it comes from."""
    (home / "ringback.toml").write_text('silent_days = 21\n[keymap]\ndone = "x"\n')
    lines = {line.split()[0]: line for line in run("config").out.splitlines()}
    assert "21" in lines["silent_days"]
    assert lines["silent_days"].endswith(str(home / "ringback.toml"))
    assert lines["theme"].endswith("default")
    items = {item["name"]: item for item in run("config", "--json").json["items"]}
    assert items["silent_days"]["value"] == 21
    assert items["keymap"]["value"] == {"done": "x"}
    assert run("config", "path").out == str(home / "ringback.toml") + "\n"


@pytest.mark.parametrize("text", ["silent_days = 'many'", "colour = 1", "silent_days =", "\xff"])
def test_a_bad_configuration_is_named(run: Any, home: Path, text: str) -> None:
    """A mistake in the configuration ends with 2 and names the file."""
    (home / "ringback.toml").write_bytes(text.encode("latin-1"))
    assert str(home / "ringback.toml") in run("config", code=2).err


def test_keys_lists_every_action(run: Any) -> None:
    """Each action of the registry and each key of a page stands in each form of the table."""
    ran = run("keys")
    assert all(action.help in ran.out for action in ACTIONS)
    every = [*ACTIONS, *EVERY]
    assert [item["id"] for item in run("keys", "--json").json["items"]] == [action.id for action in every]
    markdown = run("keys", "--markdown").out
    assert "| `e` | Done |" in markdown
    assert markdown.count("\n| `") + markdown.count("\n| palette") == len(every)


def test_keys_follow_the_configuration(run: Any, home: Path) -> None:
    """The user's own keys are the ones listed; a clash names its entry."""
    (home / "ringback.toml").write_text('[keymap]\ndone = "Q"\n')
    assert {item["id"]: item["keys"] for item in run("keys", "--json").json["items"]}["done"] == ["Q"]
    (home / "ringback.toml").write_text('[keymap]\ndone = "j"\n')
    assert "keymap.done" in run("keys", code=2).err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_a_script_for_the_shell(run: Any, shell: str) -> None:
    """The script names the command and the variable that it asks through."""
    written = run("completion", shell).out
    assert "ringback" in written
    assert f"_RINGBACK_COMPLETE={shell}_complete" in written


def test_completion_script_is_unharmed_by_the_gate(run: Any) -> None:
    """What is written is what click made."""
    from click.shell_completion import BashComplete

    from tui.cli import cli

    made = BashComplete(cli, {}, "ringback", "_RINGBACK_COMPLETE").source()
    assert run("completion", "bash").out.strip() == made.strip()


def test_the_bash_script_is_valid(run: Any, tmp_path: Path) -> None:
    """bash reads the script without a complaint."""
    script = tmp_path / "ringback.bash"
    script.write_text(run("completion", "bash").out)
    done = subprocess.run(["bash", "-n", str(script)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def _completed(run: Any, words: str, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Return (kind, value, help) of what the shell would offer after these words."""
    monkeypatch.setenv("_RINGBACK_COMPLETE", "zsh_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split(" ")) - 1))
    lines = run().out.strip("\n").splitlines()
    return [lines[start : start + 3] for start in range(0, len(lines), 3)]


def test_commands_complete(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first word completes to commands, each with its short help."""
    assert ["plain", "snooze", "Hide until a date."] in _completed(run, "ringback sno", monkeypatch)


@pytest.mark.parametrize("verb", ["done", "show", "join", "add call --to"])
def test_ids_complete(run: Any, inbox: Any, monkeypatch: pytest.MonkeyPatch, verb: str) -> None:
    """Ids complete from the index, each with who and what it is."""
    found = _completed(run, f"ringback {verb} ", monkeypatch)
    assert {value for _, value, _ in found} >= {inbox.dana, inbox.priya, inbox.tom}
    assert ["plain", inbox.dana, "Dana Whitfield · Staff Platform Engineer"] in found


def test_ids_complete_in_the_file_that_is_named(
    run: Any, inbox: Any, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Completion looks into the file of `--file`; a missing one completes to nothing, silently."""
    assert _completed(run, f"ringback --file {home}/none.json done ", monkeypatch) == []
    file = os.environ.pop("RINGBACK_FILE")
    assert len(_completed(run, f"ringback --file {file} done ", monkeypatch)) == 3
