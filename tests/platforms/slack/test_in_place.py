"""What is pressed in a private message of decisions is answered in its place, so that no button of it stays."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.commands.admin.table import table
from tests.platforms.slack.conftest import Start
from tests.schedule.editing_room import FILE, somewhere
from tests.standins.slack import SlackStandIn


@pytest.fixture
async def organizing(slack: SlackStandIn, started: Start, tmp_path: Path) -> AsyncIterator[SlackStandIn]:
    """The workspace, whose user is an organizer."""
    admins = frozenset({somewhere(f"slack:{slack.user.id}")})
    async with table(tmp_path / "lectures.yaml", FILE, admins=admins) as at:
        await started(served=at.router)
        yield slack


async def test_a_draft_turns_into_what_was_done(organizing: SlackStandIn) -> None:
    asked = await (await organizing.command("/lecturebot", "admin cancel 4 illness")).seen()
    styles = {each["text"]["text"]: each.get("style") for each in asked.elements}
    assert styles == {"Announce": "danger", "Change quietly": None, "Show in full": None, "Discard": None}
    answer = await organizing.click(asked, text="Discard")
    assert await answer.seen() is asked
    assert (asked.elements, asked.ephemeral, len(organizing.channel.ephemeral)) == ([], True, 1)


async def test_the_form_of_a_post_to_come_is_no_button_beside_the_question(organizing: SlackStandIn) -> None:
    line = "admin registration 4 https://forms.example/4 closes 24 Apr 2030 12:00"
    asked = await (await organizing.command("/lecturebot", line)).seen()
    assert [each.get("style") for each in asked.elements] == ["primary", None, None, None]
    in_full = await organizing.click(asked, action_id="here.2")
    assert await in_full.seen() is asked
    assert "forms.example/4" in str(asked.blocks)
    assert [each for each in asked.elements if "url" in each] == []
    assert [each.get("style") for each in asked.elements] == ["primary", None, None]


async def test_a_question_turns_into_its_answer(organizing: SlackStandIn) -> None:
    asked = await (await organizing.command("/lecturebot", "admin move 4 3/5")).seen()
    shown = len(organizing.channel.ephemeral)
    answer = await organizing.click(asked, action_id="here.0")
    assert await answer.seen() is asked
    assert len(organizing.channel.ephemeral) == shown


async def test_switches_show_their_new_state_where_they_stand(organizing: SlackStandIn) -> None:
    switches = await (await organizing.command("/notify")).seen()
    before = {each["text"]["text"] for each in switches.elements}
    assert await (await organizing.click(switches, value="notify on")).seen() is switches
    assert {each["text"]["text"] for each in switches.elements} != before


async def test_what_can_be_asked_below_an_answer_leaves_the_answer_there(organizing: SlackStandIn) -> None:
    answer = await (await organizing.command("/lecture", "3")).seen()
    further = await (await organizing.click(answer, value="calendar 3")).seen()
    assert further is not answer
