"""The registry of actions."""

import re

import pytest

from tui.actions import ACTIONS, AREAS, BY_ID, PRESETS, WHILE_TYPING, markdown_table, spell


def test_each_id_is_one_kebab_word_and_unique() -> None:
    """Ids can stand in a configuration file and name one action each."""
    assert len(BY_ID) == len(ACTIONS)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", identifier) for identifier in BY_ID)


def test_each_action_can_be_shown() -> None:
    """Title, help and area are there for help, palette and footer."""
    for action in ACTIONS:
        assert action.title[0].isupper()
        assert action.help
        assert not action.help.endswith(".")
        assert action.area in AREAS


def test_sets_of_ids_name_known_actions() -> None:
    """Presets and the list of what fires while typing speak of actions that exist."""
    assert BY_ID.keys() >= WHILE_TYPING
    assert all(preset.keys() <= BY_ID.keys() for preset in PRESETS.values())


def test_while_typing_no_letter_fires() -> None:
    """What fires inside a text field has a key that types nothing."""
    for identifier in WHILE_TYPING:
        assert any(len(key) > 1 for key in BY_ID[identifier].keys)


@pytest.mark.parametrize(
    ("key", "spelled"),
    [
        ("e", "e"),
        ("escape", "Esc"),
        ("f1", "F1"),
        ("f", "f"),
        ("g i", "g i"),
        ("ctrl+p", "ctrl+p"),
        ("down", "↓"),
    ],
)
def test_keys_are_spelled_for_people(key: str, spelled: str) -> None:
    """Names become what stands on the key, characters stay themselves."""
    assert spell(key) == spelled


def test_the_key_table_names_every_action() -> None:
    """The generated table has one row an action and one table an area."""
    table = markdown_table()
    assert all(f"| {action.title} | {action.help} |" in table for action in ACTIONS)
    assert re.findall(r"^### (.*)$", table, re.MULTILINE) == list(AREAS)
    assert "| `Enter` `o` | Open |" in table
