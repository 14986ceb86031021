"""What `lecturebot doctor` finds, as a process beside the stand-ins for both platforms."""

import asyncio
import json
import sys
import warnings
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.app.checks import CHECKS, Examination
from bot.domain.subscriptions import Address, AddressKind, Follower
from bot.options import Options
from bot.platforms.inspection import Inspection, Level
from bot.storage import open_store
from bot.web.health import read_heartbeat
from tests.app.conftest import on_discord, on_slack
from tests.processes import AS_ANYBODY, ROOT, STARTS_WITHIN, Result, Running, lecturebot, running
from tests.standins.slack import ALL_SCOPES, SlackStandIn
from tests.storage.cluster import PASSWORD, Cluster

with warnings.catch_warnings():  # discord.py imports `audioop`, which Python 3.11 and 3.12 call deprecated
    warnings.simplefilter("ignore", DeprecationWarning)
    from tests.standins.discord import DiscordStandIn, Right

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")
SPRING = ("--now", "2024-04-06T12:00+09:00")
NOWHERE = "http://127.0.0.1:9"


def tokens(discord: DiscordStandIn, slack: SlackStandIn) -> dict[str, str]:
    """The settings that serve both stand-ins."""
    return {**on_discord(discord), **on_slack(slack)}


async def connected(bot: Running) -> None:
    """Waits until its heartbeat says that it is connected everywhere, some moments after it is."""
    async with asyncio.timeout(STARTS_WITHIN):
        beat = None
        while beat is None or beat.disconnected:
            await asyncio.sleep(0.05)
            beat = read_heartbeat(bot.data)


async def doctor(data: Path, settings: Mapping[str, str], *options: str, **more: Any) -> Result:
    """What it says of the shipped series, which it is told to serve."""
    arguments = ("doctor", "--lectures", str(ROOT / "lectures.yaml"), *SPRING, *options)
    result = await asyncio.to_thread(lambda: lecturebot(*arguments, data=data, cwd=data, settings=settings, **more))
    secrets = [value for name, value in settings.items() if name.endswith(("TOKEN", "SECRET"))]
    assert not [each for each in secrets if each in result.out + result.err]
    assert (result.err, result.code in (0, 1)) == ("", True)
    return result


def found(result: Result, level: Level = Level.MEND) -> set[tuple[str, str]]:
    """The findings of that level in its JSON: the area of each, and what was found."""
    findings = json.loads(result.out)["findings"]
    return {(each["area"], each["check"]) for each in findings if each["level"] == level}


async def test_a_bot_that_is_well_is_called_so_and_is_not_disturbed(
    discord: DiscordStandIn, slack: SlackStandIn, tmp_path: Path
) -> None:
    role = discord.add_role("organizers")
    next(each for each in discord.guild.roles.values() if each.managed).rights |= Right.CREATE_EVENTS  # or it is told
    settings = {
        **tokens(discord, slack),
        "LECTUREBOT_CHANNELS": f"discord:{discord.channel.id}, slack:{slack.channel.id}",
        "LECTUREBOT_ADMINS": f"discord:role:{role.id}, slack:{slack.user.id}",
        "LECTUREBOT_ADMIN_CHANNEL": f"discord:{discord.channel.id}",
    }
    async with running(data=tmp_path, options=SPRING, settings=settings) as bot:
        await bot.says("platform.connected", "discord")
        await bot.says("platform.connected", "slack")
        await bot.says("discord.commands_registered")
        await connected(bot)
        sessions, posts = len(discord.gateway.sessions), [each.content for each in discord.messages]
        result = await doctor(tmp_path, settings, "--lang", "en")
        told = json.loads((await doctor(tmp_path, settings, "--json")).out)
        assert (len(discord.gateway.sessions), [each.content for each in discord.messages]) == (sessions, posts)
        assert await bot.told_to_end() == 0
    assert (result.code, result.out.splitlines()[0]) == (0, "All is well."), result.out
    for text in ("#lectures", "@organizers (Seminar) may use /admin.", "All is well (discord, slack)."):
        assert text in result.out
    assert told["well"]
    assert {each["level"] for each in told["findings"]} == {"well", "note"}
    assert [each["at"][:16] for each in told["posts"]] == sorted(each["at"][:16] for each in told["posts"])
    assert (len(told["posts"]), told["posts"][0]["target"]) == (5, f"discord:{discord.channel.id}")


async def test_what_hinders_a_bot_on_the_platforms_is_named(discord: DiscordStandIn, tmp_path: Path) -> None:
    lectures, quiet = discord.add_thread("papers"), discord.add_channel("quiet")
    discord.deny(quiet, Right.EMBED_LINKS)
    role = discord.add_role("organizers")
    async with SlackStandIn(scopes=ALL_SCOPES - {"pins:write"}) as slack:
        elsewhere = slack.channels.add(bot_is_member=False)
        settings = {
            **tokens(discord, slack),
            "LECTUREBOT_CHANNELS": f"discord:{lectures.id}, discord:{quiet.id}, discord:5, slack:{elsewhere.id}",
            "LECTUREBOT_ADMINS": f"discord:role:{role.id}, discord:role:{discord.guild.id}, discord:user:6, slack:U06",
            "LECTUREBOT_HOME": f"discord:8, slack:{slack.team_id}",
            "DISCORD_TOKNE": "x",
        }
        await asyncio.to_thread(lecturebot, "discord", "sync", cwd=tmp_path, settings=settings)
        admin = next(each for each in discord.commands if each["name"] == "admin")
        rule = {"id": str(discord.guild.id), "type": 1, "permission": False}
        discord.hide_commands(discord.guild, [{"id": admin["id"], "permissions": [rule]}])
        result = await doctor(tmp_path, settings, "--json", "--lang", "ja")
    assert result.code == 1
    assert found(result) == {
        ("settings", "cli.settings.misspelled"),
        ("discord", "doctor.channel.lacks"),
        ("discord", "doctor.channel.gone"),
        ("discord", "doctor.discord.admin_hidden_there"),
        ("discord", "doctor.organizer.everyone"),
        ("discord", "doctor.organizer.unknown"),
        ("slack", "doctor.slack.scopes"),
        ("slack", "doctor.channel.lacks"),
        ("slack", "doctor.organizer.unknown"),
    }
    assert "pins:write" in result.out
    assert "#quiet" in result.out
    assert ("discord", "doctor.home.left") in found(result, Level.NOTE)
    assert ("slack", "doctor.home.well") in found(result, Level.WELL)


async def test_admin_that_was_registered_for_managers_only_is_hidden_from_named_organizers(
    discord: DiscordStandIn, tmp_path: Path
) -> None:
    settings = {"DISCORD_TOKEN": discord.token, "DISCORD_API_URL": discord.api_url}
    await asyncio.to_thread(lecturebot, "discord", "sync", cwd=tmp_path, settings=settings)
    role = discord.add_role("organizers")
    result = await doctor(tmp_path, {**settings, "LECTUREBOT_ADMINS": f"discord:role:{role.id}"}, "--json")
    assert found(result) == {("discord", "doctor.discord.admin_hidden"), ("channels", "doctor.nobody_follows")}


@pytest.mark.parametrize("change", [{"API_URL": NOWHERE}, {"TOKEN": "wrong.token"}])
async def test_platforms_that_refuse_or_are_not_there(
    change: dict[str, str], discord: DiscordStandIn, slack: SlackStandIn, tmp_path: Path
) -> None:
    settings = tokens(discord, slack) | {"LECTUREBOT_CHANNELS": "discord:1"}
    token = change.get("TOKEN")
    wrong = {"DISCORD_TOKEN": token, "SLACK_BOT_TOKEN": f"xoxb-{token}"} if token else {}
    away = {} if token else {"DISCORD_API_URL": NOWHERE, "SLACK_API_URL": NOWHERE}
    result = await doctor(tmp_path, {**settings, **wrong, **away}, "--json")
    names = ("cli.refused.discord", "cli.refused.slack")
    unreachable = ("doctor.discord.unreachable", "doctor.slack.unreachable")
    assert found(result) == set(zip(("discord", "slack"), names if token else unreachable, strict=True))


@posix
async def test_what_the_bot_may_not_write_is_named_before_the_last_click(tmp_path: Path) -> None:
    folder, data = tmp_path / "schedule", tmp_path / "data"
    folder.mkdir()
    data.mkdir()
    (folder / "lectures.yaml").write_bytes((ROOT / "lectures.yaml").read_bytes())
    folder.chmod(0o555)
    data.chmod(0o555)
    options = ("--lectures", str(folder / "lectures.yaml"), "--json")
    result = await doctor(data, {}, *options, before=AS_ANYBODY)
    assert found(result) >= {("schedule", "writing.forbidden"), ("database", "doctor.data.unwritable")}


async def test_settings_and_schedule_that_are_wrong_are_named_all_at_once(tmp_path: Path) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text("series: {name: x, timezone: Asia/Tokyo}\nlectures:\n  - {number: 1, stars: 5}\n", encoding="utf-8")
    settings = {"SLACK_BOT_TOKEN": "xapp-1", "DISCORD_TOKEN": "two words", "LECTUREBOT_CHANNELS": "general"}
    result = await doctor(tmp_path, settings, "--lectures", str(file), "--json")
    assert found(result) == {
        ("settings", "cli.settings.no_token"),
        ("settings", "cli.settings.token_kind"),
        ("settings", "cli.settings.no_address"),
        ("settings", "cli.settings.slack_half"),
        ("schedule", "doctor.schedule.problem"),
        ("channels", "doctor.nobody_follows"),
    }
    assert f"{file}:3" in result.out


async def test_a_database_that_was_left_behind_is_named(postgresql: Cluster, tmp_path: Path) -> None:
    channel = Address("discord", AddressKind.CHANNEL, "1")
    async with open_store(tmp_path / "lecturebot.db", UTC) as store:
        await store.followers.follow(Follower(channel, datetime.now(UTC)), "test", datetime.now(UTC))
    url = postgresql.url()
    result = await doctor(tmp_path, {"DATABASE_URL": url}, "--json")
    assert ("database", "doctor.database.left_behind") in found(result)
    assert PASSWORD not in result.out
    away = await doctor(tmp_path, {"DATABASE_URL": postgresql.address(PASSWORD, 9)}, "--json")
    assert ("database", "cli.database.unavailable") in found(away)


@pytest.mark.parametrize(
    ("skew", "level"), [(0.5, Level.WELL), (20.0, Level.NOTE), (-90.0, Level.MEND), (3600.0, Level.MEND)]
)
def test_a_clock_that_is_off_is_told(skew: float, level: Level) -> None:
    nothing = Examination(
        Options("en", Path("data")), datetime.now(UTC), None, (), [], Path("x"), None, None, None, 0, None
    )
    examination = replace(nothing, inspections={"discord": Inspection((), skew)})
    findings = [each for area, check in CHECKS if area == "clock" for each in check(examination)]
    assert [each.level for each in findings] == [level]
