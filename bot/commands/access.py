"""Who may do what, decided from what the platform says of a person."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Final

from bot.commands.home import Homes
from bot.commands.parser import User
from bot.domain.subscriptions import Address, AddressKind
from bot.i18n import Phrases

_ROLE: Final = AddressKind.ROLE


@dataclass(frozen=True, slots=True)
class Access:
    """`admins` are the people, roles and user groups that the settings name; if they name none, those who manage the
    home of a platform are organizers there."""

    admins: frozenset[Address] = frozenset()
    homes: Homes = field(default_factory=Homes)

    def is_admin(self, user: User | None) -> bool:
        """Whether this is one of the organizers: by name, by a group, or by managing the home community."""
        if user is None:
            return False
        if not self.admins:
            return user.manages_community and self._is_at_home(user)
        return user.person in self.admins or bool(self.admins & _groups(user.person.platform, user.groups))

    def may_manage_channel(self, user: User | None) -> bool:
        """Whether this person may decide what the channel at hand receives."""
        return user is not None and user.channel is not None and (user.manages_channel or self.is_admin(user))

    @property
    def of_everybody(self) -> list[Address]:
        """The servers of which `admins` name the role that everybody has; it bears the server's id, and makes nobody an
        organizer."""
        servers = [Address(each.platform, AddressKind.COMMUNITY, each.id) for each in self.admins if each.kind is _ROLE]
        return sorted(each for each in servers if self.homes.includes(each))

    def refusal(self, user: User, say: Phrases, name_of: Callable[[Address], str]) -> str:
        """Why somebody is no organizer, or that this couldn't be found out, and who can change it."""
        if user.unchecked is not None:
            return unchecked(user, say)
        if user.community is None and (not self.admins or any(_is_group(each, user) for each in self.admins)):
            return say(f"access.direct.{user.person.platform}")
        if self.admins:
            return say("access.not_named")
        home = self.homes.of(user.person.platform)
        if home is None:
            return say("access.unchecked")
        if home.community != user.community:
            return say("access.elsewhere", home=name_of(home.community))
        return say(f"access.not_managing.{user.person.platform}")

    def _is_at_home(self, user: User) -> bool:
        home = self.homes.of(user.person.platform)
        return home is not None and home.community == user.community


def unchecked(user: User, say: Phrases) -> str:
    """What is said to somebody of whom the platform couldn't tell what that person may do."""
    return say("access.lacks", right=user.unchecked) if user.unchecked else say("access.unchecked")


def _is_group(admin: Address, user: User) -> bool:
    return admin.kind is _ROLE and admin.platform == user.person.platform


def _groups(platform: str, ids: Collection[str]) -> frozenset[Address]:
    return frozenset(Address(platform, _ROLE, each) for each in ids)
