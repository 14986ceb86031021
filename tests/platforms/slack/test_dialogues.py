"""What members see, in Socket Mode and in HTTP mode alike."""

from typing import cast

import orjson
import pytest
import structlog

from bot.commands.context import Reply
from bot.commands.registry import COMMANDS
from bot.domain.message import Action
from bot.platforms.slack.command_text import CommandNames
from bot.platforms.slack.text import escaped
from tests.platforms.slack.conftest import CALENDAR, Bot, Start, said
from tests.standins.slack import Answer, Delay, Drop, Error, LoseAnswer, SlackStandIn, Status, View

NEXT_EN = said("next", "en")
NEXT_JA = said("next", "ja")


async def test_the_first_answer_comes_over_the_response_url_and_all_later_ones_with_the_acknowledgement(
    slack: SlackStandIn, bot: Bot
) -> None:
    first = await slack.command("/next")
    message = await first.seen()
    later = await slack.command("/next")
    assert (first.ack, message.via, message.text, message.ephemeral_to) == (
        None,
        "response_url",
        NEXT_EN,
        slack.user.id,
    )
    assert later.from_ack
    assert (later.from_ack.text, later.from_ack.shown) == (NEXT_EN, message.shown)
    assert len(slack.calls_of("users.info")) == 1


async def test_everybody_is_answered_in_the_language_of_their_slack(slack: SlackStandIn, bot: Bot) -> None:
    hanako, jean = slack.users.add("hanako", locale="ja-JP"), slack.users.add("jean", locale="fr-FR")
    for _ in range(2):
        assert (await (await slack.command("/next", user=hanako)).seen()).text == NEXT_JA
        assert (await (await slack.command("/next", user=jean)).seen()).text == NEXT_EN


@pytest.mark.parametrize(
    "spec", [spec for spec in COMMANDS if not spec.terminal_only and not spec.acts], ids=lambda spec: spec.name
)
async def test_every_command_is_answered_at_once_and_privately(known: SlackStandIn, spec: object) -> None:
    name = getattr(spec, "name", "")
    answer = await known.command(f"/{name}", "moon" if name == "find" else "")
    assert answer.from_ack
    assert answer.from_ack.ephemeral_to == known.user.id
    assert answer.error is None


async def test_a_lookup_that_takes_too_long_or_fails_leaves_the_series_language(slack: SlackStandIn, bot: Bot) -> None:
    slack.faults.add("users.info", Error("user_not_found"))
    message = await (await slack.command("/next")).seen()
    again = await slack.command("/next")
    assert message.text == NEXT_JA
    assert again.from_ack
    assert again.from_ack.text == NEXT_JA


async def test_nobody_waits_long_for_a_slow_lookup(slack: SlackStandIn, bot: Bot) -> None:
    slack.faults.add("users.info", Delay(2.5))
    first = await slack.command("/next")
    assert first.seconds < 1.0
    assert (await first.seen(within=2.4)).text == NEXT_JA
    await slack.until(lambda: slack.calls_of("users.info"))
    while not (later := await slack.command("/next")).from_ack:
        await later.seen()
    assert later.from_ack.text == NEXT_EN


async def test_pages_turn_in_place_and_other_buttons_answer_below(known: SlackStandIn, bot: Bot) -> None:
    actions = (Action("2", "lectures page=2"), Action("3", "materials"))
    bot.router.replies["howto"] = Reply("page 1", actions=actions)
    shown = await known.command("/howto")
    turned = await known.click(shown, value="lectures page=2")
    message = await turned.seen()
    assert message is shown.from_ack
    assert message.text == said("lectures", "en")
    other = await known.click(message, text="Share here")
    assert (await other.seen()) is not message


async def test_choosing_from_a_menu_answers_below(known: SlackStandIn) -> None:
    listed = await known.command("/lectures")
    chosen = await known.select(listed, "lecture 4")
    message = await chosen.seen()
    assert message is not listed.from_ack
    assert message.ephemeral_to == known.user.id
    assert message.text == said("lecture 4", "en")


async def test_sharing_asks_again_in_the_language_of_the_channel(known: SlackStandIn) -> None:
    private = await known.command("/next")
    shared = await (await known.click(private, action_id="share")).seen()
    assert (shared.via, shared.ephemeral) == ("chat.postMessage", False), (
        "what came by a `response_url` can't be edited"
    )
    assert shared.text == NEXT_JA
    assert [each["action_id"] for each in shared.elements if each["action_id"] == "share"] == []


async def test_a_button_of_a_public_message_answers_whoever_presses_it_in_their_own_language(
    known: SlackStandIn,
) -> None:
    shared = await (await known.click(await known.command("/next"), action_id="share")).seen()
    hanako = known.users.add("hanako", locale="ja-JP")
    answer = await (await known.click(shared, value="lecture 3 part=abstract", user=hanako)).seen()
    assert (answer.ephemeral_to, answer.text) == (hanako.id, said("lecture 3 part=abstract", "ja"))


async def test_a_mention_is_answered_in_its_thread_in_the_language_of_the_channel(
    slack: SlackStandIn, bot: Bot
) -> None:
    asked = await slack.mention("next")
    answer = await asked.seen()
    assert (answer.via, answer.text, answer.thread_ts) == ("chat.postMessage", NEXT_JA, asked.payload["event"]["ts"])
    in_thread = await slack.mention("lecture 4", thread_ts=answer.thread_ts)
    await slack.until(lambda: len(slack.channel.messages) == 2)
    assert in_thread.acknowledged
    assert slack.channel.messages[-1].thread_ts == answer.thread_ts


async def test_a_mention_without_words_gets_the_help(slack: SlackStandIn, bot: Bot) -> None:
    assert (await (await slack.mention("")).seen()).text == said("help", "ja")


async def test_a_mention_may_be_a_sentence(slack: SlackStandIn, bot: Bot) -> None:
    answer = await (await slack.mention("次回はいつ？")).seen()
    assert (answer.via, answer.text) == ("chat.postMessage", "第3回（大空 翼）は 4/18(木) 13:00–17:00 です。")


@pytest.mark.parametrize(
    ("text", "headline"),
    [("good morning", "These commands"), ("tell zzz", "No lecture mentions"), ("lecture zzz", "No lecture")],
)
async def test_a_mention_that_is_not_understood_is_answered_to_its_author_alone(
    slack: SlackStandIn, bot: Bot, text: str, headline: str
) -> None:
    answer = await (await slack.mention(text)).seen()
    assert (answer.via, answer.ephemeral_to) == ("chat.postEphemeral", slack.user.id)
    assert answer.text.startswith(headline)
    assert slack.channel.messages == []


async def test_thanks_are_not_answered(slack: SlackStandIn, bot: Bot) -> None:
    assert (await slack.mention("thank you!")).acknowledged
    await (await slack.mention("next")).seen()
    assert (len(slack.channel.messages), slack.channel.ephemeral) == (1, [])


async def test_a_button_in_a_thread_answers_in_that_thread(known: SlackStandIn) -> None:
    answer = await (await known.mention("next")).seen()
    pressed = await (await known.click(answer, value="lecture 3 part=abstract")).seen()
    assert (pressed.ephemeral, pressed.thread_ts) == (True, answer.thread_ts)


async def _home(slack: SlackStandIn) -> View:
    return cast(View, await slack.until(lambda: slack.homes.get(slack.user)))


async def _modal(slack: SlackStandIn, words: str) -> View:
    """The modal on top, once it shows these words."""

    def shown() -> View | None:
        top = slack.modal()
        return top if top and words in top.shown.replace("\n", "") else None

    return cast(View, await slack.until(shown))


async def test_the_home_shows_the_next_lecture_and_the_list_and_its_buttons_open_a_window(
    slack: SlackStandIn, bot: Bot
) -> None:
    await slack.open_home()
    home = await _home(slack)
    assert NEXT_EN in home.shown
    assert said("lectures", "en") in home.shown
    assert home.blocks[-1]["elements"][0]["text"] == "/lecturebot help shows what you can ask."
    await slack.click(home, value="lecture 3 part=abstract")
    await _modal(slack, "See the collection.")
    await slack.select(home, "lecture 4")
    modal = await _modal(slack, "The Far Side")
    await slack.click(modal, value="calendar 4")
    assert await _modal(slack, "lecture-4.ics") is modal


async def test_the_tab_of_messages_is_not_the_home(slack: SlackStandIn, bot: Bot) -> None:
    assert (await slack.open_home(tab="messages")).acknowledged
    assert len(slack.homes) == 0


async def _file(slack: SlackStandIn) -> tuple[str, bytes | None]:
    direct = slack.channels.direct(slack.user)
    await slack.until(lambda: direct.messages)
    (message,) = direct.messages
    return message.files[0].title, message.files[0].content


async def test_a_calendar_file_is_handed_over_as_a_direct_message(known: SlackStandIn) -> None:
    answer = await known.command("/calendar", "3")
    assert answer.from_ack
    assert "lecture-3.ics is on its way to you as a direct message." in answer.from_ack.shown
    assert await _file(known) == ("lecture-3.ics", CALENDAR)


async def test_the_first_thing_somebody_asks_for_may_be_a_file(slack: SlackStandIn, bot: Bot) -> None:
    await (await slack.command("/calendar")).seen()
    assert await _file(slack) == ("lectures.ics", CALENDAR)


async def test_a_shared_calendar_can_be_had_by_everybody(known: SlackStandIn) -> None:
    shared = await (await known.click(await known.command("/calendar", "3"), action_id="share")).seen()
    hanako = known.users.add("hanako", locale="ja-JP")
    await known.click(shared, text="ファイルを受け取る", user=hanako)
    await known.until(lambda: known.channels.direct(hanako).messages)


@pytest.mark.parametrize(
    "step", ["conversations.open", "files.getUploadURLExternal", "upload", "files.completeUploadExternal"]
)
async def test_a_file_that_cannot_be_sent_is_apologized_for(known: SlackStandIn, step: str) -> None:
    known.faults.add(step, Status(500))
    answer = await known.command("/calendar", "3")
    sorry = await answer.response()
    assert sorry.text == "lecture-3.ics could not be sent. Please try again in a while."
    assert sorry.ephemeral


async def test_a_defect_is_apologized_for_and_logged(known: SlackStandIn, bot: Bot) -> None:
    bot.router.broken |= {"howto", "lecture 3 part=abstract"}
    with structlog.testing.capture_logs() as logged:
        answer = await known.command("/howto")
        assert answer.from_ack
        assert answer.from_ack.text == "Sorry, that could not be answered. Please try again in a while."
        pressed = await known.click(await known.command("/next"), value="lecture 3 part=abstract")
        assert (await pressed.seen()).text == answer.from_ack.text
        mentioned = await known.mention("howto")
        assert (await mentioned.seen()).text.startswith("申し訳ありません。")
    defect = {"event": "slack.answer_failed", "log_level": "error", "exc_info": True}
    assert logged == [defect, defect, defect]


async def test_a_button_that_nobody_knows_any_more_gets_a_friendly_answer(known: SlackStandIn, bot: Bot) -> None:
    shown = await known.command("/next")
    assert shown.from_ack
    for element in shown.from_ack.elements:
        element["action_id"] = f"gone.{element['action_id']}"
    answer = await (await known.click(shown, value="lecture 3 part=abstract")).seen()
    assert answer.text == "This is no longer available. /lecturebot help shows what you can ask."


async def test_a_link_is_only_acknowledged(known: SlackStandIn) -> None:
    answer = await known.command("/next")
    link = next(each for each in (await answer.seen()).elements if "url" in each)
    opened = await known.click(answer, action_id=link["action_id"])
    assert (opened.acknowledged, opened.responses) == (True, [])


async def test_what_nobody_asked_for_is_acknowledged(slack: SlackStandIn, bot: Bot) -> None:
    strange = await slack.event({"type": "reaction_added", "user": slack.user.id})
    assert (strange.acknowledged, strange.deliveries) == (True, 1)


# --- twice delivered, lost, refused


async def _answers(slack: SlackStandIn, answer: Answer) -> int:
    """How many answers there are, a while after nothing more is to be expected."""
    await answer.seen()
    await (await slack.command("/about")).seen()
    return len(answer.responses)


async def test_twins_of_a_click_are_answered_once(known: SlackStandIn) -> None:
    clicked = await known.click(await known.command("/next"), value="lecture 3 part=abstract")
    for _ in range(3):
        assert (await known.repeat(clicked)).acknowledged
    assert await _answers(known, clicked) == 1


async def test_twins_of_a_newcomers_command_are_answered_once(slack: SlackStandIn, bot: Bot) -> None:
    asked = await slack.command("/next")
    await slack.repeat(asked)
    assert await _answers(slack, asked) == 1


async def test_twins_of_a_calendar_command_bring_one_file(known: SlackStandIn) -> None:
    asked = await known.command("/calendar")
    await known.repeat(asked)
    await _file(known)
    assert len(known.calls_of("files.getUploadURLExternal")) == 1


async def test_twins_of_a_mention_are_answered_once(slack: SlackStandIn, bot: Bot) -> None:
    asked = await slack.mention("next")
    await asked.seen()
    assert (await slack.repeat(asked)).acknowledged
    assert len(slack.channel.messages) == 1


async def test_a_mention_that_could_not_be_answered_is_answered_when_it_comes_again(
    slack: SlackStandIn, bot: Bot
) -> None:
    slack.faults.add("chat.postMessage", Error("channel_not_found"))
    slack.ack_within = 1.0
    asked = await slack.mention("next")
    await asked.seen()
    assert (asked.deliveries, len(slack.channel.messages)) == (2, 1)


@pytest.mark.parametrize("fault", [LoseAnswer(), Status(503, applied=True)], ids=["connection lost", "503"])
async def test_an_answer_that_may_have_arrived_is_not_posted_again(
    slack: SlackStandIn, bot: Bot, fault: LoseAnswer | Status
) -> None:
    slack.faults.add("chat.postMessage", fault)
    asked = await slack.mention("next")
    await slack.repeat(asked)
    assert (len(slack.channel.messages), len(slack.calls_of("chat.postMessage"))) == (1, 1)


async def test_a_post_refused_for_haste_is_made_later(slack: SlackStandIn, bot: Bot) -> None:
    slack.faults.add("chat.postMessage", Status(429, retry_after=1))
    await (await slack.mention("next")).seen()
    assert len(slack.channel.messages) == 1


@pytest.mark.parametrize("fault", [Drop(), Status(500)], ids=["dropped", "500"])
async def test_a_private_answer_is_tried_again(known: SlackStandIn, fault: Drop | Status) -> None:
    known.faults.add("response_url", fault)
    clicked = await known.click(await known.command("/next"), value="lecture 3 part=abstract")
    assert (await clicked.seen()).text == said("lecture 3 part=abstract", "en")


async def test_a_shared_answer_that_may_have_arrived_is_not_posted_again(known: SlackStandIn) -> None:
    shown = await known.command("/next")
    known.faults.add("chat.postMessage", LoseAnswer())
    shared = await known.click(shown, action_id="share")
    await shared.seen()
    await known.repeat(shared)
    await (await known.command("/about")).seen()
    assert len(known.channel.messages) == 1


async def test_where_the_bot_may_not_post_an_answer_is_shared_all_the_same(known: SlackStandIn) -> None:
    elsewhere = known.channels.add("elsewhere")
    elsewhere.bot_is_member = False
    shown = await (await known.command("/next", channel=elsewhere)).seen()
    shared = await (await known.click(shown, action_id="share")).seen()
    assert (shared.via, shared.text, shared.ephemeral) == ("response_url", NEXT_JA, False)
    assert len(elsewhere.messages) == 1


async def test_a_click_whose_answer_failed_is_answered_when_it_comes_again(known: SlackStandIn) -> None:
    shown = await known.command("/next")
    fault = known.faults.add("response_url", Status(404))
    clicked = await known.click(shown, value="lecture 3 part=abstract")
    await known.until(lambda: fault.used)
    while not clicked.responses:
        await known.repeat(clicked)
    assert len(clicked.responses) == 1


async def test_bots_are_not_answered(slack: SlackStandIn, bot: Bot) -> None:
    inner = {
        "type": "app_mention",
        "bot_id": "B777",
        "text": "<@U1> next",
        "ts": "1.000001",
        "channel": slack.channel.id,
    }
    assert (await slack.event(inner)).acknowledged
    assert slack.channel.messages == []


async def test_commands_may_have_a_prefix(slack: SlackStandIn, started: Start) -> None:
    await started(prefix="lec")
    assert (await (await slack.command("/lec-next")).seen()).text == NEXT_EN
    assert (await (await slack.command("/lec-lecture", "zzz &amp; yyy")).seen()).text == escaped(
        said("lecture zzz & yyy", "en")
    )
    shown = orjson.dumps((await (await slack.command("/lec-lecturebot", "help")).seen()).blocks).decode()
    names = CommandNames("lec")
    told = [spec.name for spec in COMMANDS if not spec.terminal_only and not spec.organizers]
    assert all(names.command(name) in shown for name in told)
    assert (await (await slack.command("/lec-nxt")).seen()).text.count("/lec-next") == 1
    await slack.open_home()
    home = await _home(slack)
    assert home.blocks[-1]["elements"][0]["text"] == "/lec-lecturebot help shows what you can ask."
