"""The names that syncers give to conflict copies, and the names that are never looked into."""

import pytest

from store.sync.services import may_be_copy, service_of

NAMES = {
    "ringback.sync-conflict-20261125-101530-ABCDEFG.json": "Syncthing",
    "ringback (Robin's conflicted copy 2026-11-25).json": "Dropbox",
    "ringback (Robin's conflicted copy 2026-11-25 (1)).json": "Dropbox",
    "ringback (In Konflikt stehende Kopie von Robin 2026-11-25).json": "Dropbox",
    "ringback (conflicted copy 2026-11-25 101530).json": "Nextcloud",
    "ringback (conflicted copy robin 2026-11-25 101530).json": "Nextcloud",
    "ringback_conflict-20261125-101530.json": "Nextcloud",
    "ringback-THINKPAD.json": "OneDrive",
    "ringback-THINKPAD-2.json": "OneDrive",
    "ringback-THINKPAD-safeBackup-0001.json": "OneDrive",
    "ringback [conflicted].json": "pCloud",
    "ringback (SFConflict robin@orchard.example 2026-11-25-10-15-30).json": "Seafile",
    "ringback (conflict #1 on 2026-11-25_on_2026-11-25).json": "Unison",
    "ringback.conflict1.json": "rclone",
    "ringback.json.conflict1": "rclone",
    "ringback 2.json": "iCloud",
    "ringback (1).json": "Google Drive",
    "ringback.Conflict.json": "Resilio Sync",
    "copy of ringback.json": "",
}


@pytest.mark.parametrize(("name", "service"), NAMES.items())
def test_each_service_is_known_by_its_names(name: str, service: str) -> None:
    """A conflict copy is told by its name, and looked into whatever its name."""
    assert service_of(name, "ringback", ".json").name == service
    assert may_be_copy(name, "ringback")


def test_only_two_services_have_their_copies_removed() -> None:
    """What is removed by itself are copies of Syncthing and Dropbox; never those of Resilio."""
    removal = {name: service_of(name, "ringback", ".json").removal for name in NAMES}
    assert {NAMES[name] for name in removal if removal[name] == "itself"} == {"Syncthing", "Dropbox"}
    assert {NAMES[name] for name in removal if removal[name] == "never"} == {"Resilio Sync"}


@pytest.mark.parametrize(
    "name",
    [
        *("ringback (before the trip 2026-11-01).json", "ringback (backup 2026-11-01 101530).json"),
        *("ringback-2026-11-01.json", "my-ringback-old.json", "ringback.json.bak", "ringback 2.json"),
    ],
)
def test_what_may_be_a_backup_of_the_users_is_never_removed(name: str) -> None:
    """A date, a number or a word of the user's own is no syncer's name: such a copy stays, whoever asks."""
    assert service_of(name, "ringback", ".json").removal in ("told", "left")


@pytest.mark.parametrize(
    "name",
    [
        *(".syncthing.ringback.json.tmp", "~syncthing~ringback.json.tmp", "ringback.json.tmp"),
        *("~$ringback.json", "ringback.json.part", "ringback.json.!sync", ".ringback.json.icloud"),
        *("ringback.json~", ".ringback.json.swp", ".~ringback.0123456789abcdef.tmp"),
        *(".ringback.json.AbCdEf", "#ringback.json#", ".nfs0000000002"),
    ],
)
def test_what_is_being_written_is_left_alone(name: str) -> None:
    """Temporaries of syncers and editors are never taken for copies."""
    assert not may_be_copy(name, "ringback")


def test_other_files_of_the_folder_are_not_looked_into() -> None:
    """A photo in the same folder costs nothing."""
    assert not may_be_copy("holiday.jpg", "ringback")
    assert may_be_copy("notes.json", "ringback")
