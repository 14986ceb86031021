"""One connection to Discord, from login until it is lost for good."""

import asyncio
import sys
import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

import discord
import structlog
import yarl
from discord.abc import GuildChannel
from discord.gateway import DiscordWebSocket

from bot.domain.subscriptions import Address, AddressKind
from bot.platforms.discord.command_tree import CommandTree, sync_if_changed
from bot.platforms.discord.http import RequestTrace, clear_seldom
from bot.platforms.discord.interactions import Interactions
from bot.platforms.discord.mentions import CommandMentions
from bot.platforms.discord.rendering import NO_MENTIONS

_log: Final = structlog.get_logger(__name__)

_MOST_DROPS = 5
_WITHIN = 60.0
"""So many drops within so many seconds end the connection: discord.py itself would resume without pause, for ever."""

_VITAL = frozenset({"READY", "RESUMED"})
"""Dispatches without which a connection is none."""

_WITHOUT_COMMAND = frozenset({discord.InteractionType.component, discord.InteractionType.modal_submit})
"""The interactions that discord.py's tree does not answer."""


_LOOKS = 20.0
"""Seconds after which it is looked at whether people register for lectures."""


class SessionsUsedUpError(Exception):
    """Discord allows no further session until `seconds` have passed."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"no session left for {seconds:.0f} s")
        self.seconds: Final = seconds


class Client(discord.AutoShardedClient):
    """Answers interactions and resumes a dropped connection.

    It connects and identifies each shard once. When that would be needed again, or when the connection drops too
    often, `lost` is set, and whoever runs the client decides when to try with a new one.
    """

    def __init__(self, interactions: Interactions, trace: RequestTrace, *, named_organizers: bool = False) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=NO_MENTIONS,
            max_messages=None,
            max_ratelimit_timeout=30.0,
            http_trace=trace.config,
        )
        clear_seldom(self.http)
        self._connection.parsers = {
            name: parse if name in _VITAL else _skipping(name, parse)
            for name, parse in self._connection.parsers.items()
        }
        self._connection.parsers["GUILD_CREATE"] = self._telling(self._connection.parsers["GUILD_CREATE"])
        self.lost: Final = asyncio.Event()
        self._interactions: Final = interactions
        self._tree: Final = CommandTree(self, interactions, named_organizers=named_organizers)
        self._launched: Final[set[int]] = set()
        self._identified: Final[set[int | None]] = set()
        self._live: Final[set[int]] = set()
        self._drops: Final[deque[float]] = deque(maxlen=_MOST_DROPS)
        self._registering: asyncio.Task[None] | None = None
        self._keeping: asyncio.Task[None] | None = None

    @property
    def identified(self) -> bool:
        """Whether it has used up a session start."""
        return bool(self._identified)

    @property
    def connected(self) -> bool:
        """Whether every shard receives what happens."""
        everyone = len(self._live) == self.shard_count
        return everyone and not any(shard.is_closed() for shard in self.shards.values())

    @property
    def mentions(self) -> CommandMentions:
        """The commands as its texts mention them."""
        return self._interactions.mentions

    async def setup_hook(self) -> None:
        """Asks the API for the gateway's address, which discord.py else takes as known when it reconnects."""
        self.shard_count, address, limit = await self.http.get_bot_gateway()
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(address)
        if limit.get("remaining", 1) < 1:
            raise SessionsUsedUpError(limit.get("reset_after", 0) / 1000)
        self._registering = asyncio.create_task(self._register())
        self._keeping = asyncio.create_task(self._keep_registered())

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """Spares commands and completions, which the tree has by now, a task of `on_interaction` that ends at once."""
        if event != "interaction" or args[0].type in _WITHOUT_COMMAND:
            super().dispatch(event, *args, **kwargs)

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Connects a shard; discord.py calls it again and again, without pause to speak of, where that fails."""
        if shard_id in self._launched:
            await self._give_up()
        self._launched.add(shard_id)
        await super().launch_shard(gateway, shard_id, initial=initial)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Lets each shard identify once, as far apart as Discord wants; a second time, the session is lost."""
        if shard_id in self._identified:
            await self._give_up()
        self._identified.add(shard_id)
        await super().before_identify_hook(shard_id, initial=initial)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Answers buttons and menus, and forms that come back."""
        if interaction.type is discord.InteractionType.modal_submit:
            await self._interactions.modal_submit(interaction)
        else:
            await self._interactions.component(interaction)

    async def on_shard_connect(self, shard_id: int) -> None:
        """Takes note of a new session."""
        self._live.add(shard_id)
        await self._tell_servers()
        _log.info("discord.connected", shard=shard_id)

    async def on_shard_resumed(self, shard_id: int) -> None:
        """Takes note of a session taken up again."""
        self._live.add(shard_id)
        _log.info("discord.resumed", shard=shard_id)

    async def on_shard_disconnect(self, shard_id: int) -> None:
        """Takes note of a drop, and gives up if they come too fast."""
        self._live.discard(shard_id)
        now = time.monotonic()
        if len(self._drops) == _MOST_DROPS and now - self._drops[0] < _WITHIN:
            self.lost.set()
        self._drops.append(now)

    async def on_server_known(self) -> None:
        """Tells of the servers: one was joined, or is known by now, be it again. discord.py would tell 2 s later."""
        await self._tell_servers()

    async def on_guild_channel_delete(self, channel: GuildChannel) -> None:
        """Takes note of a channel that was deleted, and of its threads."""
        threads = channel.threads if isinstance(channel, discord.TextChannel | discord.ForumChannel) else ()
        await self._gone(channel, *threads)

    async def on_guild_role_delete(self, role: discord.Role) -> None:
        """Takes note of a role that was deleted."""
        await self._interactions.role_gone(role)

    async def on_thread_delete(self, thread: discord.Thread) -> None:
        """Takes note of a thread that was deleted."""
        await self._gone(thread)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Takes note of a server that was deleted, or that the bot was removed from. One that is out of order stays."""
        await self._tell_servers()
        await self._gone(*guild.channels, *guild.threads)

    def _telling(self, parse: Callable[[Any], None]) -> Callable[[Any], None]:
        """A parser that lets `on_server_known` follow."""

        def parsed(data: Any) -> None:
            parse(data)
            self.dispatch("server_known")

        return parsed

    async def _tell_servers(self) -> None:
        """Tells of the servers, unless some are out of order: when the bot joined those isn't known."""
        if self.connected and not any(each.unavailable for each in self.guilds):
            await self._interactions.joined(each.id for each in sorted(self.guilds, key=_joined_at))

    async def _gone(self, *channels: GuildChannel | discord.Thread) -> None:
        await self._interactions.channels_gone(
            {
                Address("discord", AddressKind.CHANNEL, str(each.id)): f"#{each.name} ({each.guild.name})"
                for each in channels
            }
        )

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Keeps to one line in the log."""
        _log.error("discord.event_failed", handler=event_method, error=type(sys.exception()).__name__)

    async def close(self) -> None:
        """Ends the connection and what was begun with it."""
        for task in (self._registering, self._keeping):
            if task:
                task.cancel()
        await super().close()

    async def _give_up(self) -> None:
        """Leaves the rest to whoever runs the client, and goes no further."""
        self.lost.set()
        await asyncio.Event().wait()

    async def _keep_registered(self) -> None:
        """Registers the commands again when people begin or cease to register for lectures."""
        had_registration = self._interactions.series.has_registration
        while True:
            await asyncio.sleep(_LOOKS)
            has_registration = self._interactions.series.has_registration
            if has_registration is not had_registration:
                had_registration = has_registration
                await self._register()

    async def _register(self) -> None:
        try:
            registered, is_new = await sync_if_changed(self, self._tree)
            self._interactions.registered(registered)
            if is_new:
                _log.info("discord.commands_registered")
        except Exception as error:
            _log.warning("discord.commands_not_registered", error=type(error).__name__)


def _joined_at(guild: discord.Guild) -> tuple[datetime, int]:
    """When the bot joined a server."""
    joined = guild.me.joined_at
    return joined or datetime.max.replace(tzinfo=UTC), guild.id


def _skipping(name: str, parse: Callable[[Any], None]) -> Callable[[Any], None]:
    """A parser of what the gateway tells that skips what it can't parse, where discord.py would end the connection."""

    def parsed(data: Any) -> None:
        try:
            parse(data)
        except Exception as error:
            _log.warning("discord.dispatch_skipped", dispatch=name, error=type(error).__name__)

    return parsed
