"""The very messages that discord.py sends, compared whole."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.commands.context import Reply
from bot.domain.message import (
    Action,
    Card,
    Choice,
    Countdown,
    Entry,
    Fact,
    File,
    Link,
    Listing,
    Option,
    Section,
    Tone,
    When,
)
from bot.platforms.discord import payload
from bot.platforms.discord.components import COLOURS
from bot.platforms.discord.rendering import rendered

TOKYO = ZoneInfo("Asia/Tokyo")
STARTS = datetime(2024, 4, 25, 13, tzinfo=TOKYO)
NINTH = When(STARTS, datetime(2024, 4, 25, 17, tzinfo=TOKYO))
DEADLINE = When(datetime(2024, 4, 24, 12, tzinfo=TOKYO))
CARD = Card(
    title="第9回　量子*計算*",
    notices=(("いつもと会場が異なります。",), ("教室は未定です。",)),
    facts=(
        Fact("", (NINTH, Countdown(STARTS, "（あと19日）"))),
        Fact("", (Link("京都大学", "https://maps.example/k(1)"), " 理学研究科")),
        Fact("", ("対面とオンライン",), beside=True),
        Fact("世話人", ("佐藤",)),
    ),
    body=(("概要の1段落目です。",), ("2段落目です。",)),
    links=(Link("第9回 4/25(木) 山田 参加登録フォーム", "https://forms.example/9", "参加登録"),),
    tone=Tone.OPEN,
    call=("締切 ", DEADLINE),
)


def data(reply: Reply, *, private: bool = False) -> dict[str, Any]:
    """The message of an answer in Japanese."""
    body = payload(reply, "ja", private)
    assert body["type"] == 4
    message: dict[str, Any] = body["data"]
    return message


def button(label: str, custom_id: str) -> dict[str, Any]:
    return {"type": 2, "style": 2, "disabled": False, "label": label, "custom_id": custom_id}


def link_button(label: str, url: str) -> dict[str, Any]:
    return {"type": 2, "style": 5, "disabled": False, "label": label, "url": url}


def row(*components: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": [*components]}


def test_a_card_with_everything() -> None:
    reply = Reply(
        headline="次回は第9回です（あと19日）。",
        parts=(CARD,),
        actions=(Action("カレンダー", "calendar 9"), Action("今後の講義", "lectures")),
        note="変更されることがあります。",
        line="next",
    )
    assert data(reply) == {
        "tts": False,
        "allowed_mentions": {"parse": []},
        "content": "次回は第9回です（あと19日）。",
        "embeds": [
            {
                "type": "rich",
                "flags": 0,
                "color": 0x2F9E62,
                "title": r"第9回　量子\*計算\*",
                "description": f"{FACTS}\n締切 2024/4/24(水) 12:00 JST\n\n概要の1段落目です。\n\n2段落目です。",
                "footer": {"text": "変更されることがあります。"},
            }
        ],
        "components": [
            row(
                link_button("参加登録", "https://forms.example/9"),
                button("カレンダー", "ask:calendar 9"),
                button("今後の講義", "ask:lectures"),
            ),
        ],
    }
    assert data(reply, private=True) == {
        "tts": False,
        "flags": 64 | 1 << 15,
        "allowed_mentions": {"parse": []},
        "components": [
            text("次回は第9回です（あと19日）。"),
            {
                "type": 17,
                "accent_color": 0x2F9E62,
                "spoiler": False,
                "components": [
                    text(f"### 第9回　量子\\*計算\\*\n{FACTS}"),
                    {
                        "type": 9,
                        "components": [text("締切 2024/4/24(水) 12:00 JST")],
                        "accessory": link_button("参加登録", "https://forms.example/9"),
                    },
                    text("概要の1段落目です。\n\n2段落目です。"),
                ],
            },
            text("-# 変更されることがあります。"),
            row(
                button("カレンダー", "ask:calendar 9"),
                button("今後の講義", "ask:lectures"),
                button("共有", "share:next"),
            ),
        ],
    }


FACTS = (
    "⚠️ **いつもと会場が異なります。**\n"
    "**教室は未定です。**\n"
    "2024/4/25(木) 13:00–17:00 JST <t:1714017600:R>\n"
    "[京都大学](https://maps.example/k%281%29) 理学研究科 · 対面とオンライン\n"
    "世話人：佐藤"
)


def text(content: str) -> dict[str, Any]:
    return {"type": 10, "content": content}


def test_what_has_no_title_belongs_to_the_card_before_it() -> None:
    reply = Reply("a", parts=(Card("b"), Section("", (("c",),)), Section("d", (("e",),), bulleted=True)))
    first, container, section = data(reply, private=True)["components"]
    assert (first, container["components"]) == (text("a"), [text("### b"), text("c")])
    assert section == text("### d\n- e")


def test_an_answer_too_long_for_a_layout_is_embeds() -> None:
    assert "embeds" in data(Reply("a", parts=(Card("b", body=(("あ" * 4000,),)),)), private=True)


def test_what_can_not_be_undone_is_a_red_button() -> None:
    (buttons,) = data(Reply("a", actions=(Action("中止", "admin cancel 9", danger=True),)))["components"]
    assert buttons["components"][0]["style"] == 4


def test_a_bare_question_with_a_menu() -> None:
    reply = Reply(
        headline="「学習」に当てはまる講義が2件あります。",
        choice=Choice("講義を選ぶ", (Option("第1回　A", "lecture 1", "2023/5/1(月)"), Option("第2回　B", "lecture 2"))),
        note="番号でも指定できます。",
    )
    assert data(reply, private=True) == {
        "tts": False,
        "flags": 64,
        "allowed_mentions": {"parse": []},
        "content": "「学習」に当てはまる講義が2件あります。\n-# 番号でも指定できます。",
        "components": [
            row(
                {
                    "type": 3,
                    "custom_id": "choose:",
                    "placeholder": "講義を選ぶ",
                    "min_values": 1,
                    "max_values": 1,
                    "disabled": False,
                    "required": True,
                    "options": [
                        {
                            "label": "第1回　A",
                            "value": "lecture 1",
                            "description": "2023/5/1(月)",
                            "default": False,
                        },
                        {"label": "第2回　B", "value": "lecture 2", "default": False},
                    ],
                }
            )
        ],
    }


def test_a_listing_and_a_bulleted_section() -> None:
    reply = Reply(
        headline="講義は全部で2件です。",
        parts=(
            Listing(
                "講義一覧",
                (Entry("第9回　A", ((NINTH, " · 山田"), ("会場: 京都",))), Entry("第10回　B", (("日程未定",),))),
            ),
            Section("みなさまへ", (("録画はご遠慮ください。",), ("マイクは\nお切りください。",)), bulleted=True),
            Section("概要", (("一段落目。",), ("二段落目。",))),
        ),
    )
    assert [(embed["title"], embed["description"]) for embed in data(reply)["embeds"]] == [
        (
            "講義一覧",
            "**第9回　A**\n2024/4/25(木) 13:00–17:00 JST · 山田\n会場: 京都\n\n**第10回　B**\n日程未定",
        ),
        ("みなさまへ", "- 録画はご遠慮ください。\n- マイクは お切りください。"),
        ("概要", "一段落目。\n\n二段落目。"),
    ]


@pytest.mark.parametrize(
    ("tone", "colour"),
    [(Tone.PLAIN, 0x3B82C4), (Tone.OPEN, 0x2F9E62), (Tone.URGENT, 0xE0912F), (Tone.OFF, 0x8B9099)],
)
def test_the_colour_tells_the_tone_in_answers_and_posts_alike(tone: Tone, colour: int) -> None:
    reply = Reply("a", parts=(Card("b", tone=tone),))
    assert data(reply)["embeds"][0]["color"] == colour
    assert data(reply, private=True)["components"][1]["accent_color"] == colour


def test_every_tone_has_a_colour_of_its_own() -> None:
    assert len(set(COLOURS.values())) == len(COLOURS) == len(Tone)


def test_a_public_answer_has_no_share_button_and_is_seen_by_all() -> None:
    assert data(Reply("a", line="next")) == {"tts": False, "content": "a", "allowed_mentions": {"parse": []}}


def test_an_answer_that_can_not_be_repeated_can_not_be_shared() -> None:
    assert "components" not in data(Reply("a"), private=True)


def test_a_file_travels_beside_the_message() -> None:
    reply = Reply("カレンダーファイルです。", file=File("lectures.ics", "text/calendar", b"BEGIN:VCALENDAR"))
    assert data(reply) == {
        "tts": False,
        "content": "カレンダーファイルです。",
        "allowed_mentions": {"parse": []},
        "attachments": [{"id": 0, "filename": "lectures.ics"}],
    }
    message = rendered(reply, "ja", private=False)
    assert [message.create_arguments["file"].fp.read() for _ in range(2)] == [b"BEGIN:VCALENDAR"] * 2


def test_links_beyond_the_rows_are_written_into_the_card() -> None:
    links = tuple(Link(f"資料{number}", f"https://a.example/{number}") for number in range(25))
    reply = Reply("a", parts=(Card("b", links=links),), actions=(Action("c", "materials"),), line="materials 9")
    message = data(reply)
    assert [len(each["components"]) for each in message["components"]] == [5, 5, 5, 5, 1]
    assert message["embeds"][0]["description"] == "\n".join(
        f"[資料{number}](https://a.example/{number})" for number in range(20, 25)
    )


def test_a_link_too_long_for_a_button_and_one_that_is_no_web_address_are_written_into_the_card() -> None:
    long = f"https://a.example/{'x' * 600}"
    reply = Reply("a", parts=(Card("b", links=(Link("長い", long), Link("メール", "mailto:a@b.example"))),))
    message = data(reply)
    assert "components" not in message
    assert message["embeds"][0]["description"] == f"[長い]({long})\nメール"


def test_a_command_line_too_long_for_a_button_gets_none() -> None:
    reply = Reply("a", actions=(Action("次", "find " + "あ" * 95), Action("前", "find b"), Action("前", "find b")))
    assert data(reply)["components"] == [row(button("前", "ask:find b"))]


def test_a_long_abstract_ends_with_a_sentence() -> None:
    sentence = "これは長い概要のうちの一文です。"
    reply = Reply("a", parts=(Section("概要", ((sentence * 400,),)),))
    description = data(reply)["embeds"][0]["description"]
    assert description == sentence * (4095 // len(sentence)) + "…"


def test_embeds_share_six_thousand_characters() -> None:
    parts = tuple(Section(f"{number}", (("あ" * 3000,),)) for number in range(4))
    embeds = data(Reply("a", parts=parts, note="注" * 100))["embeds"]
    assert [len(each["description"]) for each in embeds] == [3000, 2897]
    assert embeds[-1]["footer"] == {"text": "注" * 100}


def test_an_answer_without_anything_to_see_is_still_a_message() -> None:
    assert data(Reply("\u200b"))["content"] == "…"


def test_addresses_in_a_headline_are_not_unfurled() -> None:
    assert (
        data(Reply("「https://a.example」は見つかりません。"))["content"] == r"「https\://a.example」は見つかりません。"
    )


def test_lines_that_differ_in_outer_spaces_only_are_one_control() -> None:
    actions = (Action("First", "next"), Action("Second", " next "), Action("Third", "next "))
    options = (Option("One", "lecture 1"), Option("Again", "lecture 1 "))
    message = data(Reply("H", actions=actions, choice=Choice("Which", options)))
    menu, buttons = (row["components"] for row in message["components"])
    assert [(button["label"], button["custom_id"]) for button in buttons] == [("First", "ask:next")]
    assert [(option["label"], option["value"]) for option in menu[0]["options"]] == [("One", "lecture 1")]
