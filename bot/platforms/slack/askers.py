"""Who asks: what Slack vouches for about a person, as far as it can be asked."""

import logging
from collections.abc import Collection
from typing import Final

from bot.commands.requests import Asker
from bot.domain.audience import Address, AddressKind
from bot.platforms import CredentialsRefused
from bot.platforms.slack.defects import told
from bot.platforms.slack.web import Refused, Unreachable, Web

logger = logging.getLogger(__name__)


class Askers:
    """People as they ask. `groups` are the ids of user groups whose members may do more than others."""

    def __init__(self, web: Web, groups: Collection[str]) -> None:
        self._web: Final = web
        self._groups: Final = groups

    async def asker(self, person: str, channel: str | None = None) -> Asker:
        """Who asks. Channels and workspace are managed by its administrators; if that can't be asked, by nobody."""
        here = None if channel is None or channel.startswith("D") else Address("slack", AddressKind.CHANNEL, channel)
        members: dict[str, frozenset[str]] = {}
        try:
            manages = await self._web.workspace_admin(person)
            members = {group: await self._web.group_members(group) for group in self._groups}
            name = await self._web.name(person) if manages or members else ""
        except (Refused, Unreachable, CredentialsRefused) as error:
            logger.warning("slack administrators unknown: %s", told(error))
            manages, members, name = False, {}, ""
        return Asker(
            Address("slack", AddressKind.USER, person),
            here,
            manages_channel=here is not None and manages,
            manages_community=manages,
            groups=frozenset(group for group, people in members.items() if person in people),
            name=name,
        )
