"""The bot on a stand-in for Slack, over real sockets, in either mode."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from bot.commands.context import Reply
from bot.commands.parser import Request
from bot.commands.router import CommandRouter
from bot.domain.language import Language
from bot.platforms.slack import CommandNames, SlackPlatform
from bot.platforms.slack.timings import Timings
from tests.examples import BEFORE_THREE, EXAMPLE
from tests.standins.slack import SlackStandIn

Start = Callable[..., Awaitable["Bot"]]

CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"

FAST = Timings(
    ping=1.0,
    first_wait=0.01,
    longest_wait=0.05,
    longest_reconnect=0.05,
    settled=0.005,
    farewell=0.05,
    token_check=0.1,
    doubted_token=0.05,
    refused_token=0.1,
)
"""Waits short enough for tests."""


class ExampleRouter(CommandRouter):
    """The router of the example series. `broken` lines raise an error; `replies` are given in place of real ones."""

    def __init__(self) -> None:
        super().__init__(lambda: EXAMPLE, lambda: BEFORE_THREE, lambda *_: CALENDAR)
        self.broken: set[str] = set()
        self.replies: dict[str, Reply] = {}

    def answer(self, request: Request) -> Reply:
        if request.line in self.broken:
            raise ZeroDivisionError("a defect\nof two lines")
        return self.replies.get(request.line) or super().answer(request)


def said(line: str, language: Language) -> str:
    """What the router says to a command line, in one sentence; how it is worded is not for these tests to judge."""
    return ExampleRouter().answer(Request(line, language)).headline


@dataclass
class Bot:
    """A bot that is being served, and what it is served from."""

    platform: SlackPlatform
    router: ExampleRouter
    serving: asyncio.Task[None]
    mode: str
    routes: list[web.RouteDef] = field(default_factory=list)


@pytest.fixture
async def slack() -> AsyncIterator[SlackStandIn]:
    """A workspace that in the end must have shown everything as it was meant, and pinged nobody."""
    async with SlackStandIn() as standin:
        standin.redelivery.delays = (0.0, 0.0)
        yield standin
        assert standin.flaws == []
        assert standin.pinged == []
        assert standin.unknown_methods == []


@pytest.fixture
async def started(slack: SlackStandIn) -> AsyncIterator[Start]:
    """Starts a bot in `socket` or `http` mode and ends it after the test; the example's router answers, or another."""
    async with AsyncExitStack() as stack:

        async def start(
            mode: str = "socket", prefix: str = "", timings: Timings = FAST, served: CommandRouter | None = None
        ) -> Bot:
            router = ExampleRouter()
            app_token = slack.app_token if mode == "socket" else None
            platform = SlackPlatform(
                slack.bot_token,
                app_token,
                slack.signing_secret,
                slack.api_url,
                CommandNames(prefix),
                timings=timings,
            )
            routes = platform.routes()
            if mode == "http":
                app = web.Application()
                app.add_routes(routes)
                runner = web.AppRunner(app, access_log=None)
                await runner.setup()
                stack.push_async_callback(runner.cleanup)
                await web.TCPSite(runner, "127.0.0.1", 0).start()
                slack.http.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
            bot = Bot(platform, router, asyncio.create_task(platform.run(served or router)), mode, routes)
            stack.push_async_callback(_end, bot)
            await (slack.socket.connected() if mode == "socket" else slack.until(lambda: platform.health.connected))
            return bot

        yield start


async def _end(bot: Bot) -> None:
    await bot.platform.close()
    await asyncio.gather(bot.serving, return_exceptions=True)


@pytest.fixture(params=["socket", "http"])
async def bot(request: pytest.FixtureRequest, started: Start) -> Bot:
    """A bot, in each of the two modes."""
    return await started(request.param)


@pytest.fixture
async def known(slack: SlackStandIn, bot: Bot) -> SlackStandIn:
    """The workspace, after the bot has learned which language its user reads."""
    await (await slack.command("/next")).seen()
    return slack
