"""Errors that pass through several layers until somebody can tell what they mean."""


class LedgerUnavailableError(Exception):
    """The database can't be asked at the moment; nothing was changed, or it is unknown.

    The text says why, in short, and holds neither an address nor a password.
    """
