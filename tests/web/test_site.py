"""What anybody can see of the bot over HTTP, from the process as people start it."""

import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from tests.exports.rfc5545 import Value, read
from tests.processes import ROOT, STARTS_WITHIN, Running, running
from tests.standins.slack import SlackStandIn

SPRING = ("--now", "2024-04-06T12:00+09:00")
NINTH = "lecture-9.lectures4mlphys@akio-tomiya.github.io"
ITS_FORM = "registration-9.lectures4mlphys@akio-tomiya.github.io"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sends signals")


@pytest.fixture
async def slack() -> AsyncIterator[SlackStandIn]:
    async with SlackStandIn() as standin:
        yield standin


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The shipped schedule, to be edited."""
    file = tmp_path / "lectures.yaml"
    file.write_bytes((ROOT / "lectures.yaml").read_bytes())
    return file


def settings(slack: SlackStandIn, **more: str) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
        "LECTUREBOT_LOG": "json",
        **more,
    }


async def address(bot: Running) -> str:
    """Where the running bot serves."""
    return f"http://{json.loads(await bot.says('http.listening'))['address']}"


async def got(url: str) -> tuple[int, Mapping[str, str], str]:
    """Status, headers and text."""
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, answer.headers, await answer.text()


def entries(text: str) -> dict[str, dict[str, Value]]:
    """The entries of a calendar by their identifiers."""
    return {str(entry["UID"]): entry for entry in read(text.encode())[1]}


def moves(file: Path) -> None:
    """Moves lecture 9 by a day, as an editor would that replaces the file."""
    new = file.with_suffix(".new")
    new.write_bytes(file.read_bytes().replace(b"2024-04-25T1", b"2024-04-26T1"))
    new.replace(file)


def newer(entry: Mapping[str, Value], than: Mapping[str, Value]) -> bool:
    """Whether a calendar takes an entry for a later one."""
    now, before = entry["SEQUENCE"], than["SEQUENCE"]
    return isinstance(now, int) and isinstance(before, int) and now > before


async def test_a_lecture_that_is_moved_moves_in_every_calendar(slack: SlackStandIn, file: Path, tmp_path: Path) -> None:
    options = ("--lectures", str(file), *SPRING)
    data = tmp_path / "data"
    async with running("--http", "127.0.0.1:0", data=data, options=options, settings=settings(slack)) as bot:
        await bot.says("platform.connected")
        feed = f"{await address(bot)}/calendar.ics"
        before = last = entries((await got(feed))[2])
        moves(file)
        async with asyncio.timeout(STARTS_WITHIN):
            while (after := entries((await got(feed))[2]))[NINTH]["DTSTAMP"] == before[NINTH]["DTSTAMP"]:
                assert all(newer(after[uid], entry) or after[uid] == entry for uid, entry in last.items())
                last = after
                await asyncio.sleep(0.05)
        assert await bot.told_to_end() == 0
    assert before.keys() == after.keys()
    assert {uid for uid in before if before[uid] != after[uid]} == {NINTH, ITS_FORM}
    for uid in (NINTH, ITS_FORM):
        assert newer(after[uid], before[uid])
        assert after[uid]["DTSTART"] == before[uid]["DTSTART"] + timedelta(days=1)  # type: ignore[operator]


async def test_numbers_for_prometheus_tell_of_nobody(slack: SlackStandIn, tmp_path: Path) -> None:
    more = {"LECTUREBOT_CHANNELS": "slack:C05"}
    async with running("--http", "127.0.0.1:0", data=tmp_path, options=SPRING, settings=settings(slack, **more)) as bot:
        await bot.says("platform.connected")
        where = await address(bot)
        async with asyncio.timeout(STARTS_WITHIN):
            while "tick_age" not in (numbers := await got(f"{where}/metrics"))[2]:  # noqa: ASYNC110 - a process, not an event
                await asyncio.sleep(0.05)
        status, headers, text = numbers
        assert await bot.told_to_end() == 0
    assert status == 200
    assert headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert headers["Cache-Control"] == "no-store"
    assert "Server" not in headers
    told = re.sub(
        r"(lecturebot_(?:tick_age|clock_skew)_seconds) [0-9.e-]+", r"\1 SECONDS", text.partition("# HELP process_")[0]
    )
    assert (
        re.sub(r'version="[^"]+"', 'version="V"', told)
        == """\
# HELP lecturebot_build_info The version that runs.
# TYPE lecturebot_build_info gauge
lecturebot_build_info{version="V"} 1.0
# HELP lecturebot_platform_connected Whether members can ask there.
# TYPE lecturebot_platform_connected gauge
lecturebot_platform_connected{platform="slack"} 1.0
# HELP lecturebot_announcer_well Whether posts can go out.
# TYPE lecturebot_announcer_well gauge
lecturebot_announcer_well 1.0
# HELP lecturebot_tick_age_seconds Time since all that was due was last looked after.
# TYPE lecturebot_tick_age_seconds gauge
lecturebot_tick_age_seconds SECONDS
# HELP lecturebot_clock_skew_seconds By how much a platform's clock is ahead of this machine's.
# TYPE lecturebot_clock_skew_seconds gauge
lecturebot_clock_skew_seconds SECONDS
# HELP lecturebot_lectures Lectures in the schedule in service.
# TYPE lecturebot_lectures gauge
lecturebot_lectures 12.0
# HELP lecturebot_schedule_problems Mistakes in the schedule's file as it is now.
# TYPE lecturebot_schedule_problems gauge
lecturebot_schedule_problems 0.0
# HELP lecturebot_followers Channels and people that posts go to.
# TYPE lecturebot_followers gauge
lecturebot_followers{kind="channel",platform="slack"} 1.0
# HELP lecturebot_defects_total Defects of the bot, since the start.
# TYPE lecturebot_defects_total counter
lecturebot_defects_total 0.0
"""
    )


async def test_without_its_database_the_bot_is_not_well_and_gives_no_calendar_away(
    slack: SlackStandIn, tmp_path: Path
) -> None:
    away = {"DATABASE_URL": "postgresql://nobody:not-to-be-told@127.0.0.1:9/none"}
    async with running("--http", "127.0.0.1:0", data=tmp_path, options=SPRING, settings=settings(slack, **away)) as bot:
        where = await address(bot)
        status, _, text = await got(f"{where}/health")
        assert (status, json.loads(text)["well"], json.loads(text)["posts"]) == (503, False, False)
        assert (await got(f"{where}/calendar.ics"))[::2] == (503, "")
        status, _, text = await got(f"{where}/metrics")
        assert status == 200
        assert "lecturebot_announcer_well 0.0\n" in text
        assert "followers" not in text
