"""Forms of organizers on Slack: modals filled with today's values, which turn into what they come to."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final, cast

import pytest

from bot.commands.context import Reply
from bot.commands.parser import Request
from bot.commands.router import CommandRouter
from bot.domain.message import Form, FormField
from bot.domain.subscriptions import Topic
from bot.i18n import phrases
from bot.platforms.slack.blocks import payload
from bot.platforms.slack.modals import form_view
from tests.commands.admin.table import Table, table
from tests.commands.transcripts import numbered_calendar
from tests.platforms.slack.conftest import Start
from tests.schedule.editing_room import FILE, somewhere
from tests.standins.slack import Error, SlackStandIn, User, View


@pytest.fixture
async def at(slack: SlackStandIn, tmp_path: Path) -> AsyncIterator[Table]:
    """The table; the user who is there from the start is an organizer."""
    admins = frozenset({somewhere(f"slack:{slack.user.id}")})
    async with table(tmp_path / "lectures.yaml", FILE, admins=admins) as here:
        yield here


@pytest.fixture(params=["socket", "http"])
async def served(request: pytest.FixtureRequest, slack: SlackStandIn, started: Start, at: Table) -> SlackStandIn:
    """The workspace with the bot at that table, in either mode."""
    await started(request.param, served=at.router)
    return slack


async def opened(slack: SlackStandIn, title: str = "Edit lecture 3", user: User | None = None) -> View:
    """The form on top of somebody's screen, once it is there."""

    def form() -> View | None:
        top = slack.modal(user)
        return top if top and top.body["title"]["text"] == title else None

    return cast(View, await slack.until(form))


def fields(view: View) -> dict[str, str]:
    """What a form says, by the labels of its fields."""
    return {
        block["label"]["text"]: block["element"].get("initial_value", "")
        for block in view.blocks
        if block["type"] == "input"
    }


async def pressed(slack: SlackStandIn, view: View, button: str, words: str) -> View:
    """The modal after a button of it was pressed, once it shows these words."""
    await slack.click(view, text=button)
    return cast(View, await slack.until(lambda: view if words in view.shown else None))


async def test_a_lecture_is_edited_in_a_modal_and_shown_before_it_is_changed(served: SlackStandIn, at: Table) -> None:
    await served.command("/admin", "edit 3")
    form = await opened(served)
    assert fields(form) == {
        "Date and time": "2030-04-18 13:00-15:00",
        "Speaker": "大空 翼",
        "Title": "銀河",
        "Venue and room": "西館 201教室",
        "Registration form and deadline": "https://forms.example/3",
    }
    answer = await served.submit_view(form, {"starts": "4/25 13:00-15:00", "venue": "東館"})
    assert (answer.error, answer.ack and answer.ack["response_action"]) == (None, "update")
    await served.until(lambda: "Change lecture 3 like this?" in form.shown)
    assert at.room.text == FILE
    await pressed(served, form, "Announce", "Changed.")
    assert at.room.text == FILE.replace("2030-04-18T", "2030-04-25T").replace(
        "{name: 西館, room: 201教室}", "{name: 東館}"
    )
    assert (await at.room.store.revisions.latest(1))[0].channel == f"slack:{served.channel.id}"
    assert served.channel.messages == []


async def test_a_lecture_is_added_in_a_modal_in_japanese(slack: SlackStandIn, started: Start, tmp_path: Path) -> None:
    sumire = slack.users.add("sumire", locale="ja-JP")
    admins = frozenset({somewhere(f"slack:{sumire.id}")})
    async with table(tmp_path / "lectures.yaml", FILE, admins=admins) as at:
        await started(served=at.router)
        await slack.command("/admin", "add", user=sumire)
        form = await opened(slack, "講義の追加", sumire)
        assert fields(form) == {"番号": "6", "日時": "", "講師": "", "題目": "", "会場と教室": ""}
        await slack.submit_view(form, {"starts": "7/1(月)", "title": "流星（仮）"})
        await slack.until(lambda: "第6回を次のように変更しますか。" in form.shown)
        await pressed(slack, form, "お知らせする", "変更しました。")
        assert at.room.text.removeprefix(FILE) == (
            "  - number: 6\n    starts: 2030-07-01\n    title: 流星\n    title_tentative: true\n"
        )


async def test_what_cannot_be_used_leads_back_to_the_form_with_what_was_typed(served: SlackStandIn, at: Table) -> None:
    await served.command("/admin", "edit 3")
    form = await opened(served)
    typed = {"starts": "4/18(Mon)", "title": "*銀河* <!here> <@U1> & &amp;"}
    await served.submit_view(form, typed)
    await served.until(lambda: "is not a Monday" in form.shown)
    await served.click(form, text="Back to the form")
    again = await opened(served)
    assert (fields(again)["Date and time"], fields(again)["Title"]) == (typed["starts"], typed["title"])
    await served.submit_view(again, {"starts": "4/19 13:00-15:00"})
    await served.until(lambda: f"Title: “銀河” → “{typed['title']}”" in again.shown)
    assert at.room.text == FILE


@pytest.mark.parametrize(
    ("locale", "title", "sentence"),
    [("en-US", "Edit lecture 3", "“ftp://forms.example/3”"), ("ja-JP", "第3回の編集", "「ftp://forms.example/3」")],
)
async def test_a_mistake_stands_below_its_field(
    slack: SlackStandIn, started: Start, tmp_path: Path, locale: str, title: str, sentence: str
) -> None:
    user = slack.users.add("somebody", locale=locale)
    async with table(tmp_path / "lectures.yaml", FILE, admins=frozenset({somewhere(f"slack:{user.id}")})) as at:
        await started(served=at.router)
        await slack.command("/admin", "edit 3", user=user)
        form = await opened(slack, title, user)
        answer = await slack.submit_view(form, {"registration": "ftp://forms.example/3", "title": "星"})
        ack = answer.ack or {}
        assert (answer.error, ack["response_action"], [*ack["errors"]]) == (None, "errors", ["registration"])
        assert sentence in ack["errors"]["registration"]
        assert slack.modal(user) is form
        answer = await slack.submit_view(form, {"title": "星"})
        assert (answer.ack or {})["response_action"] == "update"


async def test_a_form_opens_from_the_home(served: SlackStandIn, at: Table) -> None:
    await served.open_home()
    home = await served.until(lambda: served.homes.get(served.user))
    assert home
    await served.click(home, text="Add a lecture")
    form = await opened(served, "Add a lecture")
    await served.submit_view(form, {"title": "流星"})
    await served.until(lambda: "Change lecture 6 like this?" in form.shown)
    await pressed(served, form, "Change quietly", "Changed, without a post.")
    revision = (await at.room.store.revisions.latest(1))[0]
    assert (revision.reason, revision.channel) == ("admin add 6", "")


async def test_the_other_texts_of_a_lecture_are_a_button_away(served: SlackStandIn, at: Table) -> None:
    await served.command("/admin", "edit 3")
    form = await opened(served)
    await served.submit_view(form)
    await served.until(lambda: "Nothing would change by that." in form.shown)
    await served.click(form, text="Edit the texts")
    texts = await opened(served, "Texts, lecture 3")
    await served.submit_view(texts, {"abstract": "ja: 銀河。\n\nen: Galaxies."})
    await served.until(lambda: "Change lecture 3 like this?" in texts.shown)
    await pressed(served, texts, "Save", "Changed")
    assert "abstract: {ja: 銀河。, en: Galaxies.}" in at.room.text


async def test_members_get_no_form_and_a_form_of_theirs_changes_nothing(served: SlackStandIn, at: Table) -> None:
    other = served.users.add("somebody")
    for line in ("edit 3", "add"):
        refused = await (await served.command("/admin", line, user=other)).seen()
        assert (refused.ephemeral, refused.text) == (True, phrases("en")("access.not_named"))
    assert served.modal(other) is None
    await served.command("/admin", "edit 3")
    form = await opened(served)
    form.user = other.id
    served._ws.modals[other.id] = [form]
    await served.submit_view(form, {"title": "x"})
    await served.until(lambda: phrases("en")("access.not_named") in form.shown)
    assert at.room.text == FILE


async def test_a_form_that_slack_no_longer_opens_is_opened_by_a_button(served: SlackStandIn, at: Table) -> None:
    served.faults.add("views.open", Error("expired_trigger_id"))
    message = await (await served.command("/admin", "edit 3")).seen()
    assert message.text == "Lecture 3 as it is today."
    await served.click(message, text="Open the form")
    assert fields(await opened(served))["Title"] == "銀河"


class _Slow(CommandRouter):
    """A router that takes its time over a form that was filled in."""

    def __init__(self, at: Table) -> None:
        super().__init__(lambda: at.room.schedule.series, at.room.clock.now, numbered_calendar)
        self._at: Final = at

    async def execute(self, request: Request) -> Reply:
        await asyncio.sleep(2.2 if request.values else 0)
        return await self._at.router.execute(request)


async def test_what_takes_longer_than_slack_waits_follows(slack: SlackStandIn, started: Start, at: Table) -> None:
    await started(served=_Slow(at))
    await slack.command("/admin", "edit 3")
    form = await opened(slack)
    answer = await slack.submit_view(form, {"venue": "東館"})
    assert answer.acknowledged
    assert "One moment, please." in form.shown
    await slack.until(lambda: "Change lecture 3 like this?" in form.shown)


async def test_what_is_too_long_for_an_acknowledgement_follows(slack: SlackStandIn, started: Start, at: Table) -> None:
    await started(served=at.router)
    await slack.command("/admin", "edit 3 texts")
    form = await opened(slack, "Texts, lecture 3")
    notes = "月と星。" * 700
    await slack.submit_view(form, {"notes": notes, "summary": notes})
    await slack.until(lambda: "Change lecture 3 like this?" in form.shown)


async def test_a_text_that_is_too_long_for_a_modal_is_named_and_stays_as_it_is(
    slack: SlackStandIn, started: Start, at: Table
) -> None:
    await at.room.sets(3, ("abstract",), "あ" * 3001)
    await started(served=at.router)
    await slack.command("/admin", "edit 3 texts")
    form = await opened(slack, "Texts, lecture 3")
    assert [*fields(form)] == ["Summary", "Notes"]
    assert "Abstract: too long to be edited in this form." in form.shown
    await slack.submit_view(form, {"notes": "Bring a pen."})
    await slack.until(lambda: "Change lecture 3 like this?" in form.shown)
    await pressed(slack, form, "Save", "Changed")
    assert "あ" * 3001 in at.room.text.replace("\n", "").replace(" ", "")


async def test_a_form_of_an_earlier_version_says_that_it_is_out_of_date(served: SlackStandIn) -> None:
    await served.command("/admin", "edit 3")
    form = await opened(served)
    form.body["callback_id"] = "vote:7"
    await served.submit_view(form)
    await served.until(lambda: "This is no longer available. /lecturebot help shows what you can ask." in form.shown)


def test_a_form_without_room_for_any_text_is_a_message() -> None:
    long = Form("Edit", (FormField("notes", "Notes", "x" * 3001, line="admin edit 3 notes"),), "admin edit 3")
    assert form_view(long, "en") is None
    shown = payload(Reply("Lecture 3 as it is today.", form=long), "en", private=True)
    assert shown["blocks"][-1]["elements"][0]["value"] == "admin edit 3"


@pytest.mark.parametrize("locale", ["en-US", "ja-JP"])
async def test_what_a_channel_receives_is_chosen_in_a_modal(served: SlackStandIn, at: Table, locale: str) -> None:
    say = phrases("ja" if locale == "ja-JP" else "en")
    served.user.locale = locale
    followed = await (await served.command("/lecturebot", "follow")).seen()
    await served.click(followed, value="follow choose=settings")
    form = await opened(served, say("follow.form"))
    await served.submit_view(form, {"topics": ["changes"], "language": "en"})
    await served.until(lambda: say("follow.changed") in form.shown)
    follower = await at.room.store.followers.follower(somewhere(f"slack:{served.channel.id}"))
    assert follower
    assert (follower.topics, follower.language) == (frozenset({Topic.CHANGES}), "en")
