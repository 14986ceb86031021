"""What is to be done at each address: one step after the other there, the most urgent first everywhere."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Coroutine, Iterable
from dataclasses import dataclass, field
from functools import partial
from heapq import heappop, heappush
from itertools import count
from typing import Any, Final

from bot.announcements.ledger import OpenPost, SentPost
from bot.announcements.pinned_cards import CardWork
from bot.announcements.post import PostSubject
from bot.announcements.urgency import LEAST_URGENT, urgency
from bot.domain.subscriptions import Address

_AT_ONCE: Final = 64
"""Posts to one platform that are on their way at once, and as many edits: more than its rates let go in a second."""

Work = PostSubject | OpenPost | SentPost | CardWork
"""A post to send, one to take up again, a message to correct, a card to look after."""


@dataclass(slots=True)
class _Queue:
    """Addresses of one platform that wait for a free lane, as (priority, arrival, address)."""

    waiting: list[tuple[int, int, Address]] = field(default_factory=list)
    running: int = 0


class Lanes:
    """Does the work that was planned. A new plan for an address takes the place of what has not begun there."""

    def __init__(self, do: Callable[[Address, Work], Coroutine[Any, Any, None]], when_idle: Callable[[], None]) -> None:
        self._do: Final = do
        self._when_idle: Final = when_idle
        self._planned: Final[dict[Address, tuple[Work, ...]]] = {}
        self._arrived: Final[dict[Address, int]] = {}
        self._running: Final[dict[Address, tuple[Work, asyncio.Task[None]]]] = {}
        self._queues: Final[defaultdict[tuple[str, bool], _Queue]] = defaultdict(_Queue)
        """By platform, and whether for edits: rates of their own may hold those up."""
        self._arrivals: Final = count()

    @property
    def addresses(self) -> Collection[Address]:
        """Where something is still to be begun."""
        return self._planned.keys()

    @property
    def busy(self) -> bool:
        """Whether anything is under way or to be begun."""
        return bool(self._running or self._planned)

    def plan(self, address: Address, work: Iterable[Work]) -> None:
        """Has this done there, but for what is under way already; nothing of it begins before `start`."""
        running = self._running.get(address)
        planned = tuple(each for each in work if not running or each != running[0])
        if len(planned) > 1:
            planned = tuple(sorted(planned, key=_priority))
        if planned == self._planned.get(address, ()):
            return
        if planned:
            self._planned[address] = planned
        else:
            self._planned.pop(address, None)
        if not running:
            self._enqueue(address)

    def start(self) -> None:
        """Begins what was planned."""
        for key in [*self._queues]:
            self._start(key)

    async def idle(self) -> None:
        """Waits until everything is done."""
        while self._running:
            await asyncio.wait([task for _, task in self._running.values()])

    async def close(self, within: float) -> None:
        """Begins nothing more and lets what is under way be finished; what takes longer is cut off."""
        self._planned.clear()
        tasks = [task for _, task in self._running.values()]
        if not tasks:
            return
        _, late = await asyncio.wait(tasks, timeout=within)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late)

    def _enqueue(self, address: Address) -> None:
        self._arrived.pop(address, None)
        if work := self._planned.get(address):
            arrival, priority = next(self._arrivals), _priority(work[0])
            self._arrived[address] = arrival
            queue = self._queues[address.platform, priority == LEAST_URGENT]
            heappush(queue.waiting, (priority, arrival, address))

    def _start(self, key: tuple[str, bool]) -> None:
        queue = self._queues[key]
        while queue.waiting and queue.running < _AT_ONCE:
            _, arrival, address = heappop(queue.waiting)
            if self._arrived.get(address) != arrival or address not in self._planned:
                continue
            del self._arrived[address]
            work, *others = self._planned.pop(address)
            if others:
                self._planned[address] = tuple(others)
            queue.running += 1
            task = asyncio.create_task(self._do(address, work), name=f"lane {address}")
            self._running[address] = work, task
            task.add_done_callback(partial(self._done, address, key))

    def _done(self, address: Address, key: tuple[str, bool], _: asyncio.Task[None]) -> None:
        self._running.pop(address, None)
        self._queues[key].running -= 1
        self._enqueue(address)
        self.start()
        if not self.busy:
            self._when_idle()


def _priority(work: Work) -> int:
    """The lowest goes first: by the post; edits come last."""
    match work:
        case SentPost() | CardWork():
            return LEAST_URGENT
        case OpenPost(subject=subject):
            return urgency(subject)
        case subject:
            return urgency(subject)
