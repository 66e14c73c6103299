"""One account on a mail server, as the configuration has it. It holds no secret, only where to get it."""

from typing import Literal

import msgspec

TLS_PORT, PLAIN_PORT = 993, 143


class Account(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The table `[sources.NAME]` of kind `imap`."""

    name: str
    host: str
    user: str
    kind: Literal["imap"] = "imap"
    port: int = 0
    """993 with TLS and 143 otherwise, unless it is set."""
    security: Literal["tls", "starttls", "none"] = "tls"
    """`none` is allowed for this machine itself only."""
    password_command: str | tuple[str, ...] = ()
    """Prints the password on its first line; run without a shell."""
    password_env: str = ""
    """The variable that holds the password."""
    oauth_command: str | tuple[str, ...] = ()
    """Prints an access token (OAuth 2) on its first line."""
    folders: tuple[str, ...] = ()
    """Which to read; none for the inbox and what was sent, or on Gmail all mail."""
    exclude: tuple[str, ...] = ()
    """Which not to read."""
    since: str = ""
    """Leave out what arrived before this day (`2025-01-31`)."""
    ca_file: str = ""
    """Certificates that are trusted beside those of the system."""
    timeout: int = 30
    """Seconds to wait for the server."""
    most_megabytes: int = 25
    """Mails larger than this are left on the server, and told."""
    take: Literal["outreach", "everything"] = "outreach"
    """Whether messages are judged, or all of them are taken as outreach."""

    @property
    def number(self) -> int:
        """The port to connect to."""
        return self.port or (TLS_PORT if self.security == "tls" else PLAIN_PORT)

    @property
    def place(self) -> str:
        """The account in words."""
        return f"{self.user} on {self.host}"
