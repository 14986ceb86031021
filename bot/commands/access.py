"""Who may do what: decided here from what a platform vouches for, and refused where that is not enough."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.commands.parser import Asker
from bot.domain.subscriptions import Address, AddressKind


@dataclass(frozen=True, slots=True)
class Access:
    """`admins` are the people, roles and user groups that the settings name; if they name none, those who manage the
    home community are organizers."""

    admins: frozenset[Address] = frozenset()

    def is_admin(self, asker: Asker | None) -> bool:
        """Whether this is one of the organizers: by name, by a group, or by managing the home community."""
        if asker is None:
            return False
        if not self.admins:
            return asker.manages_community
        return asker.person in self.admins or bool(self.admins & _groups(asker.person.platform, asker.groups))

    def may_manage_channel(self, asker: Asker | None) -> bool:
        """Whether this person may decide what the channel at hand receives."""
        return asker is not None and asker.channel is not None and (asker.manages_channel or self.is_admin(asker))


def _groups(platform: str, ids: Collection[str]) -> frozenset[Address]:
    return frozenset(Address(platform, AddressKind.ROLE, each) for each in ids)
