"""What a reply looks like on Slack, to the letter."""

from datetime import date
from typing import Any

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
from bot.platforms.slack import payload
from bot.platforms.slack.blocks import home_view, modal_view
from tests.examples import at

_STARTS = at("2030-04-18T13:00")


def _text(text: str, *, bold: bool = False) -> dict[str, Any]:
    return {"type": "text", "text": text, **({"style": {"bold": True}} if bold else {})}


def _rich(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [*elements]}]}


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": False}


def _button(label: str, action_id: str, **fields: str) -> dict[str, Any]:
    return {"type": "button", "action_id": action_id, "text": _plain(label), **fields}


def _blocks(reply: Reply, *, private: bool = True, language: Any = "en") -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = payload(reply, language, private)["blocks"]
    return blocks


def test_a_message_has_its_headline_as_text_and_first_block_and_unfurls_nothing() -> None:
    assert payload(Reply("A & B <C>"), "en", private=True) == {
        "response_type": "ephemeral",
        "text": "A &amp; B &lt;C&gt;",
        "blocks": [_rich(_text("A & B <C>"))],
        "unfurl_links": False,
        "unfurl_media": False,
    }


def test_bare_addresses_in_free_text_are_links() -> None:
    reply = Reply("Hello", (Section("", (("Slides: https://a.example/x?y=1. See (https://b.example/講義)",),)),))
    assert _blocks(reply)[1] == _rich(
        _text("Slides: "),
        {"type": "link", "url": "https://a.example/x?y=1", "text": "https://a.example/x?y=1"},
        _text(". See ("),
        {"type": "link", "url": "https://b.example/%E8%AC%9B%E7%BE%A9", "text": "https://b.example/講義"},
        _text(")"),
    )
    assert _blocks(Reply("Hello", (Card("", (), (Fact("", ("https://a.example/",)), Fact("", ("Room 1",)))),)))[
        1
    ] == _rich({"type": "link", "url": "https://a.example/", "text": "https://a.example/"}, _text("\nRoom 1"))


def test_a_public_message_differs_in_who_sees_it() -> None:
    assert payload(Reply("A"), "ja", private=False)["response_type"] == "in_channel"


def test_a_card_has_header_notices_facts_body_and_link_buttons() -> None:
    card = Card(
        "Lecture 3: Galaxies",
        notices=(("Not here.",), ("Nor there.",)),
        facts=(
            Fact("", ("Tsubasa Ozora",)),
            Fact("", (When(_STARTS, at("2030-04-18T17:00")), Countdown(_STARTS, " (soon)"))),
            Fact("", (Link("West & Hall", "https://maps.example/w?a=1&b=2"), " Room 201")),
            Fact("", ("Online, too",), beside=True),
        ),
        body=(("One.",), ("Two.",)),
        links=(Link("Form of lecture 3", "https://forms.example/3", "Form"),),
        call=("Register by Wednesday",),
        tone=Tone.OPEN,
    )
    actions = (Action("Calendar", "calendar 3"), Action("Cancel", "admin cancel 3", danger=True))
    assert _blocks(Reply("H", (card,), actions=actions)) == [
        _rich(_text("H")),
        {"type": "header", "text": _plain("Lecture 3: Galaxies")},
        _rich({"type": "emoji", "name": "warning"}, _text(" Not here.\nNor there.")),
        {
            "type": "section",
            "fields": [
                _plain("Tsubasa Ozora"),
                _plain("Thu, 18 Apr 2030, 13:00–17:00 JST (soon)"),
                {
                    "type": "mrkdwn",
                    "text": "<https://maps.example/w?a=1&amp;b=2|West &amp; Hall> Room 201",
                    "verbatim": True,
                },
                _plain("Online, too"),
            ],
        },
        _rich(_text("Register by Wednesday")),
        _rich(_text("One.\n\nTwo.")),
        {
            "type": "actions",
            "elements": [
                _button("Form", "open.0", url="https://forms.example/3", style="primary"),
                _button("Calendar", "ask.1", value="calendar 3"),
                _button("Cancel", "ask.2", value="admin cancel 3", style="danger"),
            ],
        },
    ]


def test_facts_with_labels_are_lines_and_so_are_those_that_a_field_would_change() -> None:
    labelled = Card("A", facts=(Fact("Topics", ("all",)), Fact("", ("more",))))
    assert _blocks(Reply("H", (labelled,)))[2] == _rich(_text("Topics: all\nmore"))
    starred = Card("A", facts=(Fact("", ("one",)), Fact("", (Link("*b*", "https://a.example/"),))))
    assert _blocks(Reply("H", (starred,)))[2] == _rich(
        _text("one\n"), {"type": "link", "url": "https://a.example/", "text": "*b*"}
    )


def test_of_several_cards_each_has_its_own_form_below() -> None:
    cards = tuple(Card(title, links=(Link("Form", f"https://forms.example/{title}"),)) for title in "AB")
    blocks = _blocks(Reply("H", cards, actions=(Action("Help", "help"),)))
    assert [each["type"] for each in blocks] == ["rich_text", "header", "actions", "header", "actions", "actions"]


def test_a_mail_address_is_a_line_and_no_button() -> None:
    mail = "Register by mail: talks@forms.example"
    card = Card("A", links=(Link(mail, "mailto:talks@forms.example"), Link("Join", "https://join.example/")))
    blocks = _blocks(Reply("H", (card,), actions=(Action("Help", "help"),)))
    assert [each["type"] for each in blocks] == ["rich_text", "header", "actions", "rich_text", "actions"]
    assert [each["url"] for each in blocks[2]["elements"]] == ["https://join.example/"]
    assert blocks[3] == _rich(_text(mail))


def test_a_form_is_what_is_to_be_pressed_beside_the_way_to_join() -> None:
    links = (Link("Form", "https://forms.example/"), Link("Join", "https://join.example/"))
    blocks = _blocks(Reply("H", (Card("A", links=links, tone=Tone.OPEN),), actions=(Action("Help", "help"),)))
    assert [each.get("style") for each in blocks[-1]["elements"]][:3] == ["primary", None, None]


def test_a_time_is_written_once_with_as_much_as_it_is_to_say() -> None:
    brief = When(_STARTS, with_year=False, with_zone=False)
    reply = Reply("H", (Section("", ((When(_STARTS), "・", When(date(2030, 4, 18)), "・", brief),)),))
    assert _blocks(reply, language="ja")[1] == _rich(_text("2030/4/18(木) 13:00 JST・2030/4/18(木)・4/18(木) 13:00"))


def test_the_entries_of_a_listing_stand_apart_if_one_of_them_is_long() -> None:
    entries = (Entry("One", (("a",), ("b",))), Entry("Two"))
    assert _blocks(Reply("H", (Listing("List", entries),)))[1:] == [
        {"type": "header", "text": _plain("List")},
        _rich(_text("One", bold=True), _text("\na\nb\n\n"), _text("Two", bold=True)),
    ]
    assert _blocks(Reply("H", (Listing("", (Entry("/a", (("x",),)), Entry("/b"))),)))[1:] == [
        _rich(_text("/a", bold=True), _text("\nx\n"), _text("/b", bold=True))
    ]


def test_points_are_a_list() -> None:
    section = Section("Rules", (("one",), ("two",)), bulleted=True)
    points = [{"type": "rich_text_section", "elements": [_text(text)]} for text in ("one", "two")]
    assert _blocks(Reply("H", (section,)))[1:] == [
        {"type": "header", "text": _plain("Rules")},
        {"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "bullet", "elements": points}]},
    ]


def test_what_is_asked_and_offered_stands_at_the_end() -> None:
    reply = Reply(
        "H",
        (Section("", (("text",),)),),
        choice=Choice("Which?", (Option("Third", "lecture 3", "in April"), Option("Fourth", "lecture 4"))),
        actions=(Action("More", "lectures page=2"),),
        note="Page 1",
        line="lectures",
    )
    assert _blocks(reply)[2:] == [
        {
            "type": "section",
            "text": _plain("Which?"),
            "accessory": {
                "type": "static_select",
                "action_id": "ask.0",
                "placeholder": _plain("Choose one"),
                "options": [
                    {"text": _plain("Third"), "value": "lecture 3", "description": _plain("in April")},
                    {"text": _plain("Fourth"), "value": "lecture 4"},
                ],
            },
        },
        {"type": "context", "elements": [_plain("Page 1")]},
        {
            "type": "actions",
            "elements": [
                _button("More", "ask.1", value="lectures page=2"),
                _button("Share here", "share", value="lectures"),
            ],
        },
    ]


def test_only_a_private_answer_with_a_line_can_be_shared() -> None:
    assert _blocks(Reply("H", line="next"), private=False) == [_rich(_text("H"))]
    assert _blocks(Reply("H")) == [_rich(_text("H"))]


def test_a_file_is_announced_in_private_and_offered_in_public() -> None:
    reply = Reply("H", file=File("a.ics", "text/calendar", b"x"), note="Open it.", line="calendar")
    assert _blocks(reply)[1:] == [
        {"type": "context", "elements": [_plain("a.ics is on its way to you as a direct message.")]},
        {"type": "context", "elements": [_plain("Open it.")]},
        {"type": "actions", "elements": [_button("Share here", "share", value="calendar")]},
    ]
    assert _blocks(reply, private=False)[1:] == [
        {"type": "context", "elements": [_plain("Open it.")]},
        {"type": "actions", "elements": [_button("Get the file", "ask.0", value="calendar")]},
    ]


def test_many_links_are_a_list_and_unsafe_ones_only_text() -> None:
    links = tuple(Link(f"L{number}", f"https://a.example/{number}") for number in range(11))
    assert _blocks(Reply("H", (Card("", links=links),)))[1]["elements"][0]["type"] == "rich_text_list"
    unsafe = Card("", facts=(Fact("F", (Link("run", "javascript:alert(1)"),)),), links=(Link("x", "file:///etc"),))
    assert _blocks(Reply("H", (unsafe,)))[1:] == [_rich(_text("F: run")), _rich(_text("x"))]


def test_a_title_too_long_for_a_header_is_bold_text() -> None:
    title = "word " * 40 + "end"
    assert _blocks(Reply("H", (Card(title),)))[1] == _rich(_text(title, bold=True))


def test_a_long_text_is_cut_at_a_sentence() -> None:
    (section,) = _blocks(Reply("H", (Section("", (("これは文です。" * 2000,),)),)))[1]["elements"]
    (element,) = section["elements"]
    assert element["text"].endswith("これは文です。…")
    assert 9_000 < len(element["text"]) < 9_500


def test_the_home_shows_several_replies_whose_buttons_have_ids_of_their_own() -> None:
    replies = [Reply("A", actions=(Action("a", "next"),), line="next"), Reply("B", actions=(Action("b", "lectures"),))]
    assert home_view(replies, "en", "hint") == {
        "type": "home",
        "blocks": [
            _rich(_text("A")),
            {"type": "actions", "elements": [_button("a", "ask.0", value="next")]},
            {"type": "divider"},
            _rich(_text("B")),
            {"type": "actions", "elements": [_button("b", "ask.1", value="lectures")]},
            {"type": "context", "elements": [_plain("hint")]},
        ],
    }


def test_a_window_can_be_closed_and_not_shared() -> None:
    assert modal_view(Reply("A", line="next"), "ja") == {
        "type": "modal",
        "title": _plain("予定の案内"),
        "close": _plain("閉じる"),
        "blocks": [_rich(_text("A"))],
    }


def test_a_message_warns_with_one_sign_at_most() -> None:
    cards = tuple(Card(title, notices=(("Not here.",),)) for title in ("A", "B"))
    blocks = _blocks(Reply("H", cards))
    assert blocks[2] == _rich({"type": "emoji", "name": "warning"}, _text(" Not here."))
    assert blocks[4] == _rich(_text("Not here."))
