"""Whose authority counts on Slack, what is said while it can't be checked, and which rights the bot lacks."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.i18n import phrases
from bot.platforms.slack.client import Web
from bot.platforms.slack.scopes import SCOPES, lacking, right
from bot.platforms.slack.users import UserDirectory
from tests.commands.admin.table import table
from tests.platforms.slack.conftest import Start
from tests.schedule.editing_room import FILE
from tests.standins.slack import Error, SlackStandIn, User

SAY = phrases("en")
UNKNOWN = phrases("ja")
"""Of somebody who can't be asked about, the language isn't known either."""


@pytest.fixture
async def web(slack: SlackStandIn) -> AsyncIterator[Web]:
    """Calls to the workspace."""
    web = Web(slack.bot_token, slack.api_url, lambda _: None)
    yield web
    await web.close()


@pytest.fixture
async def organizing(slack: SlackStandIn, started: Start, tmp_path: Path) -> AsyncIterator[SlackStandIn]:
    """The workspace with a bot whose organizers are those who administrate it."""
    async with table(tmp_path / "lectures.yaml", FILE, homes=()) as at:
        await started(served=at.router)
        yield slack


async def said(slack: SlackStandIn, line: str, user: User) -> str:
    """The first line of what somebody is answered."""
    return (await (await slack.command("/lecturebot", line, user=user)).seen()).text


@pytest.mark.parametrize("why", ["guest", "stranger", "deleted"])
async def test_who_does_not_belong_to_the_workspace_has_no_say(slack: SlackStandIn, web: Web, why: str) -> None:
    person = slack.users.add("chief", admin=True)
    group = slack.usergroups.add("organizers", [person])
    person.guest, person.deleted = why == "guest", why == "deleted"
    person.team = "T0ELSEWHERE" if why == "stranger" else ""
    team = (await web.identity()).team
    user = await UserDirectory(web, team, [group.id]).user(person.id, slack.channel.id)
    assert (user.manages_community, user.manages_channel, user.groups) == (False, False, frozenset())
    assert (user.name, user.unchecked) == ("chief", None)


async def test_an_administrator_of_another_workspace_neither_organizes_nor_makes_a_channel_follow(
    organizing: SlackStandIn,
) -> None:
    stranger = organizing.users.add("stranger", admin=True)
    stranger.team = "T0ELSEWHERE"
    assert await said(organizing, "admin todo", stranger) == SAY("access.not_managing.slack")
    assert await said(organizing, "follow", stranger) == SAY("follow.not_allowed.slack")


async def test_who_could_not_be_checked_is_not_told_to_have_no_right(organizing: SlackStandIn) -> None:
    chief = organizing.users.add("chief", admin=True)
    organizing.faults.add("users.info", Error("internal_error"), times=8)
    assert await said(organizing, "admin todo", chief) == UNKNOWN("access.unchecked")
    assert await said(organizing, "follow", chief) == UNKNOWN("access.unchecked")


async def test_the_last_known_answer_holds_for_a_while(
    slack: SlackStandIn, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.slack.client._REMEMBERED", 0.0)
    forgetful = Web(slack.bot_token, slack.api_url, lambda _: None)
    chief = slack.users.add("chief", admin=True)
    directory = UserDirectory(forgetful, (await web.identity()).team, [])
    assert (await directory.user(chief.id)).manages_community
    await asyncio.sleep(0.01)
    slack.faults.add("users.info", Error("internal_error"))
    again = await directory.user(chief.id)
    assert (again.manages_community, again.name, again.unchecked) == (True, "chief", None)
    await forgetful.close()


async def test_a_right_that_is_lacking_is_named_where_it_is_needed(organizing: SlackStandIn) -> None:
    organizing.scopes.remove("users:read")
    assert await said(organizing, "admin todo", organizing.user) == UNKNOWN("access.lacks", right="users:read")


async def test_a_file_that_lacks_a_right_names_it(organizing: SlackStandIn) -> None:
    organizing.scopes.remove("files:write")
    answer = await organizing.command("/lecturebot", "calendar 3")
    told = await organizing.until(lambda: next((each for each in answer.responses if "files:write" in each.text), None))
    assert told


async def test_what_the_token_lacks_is_told_at_the_start_in_log_and_health(slack: SlackStandIn, started: Start) -> None:
    slack.scopes.remove("pins:write")
    with capture_logs() as logged:
        bot = await started()
    (line,) = [each for each in logged if each["event"] == "slack.scopes_lacking"]
    assert line["scopes"] == ["pins:write"]
    await slack.until(lambda: bot.platform.health.connected)
    assert bot.platform.health.lacking == ("rights.slack.pins_write",)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_scope_of_the_manifest_is_told_by_its_own_name(language: str) -> None:
    assert lacking(None) == lacking(SCOPES) == ()
    assert lacking(["commands"]) == tuple(scope for scope in SCOPES if scope != "commands")
    assert all(phrases(language)(right(scope)).startswith(scope) for scope in SCOPES)
