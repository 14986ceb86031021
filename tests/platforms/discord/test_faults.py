"""What goes wrong between the bot and Discord while somebody waits for an answer."""

import asyncio
from collections.abc import Callable
from typing import Any, cast

import pytest
import structlog

from bot.commands.parser import Request
from bot.commands.router import CommandRouter
from bot.platforms.discord import DiscordPlatform
from tests.platforms.discord.conftest import router_with, serving, until
from tests.standins.discord import DiscordStandIn, Drop, Hold, LoseAnswer, NoAnswerError, Refuse, Status, TooMany

FAILED = "申し訳ありません。うまくお答えできませんでした。少し待ってから、もう一度お試しください。"
CALLBACK = r"/interactions/\d+/[^/]+/callback"
Logged = list[dict[str, Any]]


@pytest.fixture
def logged() -> Any:
    """What goes to the log, from ERROR on."""
    with structlog.testing.capture_logs() as records:
        yield records


def errors(records: Logged) -> list[str]:
    """The names of what was logged as an error."""
    return [record["event"] for record in records if record["log_level"] == "error"]


class Broken:
    """A router that fails at one question."""

    def __init__(self, router: CommandRouter) -> None:
        self._router = router

    def __getattr__(self, name: str) -> Any:
        return getattr(self._router, name)

    def answer(self, request: Request) -> Any:
        """Fails at `about`."""
        if request.line == "about":
            raise ZeroDivisionError
        return self._router.answer(request)


async def test_a_defect_is_excused_privately_and_logged_in_one_line(discord: DiscordStandIn, logged: Logged) -> None:
    async with serving(discord, cast(CommandRouter, Broken(router_with()))):
        answer = await discord.interactions.command("about", locale="ja")
        assert (answer.ephemeral, answer.content) == (True, FAILED)
        (record,) = [each for each in logged if each["log_level"] == "error"]
        place = record.pop("at")
        assert record == {"event": "discord.unanswered", "log_level": "error", "error": "ZeroDivisionError"}
        assert place.startswith("test_faults.py:")
        following = await discord.interactions.command("next", locale="ja")
        assert following.components


async def test_a_server_error_is_tried_again_in_time(
    discord: DiscordStandIn, bot: DiscordPlatform, logged: Logged
) -> None:
    discord.faults.add("POST", CALLBACK, Status(500))
    answer = await discord.interactions.command("next", locale="ja")
    assert answer.components
    assert errors(logged) == []


async def test_a_rate_limit_is_waited_out(discord: DiscordStandIn, bot: DiscordPlatform, logged: Logged) -> None:
    discord.faults.add("POST", CALLBACK, TooMany(0.1))
    answer = await discord.interactions.command("next", locale="ja")
    assert answer.components
    assert errors(logged) == []


async def test_an_answer_that_discord_had_after_all_is_no_error(
    discord: DiscordStandIn, bot: DiscordPlatform, logged: Logged
) -> None:
    discord.faults.add("POST", CALLBACK, Status(500, applied=True))
    answer = await discord.interactions.command("next", locale="ja")
    await until(lambda: answer.refused)
    assert answer.components
    assert [refusal.code for refusal in answer.refused] == [40060]
    await until(lambda: any(each["event"] == "discord.too_late" for each in logged))
    assert errors(logged) == []


async def test_an_answer_that_comes_too_late_is_no_error(
    discord: DiscordStandIn, bot: DiscordPlatform, logged: Logged
) -> None:
    discord.interactions.deadline = 0.0
    with pytest.raises(NoAnswerError, match="10062"):
        await discord.interactions.command("next", locale="ja")
    discord.interactions.deadline = 3.0
    assert (await discord.interactions.command("next", locale="ja")).components
    assert [each["code"] for each in logged if each["event"] == "discord.too_late"] == [10062]
    assert errors(logged) == []


async def test_a_refused_message_is_excused(discord: DiscordStandIn, bot: DiscordPlatform, logged: Logged) -> None:
    discord.faults.add("POST", CALLBACK, Refuse(400, 50035, "Invalid Form Body"))
    answer = await discord.interactions.command("next", locale="ja")
    assert (answer.ephemeral, answer.content) == (True, FAILED)
    assert errors(logged) == ["discord.unanswered"]


@pytest.mark.parametrize("fault", [Drop, LoseAnswer])
async def test_a_lost_connection_leaves_the_bot_answering(
    discord: DiscordStandIn, bot: DiscordPlatform, logged: Logged, fault: Callable[..., Any]
) -> None:
    discord.faults.add("POST", CALLBACK, fault(reset=True))
    first = await discord.interactions.command("next", locale="ja")
    assert first.ephemeral
    assert (await discord.interactions.command("next", locale="ja")).components


async def test_no_token_of_an_interaction_is_logged(
    discord: DiscordStandIn, bot: DiscordPlatform, logged: Logged
) -> None:
    discord.faults.add("POST", CALLBACK, Refuse(400, 50035, "Invalid Form Body"), times=2)
    with pytest.raises(NoAnswerError):
        await discord.interactions.command("next", locale="ja", within=0.5)
    (call, *_) = discord.calls_of("POST", "/interactions/")
    assert call.names["token"] not in str(logged)
    assert discord.token not in str(logged)


async def test_an_answer_under_way_is_given_before_the_bot_ends(discord: DiscordStandIn) -> None:
    hold = Hold()
    async with serving(discord) as platform:
        discord.faults.add("POST", CALLBACK, hold)
        asking = asyncio.create_task(discord.interactions.command("next", locale="ja"))
        await hold.arrived.wait()
        await platform.close()
        await asyncio.sleep(0.1)
        hold.release()
        assert (await asking).components


async def test_completion_that_comes_too_late_is_no_error(
    discord: DiscordStandIn, bot: DiscordPlatform, logged: Logged
) -> None:
    discord.interactions.deadline = 0.0
    with pytest.raises(NoAnswerError):
        await discord.interactions.autocomplete("lecture", "which", "月", locale="ja")
    discord.interactions.deadline = 3.0
    assert await discord.interactions.autocomplete("lecture", "which", "月", locale="ja")
