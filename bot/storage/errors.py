"""What is wrong with a database, in words that never hold its address, names or passwords."""

from typing import Final

from sqlalchemy.exc import DBAPIError

_SAFE_PARTS: Final = (
    "Connection refused",
    "Connection timed out",
    "connection timeout expired",
    "password authentication failed",
    "no password supplied",
    "no pg_hba.conf entry",
    "does not exist",
    "starting up",
    "shutting down",
    "too many",
    "remaining connection slots",
    "failed to resolve host",
    "Name or service not known",
    "Temporary failure in name resolution",
    "No such file or directory",
    "SSL",
    "server closed the connection unexpectedly",
    "connection is lost",
)
"""Parts of PostgreSQL's messages that may be shown; the rest of a message may name hosts and people."""

_NOT_WRITABLE: Final = frozenset({"SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH", "42501", "25006"})
_UNREADABLE: Final = frozenset({"SQLITE_NOTADB", "SQLITE_CORRUPT"})
_OCCUPIED: Final = frozenset({"42P07"})
"""Names of SQLite's errors and SQLSTATEs of PostgreSQL, by what they mean when the database is opened."""


class CannotOpenError(Exception):
    """The database can't be used as it is; waiting won't help.

    `phrase` is the name of the message that says why, `values` fill its placeholders.
    """

    def __init__(self, phrase: str, **values: str) -> None:
        super().__init__(phrase, values)
        self.phrase: Final = phrase
        self.values: Final = values


def reason_of(error: BaseException) -> str:
    """What is wrong, in a few words."""
    if not isinstance(error, DBAPIError) or error.orig is None:
        return "no answer in time" if isinstance(error, TimeoutError) else type(error).__name__
    original, message = error.orig, str(error.orig)
    if hasattr(original, "sqlite_errorname"):
        return f"{message} ({original.sqlite_errorname})"
    name, state = type(original).__name__, getattr(original, "sqlstate", None)
    said = next((part for part in _SAFE_PARTS if part.lower() in message.lower()), None)
    return ", ".join(filter(None, [name, state, said]))


def is_busy(error: DBAPIError) -> bool:
    """Whether another process has locked the SQLite file."""
    return str(getattr(error.orig, "sqlite_errorname", "")).startswith("SQLITE_BUSY")


def opening_error(error: DBAPIError, place: str) -> CannotOpenError | None:
    """The error for a database that can't be used as it is; None if it may be usable in a moment."""
    name = str(getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None))
    general = "_".join(name.split("_")[:2])
    if {name, general} & _NOT_WRITABLE:
        return CannotOpenError("store.not_writable", place=place)
    if {name, general} & _UNREADABLE:
        return CannotOpenError("store.unreadable", place=place)
    if name in _OCCUPIED or (name == "SQLITE_ERROR" and str(error.orig).endswith("already exists")):
        return CannotOpenError("store.occupied", place=place)
    return None
