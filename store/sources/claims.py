"""Every reader of an export, in the order in which they are asked; what none takes is looked at as mail."""

from collections.abc import Sequence

from store.sources.entries import Claim, Claimed, Entry


def claims() -> tuple[Claim, ...]:
    """Return the readers; each looks at names and first bytes only, and loads what it needs when it reads."""
    from store.sources.calendar import claim as calendar
    from store.sources.linkedin.export import claim as linkedin
    from store.sources.phone.android import claim as android
    from store.sources.phone.voice import claim as voice
    from store.sources.phone.whatsapp import claim as whatsapp

    return (linkedin, android, voice, whatsapp, calendar)


def claim(entries: Sequence[Entry]) -> Claimed:
    """Ask every reader in turn; return the sources found, and the entries that nobody took."""
    claimed = Claimed([], list(entries))
    for ask in claims():
        if not claimed.left:
            break
        found = ask(claimed.left)
        claimed = Claimed(claimed.sources + found.sources, found.left)
    return claimed
