"""What channels and user groups are called in the workspace."""

from typing import Final

import structlog
from cachetools import LRUCache

from bot.platforms import CredentialsRefusedError
from bot.platforms.slack.client import SlackRefusedError, SlackUnreachableError, Web

_log: Final = structlog.get_logger(__name__)

_MOST_KEPT: Final = 10_000


class Names:
    """Names by ids, as far as Slack has told them; whoever hears of one has it learned."""

    def __init__(self, web: Web) -> None:
        self._web: Final = web
        self._known: Final[LRUCache[str, str]] = LRUCache(_MOST_KEPT)

    def of(self, slack_id: str) -> str | None:
        """What is called so, as people write it: `#general`, `@staff`."""
        return self._known.get(slack_id)

    def learn_channel(self, slack_id: str, name: object) -> None:
        """Keeps what a channel is called; without a name, as direct messages are, nothing."""
        if name and isinstance(name, str):
            self._known[slack_id] = f"#{name}"

    def forget(self, slack_id: str) -> None:
        """Forgets what is no more."""
        self._known.pop(slack_id, None)

    async def look_up(self) -> None:
        """Asks for the channels that the bot is in, and for the user groups. Raises nothing."""
        try:
            for slack_id, name in (await self._web.channel_names()).items():
                self.learn_channel(slack_id, name)
            for slack_id, handle in (await self._web.group_names()).items():
                self._known[slack_id] = f"@{handle}"
        except CredentialsRefusedError:  # which is told by what watches the token
            return
        except (SlackRefusedError, SlackUnreachableError) as error:
            _log.info("slack.names_unknown", problem=str(error))
