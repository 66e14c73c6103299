"""Where the password or the token of an account comes from: a command, the environment, or the keyring.

None of them is ever written anywhere, shown, or passed to another program.
"""

import os
import shlex
import subprocess
from collections.abc import Sequence

from store.errors import StoreError
from store.sources.imap.account import Account

_PATIENCE = 60
"""Seconds for a command, which may ask the user to unlock something."""
SERVICE = "ringback"
"""The service under which the keyring has the password; its user is `user@host`."""


def token(account: Account) -> str:
    """Return the access token of an account, an empty text where it has none; raises StoreError."""
    return _printed(account, "oauth_command", account.oauth_command) if account.oauth_command else ""


def password(account: Account) -> str:
    """Return the password of an account; raises StoreError that says where it was looked for."""
    if account.password_command:
        return _printed(account, "password_command", account.password_command)
    if account.password_env:
        found = os.environ.get(account.password_env, "")
        if not found:
            raise StoreError(
                f"The variable {account.password_env} is not set.",
                f"sources.{account.name} takes its password from there.",
            )
        return found
    return _from_keyring(account)


def _printed(account: Account, entry: str, command: str | Sequence[str]) -> str:
    """Run a command and return the first line that it prints."""
    try:
        words = shlex.split(command) if isinstance(command, str) else list(command)
    except ValueError as error:
        raise StoreError(
            f"The {entry} of sources.{account.name} is no command: {error}.",
            "Close the quote, or write it as a list, its program first.",
        ) from error
    try:
        ended = subprocess.run(words, stdout=subprocess.PIPE, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired as error:
        raise StoreError(
            f"The {entry} of sources.{account.name} took longer than {_PATIENCE} seconds.",
            "Try it in a shell.",
        ) from error
    except (OSError, ValueError, IndexError) as error:
        raise StoreError(
            f"The {entry} of sources.{account.name} cannot be run: {words[0] if words else 'it is empty'}.",
            "Write it as a list, its program first.",
        ) from error
    first = ended.stdout.decode("utf-8", "replace").partition("\n")[0].rstrip("\r")
    if ended.returncode != 0 or not first:
        what = f"ended with {ended.returncode}" if ended.returncode else "printed nothing"
        raise StoreError(f"The {entry} of sources.{account.name} {what}.", "Try it in a shell.")
    return first


def _from_keyring(account: Account) -> str:
    user = f"{account.user}@{account.host}"
    try:
        import keyring
        import keyring.errors
    except ImportError as error:
        raise StoreError(
            f"sources.{account.name} says no way to the password, and keyring is not installed.",
            "Set password_command, or install keyring beside ringback: pipx inject ringback keyring.",
        ) from error
    try:
        found: str | None = keyring.get_password(SERVICE, user)
    except keyring.errors.KeyringError as error:
        raise StoreError(
            f"The keyring cannot be read: {error}.", "Unlock it, or set password_command."
        ) from error
    if not found:
        raise StoreError(
            f"The keyring has no password of {user}.",
            f"keyring set {SERVICE} {user} puts it there; or set password_command.",
        )
    return found
