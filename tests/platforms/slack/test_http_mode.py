"""HTTP mode takes what Slack has signed, and nothing else."""

import json
from collections.abc import AsyncIterator
from io import BytesIO
from urllib.parse import urlencode

import aiohttp
import pytest

from tests.platforms.slack.conftest import Bot, Start
from tests.standins.slack import Forgery, SlackStandIn

_JSON = "application/json"


@pytest.fixture
async def bot(started: Start) -> Bot:
    """A bot in HTTP mode."""
    return await started("http")


def _command() -> str:
    return urlencode({"command": "/next", "text": "", "user_id": "U1", "trigger_id": "1", "response_url": "http://x/"})


@pytest.mark.parametrize(
    "forgery",
    [
        Forgery(secret="another"),
        Forgery(age=310),
        Forgery(age=-400),
        Forgery(signature=""),
        Forgery(signature="v0=" + "0" * 64),
        Forgery(signature="v0=ü"),
        Forgery(timestamp=""),
        Forgery(timestamp="soon"),
        Forgery(timestamp="1e9"),
        Forgery(timestamp="-1"),
        Forgery(timestamp="٣"),
        Forgery(timestamp="9" * 5000),
    ],
    ids=str,
)
async def test_what_is_not_properly_signed_is_refused(slack: SlackStandIn, bot: Bot, forgery: Forgery) -> None:
    with slack.http.forged(forgery):
        assert (await slack.http.post(_command(), "application/x-www-form-urlencoded")).status == 401
        assert (await slack.command("/next")).visible is None


async def test_a_request_a_few_minutes_old_is_taken(slack: SlackStandIn, bot: Bot) -> None:
    with slack.http.forged(Forgery(age=250)):
        await (await slack.command("/next")).seen()


async def test_slack_can_verify_the_address(slack: SlackStandIn, bot: Bot) -> None:
    verified = await slack.http.url_verification("abc")
    assert (verified.status, json.loads(verified.text)) == (200, {"challenge": "abc"})
    assert (await slack.http.ssl_check()).status == 200


async def _chunks() -> AsyncIterator[bytes]:
    for _ in range(20):
        yield b"x" * 65_536


async def test_a_body_without_end_is_refused(slack: SlackStandIn, bot: Bot) -> None:
    assert slack.http.url
    async with aiohttp.ClientSession() as session:
        for endless in (BytesIO(b"x" * 1_048_577), _chunks()):
            async with session.post(slack.http.url, data=endless) as answer:
                assert answer.status == 413
    assert (await slack.http.post("x" * 1_048_576, _JSON)).status in (200, 400)


@pytest.mark.parametrize("body", ["", "{", "[]", '"text"', "null", '{"type": 1}', '{"type": "event_callback"}'])
async def test_what_makes_no_sense_does_no_harm(slack: SlackStandIn, bot: Bot, body: str) -> None:
    assert (await slack.http.post(body, _JSON)).status in (200, 400)
    await (await slack.command("/next")).seen()


async def test_other_methods_and_paths_are_not_ours(bot: Bot) -> None:
    assert [(route.method, route.path) for route in bot.routes] == [("POST", "/slack/events")]


async def test_there_are_no_routes_in_socket_mode(started: Start) -> None:
    assert (await started("socket")).routes == []
