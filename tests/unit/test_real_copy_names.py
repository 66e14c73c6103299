"""The names that syncers gave to conflict copies before our eyes, beside those that Ringback knows."""

import pytest

from store.sync.services import may_be_copy, service_of
from sync_support import REAL_NAMES, is_copy_of


@pytest.mark.parametrize(
    ("program", "name"), [(program, name) for program, names in REAL_NAMES.items() for name in names]
)
def test_a_name_that_was_seen_is_known(program: str, name: str) -> None:
    """A copy of that name is looked into, and the syncer that made it is named; the tests find it too."""
    assert may_be_copy(name, "ringback")
    assert service_of(name, "ringback", ".json").name == program
    assert is_copy_of(program, name)
