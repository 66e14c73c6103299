"""A connection to a mail server: opened with verified certificates, and every failure told in a sentence."""

import re
import socket
import ssl
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import StoreError
from store.sources.imap.account import Account
from store.sources.imap.secrets import password, token
from store.sources.text import one_line

if TYPE_CHECKING:
    from imapclient import IMAPClient

_LARGEST_ANSWER = 256 * 1024 * 1024
"""Bytes that a server may announce at once."""
_HERE = ("localhost", "127.0.0.1", "::1")


class LostError(Exception):
    """The connection broke, or could not be made for now: trying again may help."""


_QUOTED = re.compile(r"""b(['"])(.*)\1""")
_CODE = re.compile(r"^\[[A-Z]+[^\]]*\]\s*|socket error: ")


class RefusedError(Exception):
    """The server, or this machine, refuses: trying again does not help. Its text says what does."""


def connect(account: Account) -> "IMAPClient":
    """Open a connection and log in; raises LostError or RefusedError with a sentence."""
    from imapclient import IMAPClient, SocketTimeout

    if account.security == "none" and account.host not in _HERE:
        raise RefusedError(
            f"sources.{account.name} would send the password in the clear. Set security to tls."
        )
    timeout = SocketTimeout(connect=account.timeout, read=account.timeout)
    try:
        context = _context(account)
        client = IMAPClient(
            account.host,
            account.number,
            ssl=account.security == "tls",
            ssl_context=context if account.security == "tls" else None,
            timeout=timeout,
        )
    except Exception as error:
        raise _told(error, account) from error
    # A local time can be two instants, and no time at all at the ends of the calendar.
    client.normalise_times = False
    try:
        _bound(client)
        if account.security == "starttls":
            client.starttls(context)
        _log_in(client, account)
    except Exception as error:
        hang_up(client)
        raise error if isinstance(error, RefusedError) else _told(error, account) from error
    return client


def hang_up(client: "IMAPClient") -> None:
    """Close a connection without a word: it may be broken already."""
    with suppress(Exception):  # whatever is wrong with it, it is of no use any more
        client.shutdown()


def _context(account: Account) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if account.ca_file:
        path = Path(account.ca_file).expanduser()
        try:
            context.load_verify_locations(path)
        except (OSError, ssl.SSLError) as error:
            raise RefusedError(f"The ca_file of sources.{account.name}, {path}, cannot be read.") from error
    return context


def _bound(client: "IMAPClient") -> None:
    """Let no server make this machine hold more than it has: an answer says its length beforehand."""
    connection = client._imap
    read = connection.read

    def bounded(size: int) -> bytes:
        if size > _LARGEST_ANSWER:
            raise ConnectionError(f"the server announced {size} bytes at once")
        data: bytes = read(size)
        return data

    connection.read = bounded


def _log_in(client: "IMAPClient", account: Account) -> None:
    try:
        access = token(account)
        secret = access or password(account)
    except StoreError as error:
        raise RefusedError(f"{error.sentence} {error.hint}") from error
    from imapclient.exceptions import LoginError

    try:
        if not access:
            client.login(account.user, secret)
        elif client.has_capability("AUTH=OAUTHBEARER"):
            client.oauthbearer_login(account.user, secret)
        else:
            client.oauth2_login(account.user, secret)
    except LoginError as error:
        said = said_by(error, secret)
        hint = "Is the token for this account, and not expired?" if access else "Check user and password."
        raise RefusedError(f"The server refused to log {account.user} in: {said}. {hint}") from error


def said_by(error: Exception, secret: str = "") -> str:
    """Return what a server said, without its code and what the library puts around it."""
    said = str(error).replace(secret, "…") if secret else str(error)
    quoted = _QUOTED.search(said)
    said = quoted[2] if quoted else said.rpartition("=> ")[2]
    return one_line(_CODE.sub("", said), 200).strip(" .")


def _told(error: Exception, account: Account) -> Exception:
    """Turn what a library raised into one of the two errors, with a sentence."""
    where = f"{account.host}, port {account.number}"
    if isinstance(error, RefusedError):
        return error
    if isinstance(error, ssl.SSLCertVerificationError):
        return RefusedError(
            f"The certificate of {where} does not verify: {error.verify_message.rstrip('.')}. "
            "Nothing was sent. Is host the name that it is for? ca_file names one of your own."
        )
    if isinstance(error, ssl.SSLError):
        return RefusedError(
            f"{where} does not speak TLS as expected: {error.reason or error}. Check security."
        )
    if isinstance(error, socket.gaierror):
        return LostError(f"There is no host {account.host}, or no network. Check host, and the connection.")
    if isinstance(error, ConnectionRefusedError):
        return LostError(f"Nothing answers at {where}. Check host and port.")
    if isinstance(error, TimeoutError):
        return LostError(
            f"{where} did not answer within {account.timeout} seconds. Check the network, or raise timeout."
        )
    said = said_by(error) or type(error).__name__
    return LostError(f"The connection to {where} broke ({said}). Pull again: it goes on from there.")


def lost(error: Exception, account: Account) -> Exception:
    """Return the error to tell for whatever broke while reading."""
    return _told(error, account)
