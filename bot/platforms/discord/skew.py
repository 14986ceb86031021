"""How far Discord's clock and this machine's are apart, read from the answers that come anyway."""

import time
from email.utils import parsedate_to_datetime
from types import SimpleNamespace

import aiohttp

_HALF = 0.5
"""A `Date` header names the second in which an answer was made: on average the answer is half a second older."""


class Skew:
    """The latest difference, kept up to date by the sessions that are given its `trace`.

    `seconds` is Discord's clock minus this machine's, to about a second; None before the first answer.
    """

    def __init__(self) -> None:
        self.seconds: float | None = None
        self.trace = aiohttp.TraceConfig()
        self.trace.on_request_end.append(self._note)

    async def _note(
        self, session: aiohttp.ClientSession, context: SimpleNamespace, answered: aiohttp.TraceRequestEndParams
    ) -> None:
        try:
            date = parsedate_to_datetime(answered.response.headers["Date"])
        except (KeyError, ValueError):
            return
        if date.tzinfo is not None:
            self.seconds = date.timestamp() + _HALF - time.time()
