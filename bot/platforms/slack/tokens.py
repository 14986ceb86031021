"""Whether Slack takes a token, and when to ask again if it doesn't."""

from typing import Final

import structlog

from bot.platforms import CredentialsRefusedError
from bot.platforms.slack.timings import Timings

_log: Final = structlog.get_logger(__name__)

_BELIEVED: Final = 3
"""Refusals in a row after which a token counts as revoked. Slack has refused good tokens for moments."""


class TokenStatus:
    """What Slack said of a token that it has taken before."""

    def __init__(self, timings: Timings) -> None:
        self.problem = ""
        """What is told of it, once it counts as revoked."""
        self._timings: Final = timings
        self._refusals = 0

    @property
    def doubted(self) -> bool:
        """Whether Slack refused it when last asked."""
        return self._refusals > 0

    def accept(self) -> None:
        """Slack took it."""
        if self.problem:
            _log.info("slack.token_accepted")
        self._refusals, self.problem = 0, ""

    def refuse(self, error: CredentialsRefusedError) -> float:
        """Slack refused it; returns the seconds after which to ask again."""
        self._refusals += 1
        if self._refusals < _BELIEVED:
            return self._timings.doubted_token
        if not self.problem:
            _log.error("slack.token_refused", problem=str(error), retry_in=self._timings.refused_token)
        self.problem = f"{error} It is tried again every {self._timings.refused_token / 60:.0f} minutes."
        return self._timings.refused_token
