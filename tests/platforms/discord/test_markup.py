"""Strings are shown literally, links are masked, countdowns are kept current by Discord."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.message import Countdown, Link, Text, When
from bot.platforms.discord.markup import (
    clean,
    line,
    link,
    literal,
    literal_with_links,
    paragraph,
    plain,
    web_address,
)

TOKYO = ZoneInfo("Asia/Tokyo")
AFTERNOON = When(datetime(2024, 4, 25, 13, tzinfo=TOKYO), datetime(2024, 4, 25, 17, tzinfo=TOKYO))


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("**a** _b_ ~~c~~ ||d|| `e`", r"\*\*a\*\* \_b\_ \~\~c\~\~ \|\|d\|\| \`e\`"),
        ("[x](https://y)", r"\[x\](https\://y)"),
        ("<@1> <@!1> <@&2> <#3>", r"\<@1> \<@!1> \<@&2> \<#3>"),
        ("<t:0:R> </next:4> <:a:5> <a:b:6> <id:guide>", r"\<t\:0:R> \</next:4> \<\:a:5> \<a\:b:6> \<id:guide>"),
        ("@everyone und @here", "@\u200beveryone und @\u200bhere"),
        ("# a\n## b\n-# c\n> d\n>>> e", "\\# a\n\\## b\n\\-# c\n\\> d\n\\>>> e"),
        ("- a\n* b\n  - c\n1. d\n2) e", "\\- a\n\\* b\n  \\- c\n1\\. d\n2\\) e"),
        (":smile: :+1: :100: 12:00:30 a: b", r"\:smile: \:+1: \:100: 12:00:30 a: b"),
        ("back\\slash", r"back\\slash"),
        ("C# 3 > 2 - 1", "C# 3 > 2 - 1"),
    ],
)
def test_nothing_in_a_string_takes_effect(text: str, markdown: str) -> None:
    assert literal(text) == markdown


def test_web_addresses_in_running_text_can_be_pressed() -> None:
    assert literal_with_links("*a* https://b.example/c_d(e) ende") == r"\*a\* https://b.example/c_d(e) ende"
    assert literal_with_links("https://b.example/@everyone") == "https://b.example/@\u200beveryone"


def test_controls_and_marks_of_direction_are_removed_and_joiners_kept() -> None:
    assert clean("a\x00b\u202ec\u2066d\u200fe\ud800\x07 ") == "abcde"
    assert clean("👩\u200d💻 か\u3099") == "👩\u200d💻 か\u3099"
    assert clean("a\r\nb\rc\u2028d\te") == "a\nb\nc\nd e"


def test_plain_text_is_one_line_and_empty_if_nothing_is_to_be_seen() -> None:
    assert plain("第9回　a\nb", 20) == "第9回　a b"
    assert plain("\u200b \u3000\ufe0f", 20) == ""
    assert plain("a*b", 20) == "a*b"


def test_what_is_cut_has_whole_escapes() -> None:
    assert line("*" * 10, 9) == r"\*\*\*\*…"
    assert line("*" * 10, 20) == r"\*" * 10


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://a.example/b (c)", "https://a.example/b%20%28c%29"),
        ("https://a.example/%E3%81%82?q=あ&r=100%", "https://a.example/%E3%81%82?q=%E3%81%82&r=100%25"),
        ("https://例え.example/", "https://xn--r8jz45g.example/"),
        ("HTTP://a.example:8080", "http://a.example:8080"),
        ("https://a.example/<x>\\y", "https://a.example/%3Cx%3E%5Cy"),
        ("javascript:alert(1)", None),
        ("mailto:a@b.example", None),
        ("https://user@a.example/", None),
        ("https:///nowhere", None),
        ("no address", None),
        ("http://[", None),
    ],
)
def test_addresses_are_encoded_or_refused(url: str, address: str | None) -> None:
    assert web_address(url) == address


def test_a_link_is_masked_with_its_label() -> None:
    assert link(Link("*PDF* [ja]", "https://a.example/x_y")) == r"[\*PDF\* (ja)](https://a.example/x_y)"


def test_a_label_that_is_an_address_gives_way_to_the_address() -> None:
    assert link(Link("https://other.example", "https://a.example")) == "<https://a.example>"
    assert link(Link(" ", "https://a.example")) == "<https://a.example>"


def test_a_link_that_is_no_web_address_is_its_label() -> None:
    assert link(Link("mail", "mailto:a@b.example")) == "mail"


def test_a_paragraph_joins_strings_links_and_instants() -> None:
    text: Text = ("受付中（", AFTERNOON, " まで）", Link("地図", "https://a.example"))
    assert paragraph(text, "ja", 500) == "受付中（2024/4/25(木) 13:00–17:00 JST まで）[地図](https://a.example)"


def test_strings_that_meet_make_nothing_new() -> None:
    assert paragraph(("@every", "one *", "*"), "ja", 500) == "@\u200beveryone \\*\\*"


def test_a_long_paragraph_ends_with_a_sentence() -> None:
    text: Text = ("はじめの文です。つぎの文です。", Link("資料", "https://a.example"), "おわり。")
    assert paragraph(text, "ja", 24) == "はじめの文です。つぎの文です。…"
    assert paragraph(text, "ja", 12) == "はじめの文です。…"
    assert paragraph(text, "ja", 1) == "…"
    assert paragraph(text, "ja", 0) == ""


def test_a_countdown_is_kept_current_by_discord() -> None:
    starts = datetime(2024, 4, 25, 13, tzinfo=TOKYO)
    assert paragraph((When(starts), Countdown(starts, " (soon)")), "en", 99) == (
        "Thu, 25 Apr 2024, 13:00 JST <t:1714017600:R>"
    )
