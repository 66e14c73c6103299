"""A real Dovecot on loopback, with certificates of its own, for the tests that read mail from a server."""

import imaplib
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import trustme

from support import SEARCHED

PASSWORD = "swordfish-2026"
_PATIENCE = 20


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Dovecot:
    """One running server; every user has the same password and a Maildir of their own."""

    host = "localhost"
    password = PASSWORD

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port, self.plain_port = free_port(), free_port()
        self.ca_file = folder / "ca.pem"
        self._process: subprocess.Popen[bytes] | None = None
        authority = trustme.CA()
        authority.cert_pem.write_to_path(self.ca_file)
        certificate = authority.issue_cert("localhost")
        certificate.private_key_pem.write_to_path(folder / "key.pem")
        certificate.cert_chain_pems[0].write_to_path(folder / "cert.pem")
        (folder / "mail").mkdir()
        (folder / "run").mkdir()
        (folder / "dovecot.conf").write_text(self._configuration())

    def _configuration(self) -> str:
        me = pwd.getpwuid(os.getuid()).pw_name
        is_root = os.getuid() == 0
        owner = pwd.getpwnam("nobody") if is_root else pwd.getpwuid(os.getuid())
        if is_root:
            # The server reads mail as nobody, so it must reach the folder of the test.
            for above in (self.folder, *self.folder.parents):
                if above.stat().st_mode & 0o001 == 0:
                    above.chmod(above.stat().st_mode | 0o011)
            os.chown(self.folder / "mail", owner.pw_uid, owner.pw_gid)
        group = subprocess.run(["id", "-gn", owner.pw_name], capture_output=True, text=True, check=True)
        internal = "" if is_root else f"default_internal_user = {me}\ndefault_login_user = {me}\n"
        if not is_root:
            internal += f"default_internal_group = {group.stdout.strip()}\n"
        return f"""
base_dir = {self.folder}/run
log_path = {self.folder}/log
protocols = imap
listen = 127.0.0.1
{internal}
first_valid_uid = 1
first_valid_gid = 1
auth_mechanisms = plain login
ssl = yes
ssl_cert = <{self.folder}/cert.pem
ssl_key = <{self.folder}/key.pem
disable_plaintext_auth = no
mail_location = maildir:~/Maildir
passdb {{
  driver = static
  args = password={PASSWORD}
}}
userdb {{
  driver = static
  args = uid={owner.pw_uid} gid={owner.pw_gid} home={self.folder}/mail/%n
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Sent {{
    auto = subscribe
    special_use = \\Sent
  }}
  mailbox Drafts {{
    auto = subscribe
    special_use = \\Drafts
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {self.plain_port}
  }}
  inet_listener imaps {{
    port = {self.port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""

    def start(self) -> None:
        """Start it and wait until it answers."""
        program = shutil.which("dovecot", path=SEARCHED) or "dovecot"
        log = (self.folder / "out").open("wb")
        self._process = subprocess.Popen(
            [program, "-F", "-c", str(self.folder / "dovecot.conf")], stdout=log, stderr=log
        )
        log.close()
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                with socket.create_connection(("127.0.0.1", self.plain_port), 1) as probe:
                    probe.settimeout(5)
                    if probe.recv(64).startswith(b"* OK"):
                        return
            except OSError:
                pass
            assert self._process.poll() is None, self.said()
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.05)

    def stop(self) -> None:
        """End it."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(_PATIENCE)

    def said(self) -> str:
        """Return what it wrote about itself."""
        return "".join(
            path.read_text(errors="replace")
            for path in (self.folder / "out", self.folder / "log")
            if path.exists()
        )

    # What other programs do with it

    def client(self, user: str) -> imaplib.IMAP4_SSL:
        """Log in as another mail program would."""
        context = ssl.create_default_context(cafile=str(self.ca_file))
        found = imaplib.IMAP4_SSL(self.host, self.port, ssl_context=context, timeout=_PATIENCE)
        found.login(user, PASSWORD)
        return found

    def deliver(self, user: str, *mails: bytes, folder: str = "INBOX", flags: str = "", at: str = "") -> None:
        """Put mails into a folder, as if they had arrived on a day (`2025-01-31`), or now."""
        arrived = datetime.fromisoformat(f"{at}T12:00:00+00:00").timestamp() if at else time.time()
        client = self.client(user)
        client.create(f'"{folder}"')
        for mail in mails:
            kind, said = client.append(
                f'"{folder}"', flags, imaplib.Time2Internaldate(arrived), mail.replace(b"\n", b"\r\n")
            )
            assert kind == "OK", said
        client.logout()

    def flags(self, user: str, folder: str = "INBOX") -> dict[int, str]:
        """Return the flags of every mail in a folder, by UID."""
        client = self.client(user)
        client.select(f'"{folder}"', readonly=True)
        _, found = client.uid("FETCH", "1:*", "(FLAGS)")
        client.logout()
        lines = [line.decode() for line in found if isinstance(line, bytes)]
        return {
            int(line.split("UID ")[1].split()[0].rstrip(")")): line.split("FLAGS (")[1].split(")")[0]
            for line in lines
            if "UID " in line
        }

    def delete_folder(self, user: str, folder: str) -> None:
        """Remove a folder with its mails."""
        client = self.client(user)
        assert client.delete(f'"{folder}"')[0] == "OK"
        client.logout()

    def make_anew(self, user: str, folder: str) -> None:
        """Give a folder another UIDVALIDITY, as a server does that lost its index."""
        client = self.client(user)
        client.rename(f'"{folder}"', f'"{folder}-old"')
        client.create(f'"{folder}"')
        client.select(f'"{folder}-old"')
        client.copy("1:*", f'"{folder}"')
        client.close()
        client.delete(f'"{folder}-old"')
        client.logout()


@contextmanager
def running() -> Iterator[Dovecot]:
    """Run a server in a folder of its own: another run of pytest shuts those of pytest for others."""
    with TemporaryDirectory(prefix="ringback-dovecot-", ignore_cleanup_errors=True) as folder:
        server = Dovecot(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()


class Cutting:
    """A way to a server that breaks once after so many bytes from it, and holds from then on."""

    def __init__(self, port: int, *, after: int = 0) -> None:
        self.heard = bytearray()
        """What was said to the server."""
        self._port, self._left = port, after
        self.connections = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._ends = False
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        """Let nobody in any more."""
        self._ends = True
        self._listener.close()

    def _serve(self) -> None:
        while not self._ends:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            far = socket.create_connection(("127.0.0.1", self._port))
            threading.Thread(target=self._carry, args=(near, far), daemon=True).start()
            threading.Thread(target=self._carry_back, args=(far, near), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError), source:
            while data := source.recv(65_536):
                self.heard += data
                target.sendall(data)
        _end(target)

    def _carry_back(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError), source:
            while data := source.recv(4_096):
                if 0 < self._left <= len(data):
                    self._left = 0
                    break
                self._left -= len(data) if self._left else 0
                target.sendall(data)
        _end(target)


def _end(connection: socket.socket) -> None:
    """Tell both ends of a connection that it is over; whoever reads from it closes it."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
