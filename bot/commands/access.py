"""Who may do what, decided from what the platform says of a person."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.commands.parser import User
from bot.domain.subscriptions import Address, AddressKind
from bot.i18n import Phrases


@dataclass(frozen=True, slots=True)
class Access:
    """`admins` are the people, roles and user groups that the settings name; if they name none, those who manage the
    home community are organizers."""

    admins: frozenset[Address] = frozenset()

    def is_admin(self, user: User | None) -> bool:
        """Whether this is one of the organizers: by name, by a group, or by managing the home community."""
        if user is None:
            return False
        if not self.admins:
            return user.manages_community
        return user.person in self.admins or bool(self.admins & _groups(user.person.platform, user.groups))

    def may_manage_channel(self, user: User | None) -> bool:
        """Whether this person may decide what the channel at hand receives."""
        return user is not None and user.channel is not None and (user.manages_channel or self.is_admin(user))


def refusal(user: User, say: Phrases, otherwise: str) -> str:
    """Why somebody is refused: `otherwise`, unless the platform couldn't be asked what that person may do."""
    if user.unchecked is None:
        return otherwise
    return say("access.lacks", right=user.unchecked) if user.unchecked else say("access.unchecked")


def _groups(platform: str, ids: Collection[str]) -> frozenset[Address]:
    return frozenset(Address(platform, AddressKind.ROLE, each) for each in ids)
