"""The serving bot as a process, against the stand-ins for both platforms."""

import asyncio
import json
import signal
import sys
import warnings
from pathlib import Path

import aiohttp
import pytest

from tests.app.conftest import on_discord, on_slack
from tests.processes import ROOT, STARTS_WITHIN, Result, Running, lecturebot, running
from tests.standins.slack import Hold, SlackStandIn

with warnings.catch_warnings():  # discord.py imports `audioop`, which Python 3.11 and 3.12 call deprecated
    warnings.simplefilter("ignore", DeprecationWarning)
    from tests.standins.discord import DiscordStandIn

SPRING = ("--now", "2024-04-06T12:00+09:00")
NOWHERE = "http://127.0.0.1:9"
CONNECTED = "platform.connected"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sends signals")


async def health(bot: Running) -> Result:
    """What `lecturebot health` says of the running bot."""
    return await asyncio.to_thread(lecturebot, "health", data=bot.data)


async def answered(slack: SlackStandIn) -> None:
    """Asks for the next lecture on Slack and waits for the answer; the first one waits for the reader's language."""
    answer = await slack.command("/next")
    seen = await slack.until(lambda: answer.visible)
    assert seen
    assert "ecture 9" in seen.text or "第9回" in seen.text


def errors(bot: Running) -> list[str]:
    """The lines of the log that tell of an error."""
    return [line for line in bot.log if "[error" in line]


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
async def test_both_platforms_answer_side_by_side_until_a_signal(
    by: signal.Signals, discord: DiscordStandIn, slack: SlackStandIn, tmp_path: Path
) -> None:
    settings = {**on_discord(discord), **on_slack(slack)}
    async with running(data=tmp_path, options=SPRING, settings=settings) as bot:
        await bot.says(CONNECTED, "discord")
        await bot.says(CONNECTED, "slack")
        await bot.says("discord.commands_registered")
        answer = await discord.interactions.command("next", locale="ja")
        assert "第9回" in json.dumps(answer.message, ensure_ascii=False)
        await answered(slack)
        well = await health(bot)
        assert (well.code, well.out) == (0, "All is well (discord, slack).\n")
        assert await bot.told_to_end(by) == 0
    assert not (tmp_path / "health.json").exists()
    assert [line for line in bot.log if "[info" not in line] == []
    assert not any(secret in line for secret in settings.values() if "://" not in secret for line in bot.log)


async def test_a_wrong_token_on_one_side_leaves_the_other_in_service(
    slack: SlackStandIn, discord: DiscordStandIn, tmp_path: Path
) -> None:
    settings = {**on_discord(discord), **on_slack(slack), "DISCORD_TOKEN": "wrong.discord.token"}
    async with running(data=tmp_path, options=SPRING, settings=settings) as bot:
        line = await bot.says("Discord refuses DISCORD_TOKEN.")
        await bot.says(CONNECTED, "slack")
        await answered(slack)
        assert (await health(bot)).out.startswith("Not connected: discord (credentials refused) What to do: lecturebot")
        assert await bot.told_to_end() == 2
    assert errors(bot) == [line]
    assert not any("wrong.discord.token" in each for each in bot.log)


async def test_when_every_platform_refuses_its_token_the_process_ends_with_2(
    discord: DiscordStandIn, slack: SlackStandIn, tmp_path: Path
) -> None:
    settings = {**on_discord(discord), **on_slack(slack), "DISCORD_TOKEN": "wrong", "SLACK_APP_TOKEN": "xapp-wrong"}
    async with running(data=tmp_path, options=("--lang", "ja"), settings=settings) as bot:
        assert await bot.ends() == 2
    assert [line for line in bot.log if "[info" not in line] == errors(bot)
    assert len(errors(bot)) == 2
    assert any("Discord が DISCORD_TOKEN を受け付けません。" in line for line in bot.log)
    assert any("Slack が SLACK_APP_TOKEN を受け付けません。" in line for line in bot.log)


async def test_a_platform_that_is_down_does_not_touch_the_other(discord: DiscordStandIn, tmp_path: Path) -> None:
    settings = {
        **on_discord(discord),
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_APP_TOKEN": "xapp-1",
        "SLACK_API_URL": NOWHERE,
    }
    async with running(data=tmp_path, options=SPRING, settings=settings) as bot:
        await bot.says(CONNECTED, "discord")
        await bot.says("discord.commands_registered")
        assert (await discord.interactions.command("next")).message
        ill = await health(bot)
        assert ill.code == 1
        assert ill.out.startswith("Not connected: slack (")
        assert await bot.told_to_end() == 0


async def test_slack_over_http_and_health_over_http(slack: SlackStandIn, tmp_path: Path) -> None:
    settings = {
        **on_slack(slack),
        "SLACK_APP_TOKEN": "",
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "LECTUREBOT_LOG": "json",
    }
    async with running("--http", "127.0.0.1:0", data=tmp_path, options=SPRING, settings=settings) as bot:
        address = json.loads(await bot.says("http.listening"))["address"]
        await bot.says(CONNECTED)
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://{address}/health") as answer:
                assert answer.status == 200
                assert await answer.json() == {"well": True, "platforms": {"slack": {"connected": True}}, "posts": True}
            async with session.post(f"http://{address}/slack/events", data=b"unsigned") as answer:
                assert answer.status == 401
        assert await bot.told_to_end() == 0
    assert all(json.loads(line)["level"] == "info" for line in bot.log)


async def test_an_address_that_is_taken_is_wrong_configuration(slack: SlackStandIn, tmp_path: Path) -> None:
    taken = slack.api_url.removeprefix("http://").partition("/")[0]
    async with running("--http", taken, data=tmp_path, settings=on_slack(slack)) as bot:
        assert await bot.ends() == 2
    assert len(bot.log) == 1
    assert bot.log[0].startswith(f"HTTP cannot be served at {taken}: ")


async def test_a_data_folder_that_takes_nothing_is_wrong_configuration(slack: SlackStandIn, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    async with running(data=tmp_path / "file", settings=on_slack(slack)) as bot:
        assert await bot.ends() == 2
    assert len(bot.log) == 1
    assert "not writable" in bot.log[0]


async def test_a_bot_that_was_killed_is_not_well(slack: SlackStandIn, tmp_path: Path) -> None:
    async with running(data=tmp_path, settings=on_slack(slack)) as bot:
        await bot.says(CONNECTED)
        await bot.told_to_end(signal.SIGKILL)
        dead = await health(bot)
        told = (
            f"The bot's process ({bot.process.pid}) is not running. What to do: lecturebot --data {tmp_path} doctor\n"
        )
        assert (dead.code, dead.out) == (1, told)


async def test_a_schedule_broken_by_an_edit_is_reported_while_the_last_good_one_serves(
    slack: SlackStandIn, tmp_path: Path
) -> None:
    file = tmp_path / "lectures.yaml"
    good = (ROOT / "lectures.yaml").read_bytes()
    file.write_bytes(good)
    options = ("--lectures", str(file), *SPRING)
    async with running(data=tmp_path / "data", options=options, settings=on_slack(slack)) as bot:
        await bot.says(CONNECTED)
        broken = tmp_path / "new"
        broken.write_bytes(good + b"  - {number: 12}\n")
        broken.replace(file)
        await bot.says("schedule.refused")
        await answered(slack)
        async with asyncio.timeout(STARTS_WITHIN):
            while "mistake" not in (still := await health(bot)).out:  # noqa: ASYNC110 - a process, not an event
                await asyncio.sleep(1)
        assert still.code == 0
        assert f"{file}:" in still.out
        assert await bot.told_to_end() == 0


async def test_a_post_under_way_is_finished_and_recorded_before_its_platform_closes(
    slack: SlackStandIn, tmp_path: Path
) -> None:
    file = tmp_path / "lectures.yaml"
    planned = (ROOT / "lectures.yaml").read_bytes()
    file.write_bytes(planned)
    options = ("--lectures", str(file), *SPRING)
    settings = {**on_slack(slack), "LECTUREBOT_CHANNELS": f"slack:{slack.channel.id}"}
    async with running(data=tmp_path / "data", options=options, settings=settings) as bot:
        await bot.says(CONNECTED)
        sending = Hold()
        slack.faults.add("chat.postMessage", sending)
        cancelled = tmp_path / "new"
        cancelled.write_bytes(planned.replace(b"  - number: 9\n", b"  - number: 9\n    status: cancelled\n"))
        cancelled.replace(file)
        await asyncio.wait_for(sending.arrived.wait(), STARTS_WITHIN)
        bot.process.send_signal(signal.SIGTERM)
        await asyncio.sleep(0.5)
        sending.release()
        assert await bot.ends() == 0
    assert len(slack.channel.messages) == 1
    assert [line for line in bot.log if "post.sent" in line]
    assert [line for line in bot.log if "[info" not in line] == []


async def test_discord_sync_registers_the_commands_or_says_why_not(discord: DiscordStandIn, tmp_path: Path) -> None:
    done = await asyncio.to_thread(lecturebot, "discord", "sync", cwd=tmp_path, settings=on_discord(discord))
    assert (done.code, done.err) == (0, "")
    assert "/next" in done.out
    assert "next" in [command["name"] for command in discord.commands]
    wrong = {**on_discord(discord), "DISCORD_TOKEN": "wrong.discord.token"}
    refused = await asyncio.to_thread(lecturebot, "discord", "sync", cwd=tmp_path, settings=wrong)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith("Discord refuses DISCORD_TOKEN.")
    assert refused.err.count("\n") == 1
