"""Drafts that wait for confirmation, and forms to be filled in again; each belongs to one person and expires."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cachetools import FIFOCache

from bot.announcements.operations import Announcement
from bot.domain.language import Localized
from bot.domain.message import Action
from bot.domain.subscriptions import Address
from bot.schedule.draft import Draft

VALID: Final = timedelta(minutes=15)
"""How long a draft can be confirmed after it was shown."""

MINUTES_VALID: Final = VALID // timedelta(minutes=1)

_MOST_KEPT: Final = 256


@dataclass(frozen=True, slots=True)
class Question:
    """A draft and how it is asked about: under which headline, beside what else may be meant, and with which hint."""

    draft: Draft
    headline: str | None = None
    others: tuple[Action, ...] = ()
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class FreeText:
    """A text that an organizer wants posted to these channels; or in the place of what was `posted` already, where no
    text deletes that."""

    text: Localized | None
    channels: tuple[Address, ...]
    posted: Announcement | None = None


@dataclass(frozen=True, slots=True)
class FilledIn:
    """A form as it was filled in: the command line that is run with it, and its fields by their names."""

    line: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Waiting:
    subject: Question | FreeText | FilledIn
    person: Address
    until: datetime


class Drafts:
    """The drafts of this process. A restart loses them, without anything being changed."""

    def __init__(self, token: Callable[[], str] = lambda: secrets.token_hex(4)) -> None:
        self._token: Final = token
        self._waiting: Final = FIFOCache[str, _Waiting](_MOST_KEPT)

    def put(self, subject: Question | FreeText | FilledIn, person: Address, now: datetime) -> str:
        """Keeps a draft or a form, and returns the token by which that person can take it."""
        token = self._token()
        self._waiting[token] = _Waiting(subject, person, now + VALID)
        return token

    def take(self, token: str, person: Address, now: datetime) -> Question | FreeText | None:
        """The draft, once: None if it is unknown, too old, or somebody else's, whose it then stays."""
        waiting = self._waiting.get(token)
        if waiting is None or waiting.person != person or isinstance(waiting.subject, FilledIn):
            return None
        del self._waiting[token]
        return waiting.subject if now < waiting.until else None

    def filled_in(self, token: str, person: Address, now: datetime) -> FilledIn | None:
        """A form as that person filled it in, as often as it is asked for; None if it is unknown or too old."""
        waiting = self._waiting.get(token)
        if waiting is None or waiting.person != person or not isinstance(waiting.subject, FilledIn):
            return None
        return waiting.subject if now < waiting.until else None
