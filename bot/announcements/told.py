"""What was told to whom, in memory: read from the ledger once, and kept up to date by what is told from then on."""

from collections.abc import Collection, Iterable
from typing import Final

from bot.announcements.ledger import Ledger
from bot.announcements.slices import in_slices
from bot.domain.subscriptions import Address

_NONE: Final[frozenset[str]] = frozenset()

_AT_ONCE: Final = 20
"""Keys of which is read at once where they are taken."""


class _KeySets:
    """A set of keys for each address. Addresses with equal sets share one."""

    def __init__(self) -> None:
        self._of: Final[dict[Address, frozenset[str]]] = {}
        self._shared: Final[dict[frozenset[str], frozenset[str]]] = {}

    def of(self, address: Address) -> frozenset[str]:
        return self._of.get(address, _NONE)

    def put(self, address: Address, keys: frozenset[str]) -> None:
        if keys:
            self._of[address] = self._shared.setdefault(keys, keys)
        else:
            self._of.pop(address, None)

    async def add(self, pairs: Iterable[tuple[str, Address]]) -> None:
        added: dict[Address, set[str]] = {}
        async for key, address in in_slices(pairs):
            added.setdefault(address, set()).add(key)
        async for address, keys in in_slices(added.items()):
            self.put(address, self.of(address) | keys)

    async def keep(self, keys: frozenset[str]) -> None:
        """Forgets all others."""
        self._shared.clear()
        async for address in in_slices([*self._of]):
            self.put(address, self.of(address) & keys)


class Told:
    """Which keys are taken at which addresses. Other processes may have taken more: a claim then fails, and the keys
    are to be forgotten."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger: Final = ledger
        self._known: frozenset[str] = _NONE
        self._kept: frozenset[str] = _NONE
        self._taken: Final = _KeySets()
        self._stale: Final = _KeySets()

    async def look(self, keys: Iterable[str]) -> None:
        """Has these keys known, and no others. Raises LedgerUnavailableError."""
        wanted = frozenset(keys)
        self._known &= wanted
        if self._kept - self._known:
            await self._taken.keep(self._known)
            await self._stale.keep(self._known)
        unknown = sorted(wanted - self._known)
        for some in (unknown[first : first + _AT_ONCE] for first in range(0, len(unknown), _AT_ONCE)):
            await self._taken.add(await self._ledger.taken(some))
            await self._stale.add(await self._ledger.stale(some))
            self._known |= {*some}
        self._kept = self._known

    def at(self, address: Address, in_time: frozenset[str]) -> frozenset[str]:
        """The keys that are taken at an address, but for those that were skipped as stale although they are `in_time`:
        the clock was wrong then."""
        taken, stale = self._taken.of(address), self._stale.of(address)
        return taken - (stale & in_time) if stale else taken

    def note(self, address: Address, keys: Collection[str], *, stale: bool = False) -> None:
        """The keys are taken there from now on."""
        self._taken.put(address, self._taken.of(address).union(keys))
        before = self._stale.of(address)
        self._stale.put(address, before.union(keys) if stale else before.difference(keys))

    def forget(self, keys: Collection[str]) -> None:
        """Has it read anew where these keys are taken: another process was at work."""
        self._known -= {*keys}
