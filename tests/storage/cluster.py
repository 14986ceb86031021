"""A PostgreSQL of our own: made in a temporary folder, on a free port of this machine, gone when the tests end."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import psycopg

USER: Final = "lecturebot"
PASSWORD: Final = "t0p-s3cret/&:@"
_STARTS_WITHIN: Final = 30.0

_SETTINGS: Final = ("listen_addresses=127.0.0.1", "fsync=off", "full_page_writes=off", "max_connections=60")


def binaries() -> Path | None:
    """The folder of PostgreSQL's programs, the newest if there are several; None if it is not installed."""
    found = shutil.which("initdb")
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: float(each.parent.name))
    folders = [*installed[::-1], *([Path(found).resolve().parent] if found else [])]
    return next((each for each in folders if (each / "initdb").exists() and (each / "postgres").exists()), None)


class Cluster:
    """A running server; `url` leads to a schema of its own each time it is asked for one."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self._folder: Final = folder
        self._programs: Final = programs
        self._schemas: Final = count(1)
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: psycopg.Connection | None = None
        self.port = 0

    def make(self) -> None:
        """Makes the data folder."""
        secret = self._folder / "password"
        secret.write_text(PASSWORD)
        if os.geteuid() == 0:
            shutil.chown(self._folder, **_owner())
            shutil.chown(secret, **_owner())
        made = subprocess.run(
            [
                *(self._programs / "initdb", "--pgdata", self._data, "--username", USER, "--pwfile", secret),
                *("--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C", "--no-sync"),
            ],
            cwd=self._folder,
            capture_output=True,
            text=True,
            check=False,
            **_as_nobody_special(),
        )
        assert made.returncode == 0, made.stderr

    def start(self) -> None:
        """Starts the server, on the same port as before, and waits until it answers."""
        self.port = self.port or _free_port()
        settings = [argument for setting in _SETTINGS for argument in ("-c", setting)]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._programs / "postgres", "-D", self._data, "-p", str(self.port), "-k", self._folder, *settings],
                cwd=self._folder,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                **_as_nobody_special(),
            )
        until = time.monotonic() + _STARTS_WITHIN
        while True:
            try:
                return self.execute("SELECT 1")
            except psycopg.OperationalError:
                assert self._process.poll() is None, (self._folder / "log").read_text()
                assert time.monotonic() < until, "PostgreSQL does not answer"
                time.sleep(0.02)

    def stop(self) -> None:
        """Stops the server at once, whoever is connected."""
        if self._connection:
            self._connection.close()
            self._connection = None
        if self._process:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(_STARTS_WITHIN)
            self._process = None

    def url(self) -> str:
        """The address of an empty schema, as people write such addresses."""
        schema = f"test_{next(self._schemas)}"
        self.execute(f"CREATE SCHEMA {schema}")
        return f"{self.address(PASSWORD)}?options=-csearch_path%3D{schema}"

    def address(self, password: str, port: int | None = None) -> str:
        """The address of the database with that password."""
        return f"postgresql://{USER}:{quote(password, safe='')}@127.0.0.1:{port or self.port}/postgres"

    def execute(self, statement: str) -> None:
        """Does something behind the bot's back."""
        if self._connection is None:
            self._connection = psycopg.connect(self.address(PASSWORD), autocommit=True)
        self._connection.execute(statement.encode())

    @property
    def _data(self) -> Path:
        return self._folder / "data"


@contextmanager
def cluster(programs: Path) -> Iterator[Cluster]:
    """A running server for the length of the block."""
    folder = Path(tempfile.mkdtemp(prefix="lecturebot-postgresql-"))
    server = Cluster(folder, programs)
    try:
        server.make()
        server.start()
        yield server
    finally:
        with suppress(subprocess.TimeoutExpired):
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _as_nobody_special() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: another user then, for the process."""
    return {**_owner(), "extra_groups": []} if os.geteuid() == 0 else {}


def _owner() -> dict[str, Any]:
    names = {each.pw_name for each in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": user.pw_uid, "group": user.pw_gid}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
