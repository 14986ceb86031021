"""Answers as a terminal shows them, line for line."""

import io
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from bot.commands.context import Reply, ReplyStatus
from bot.domain.message import Action, Card, Choice, Entry, Fact, Link, Listing, Option, Section, Tone, When
from bot.platforms.terminal.rendering import Layout, rendered, wrapped
from bot.platforms.terminal.screen import Screen

TOKYO = ZoneInfo("Asia/Tokyo")
STARTS = When(datetime(2024, 4, 25, 13, tzinfo=TOKYO), datetime(2024, 4, 25, 17, tzinfo=TOKYO))
FORM = "https://forms.example/a/rather/long/address/that/does/not/fit/into/any/narrow/line/viewform"


NARROW = Layout("ja", 46)


def text(reply: Reply, layout: Layout = NARROW, file: str | None = None) -> str:
    """The answer as plain text."""
    return "".join(f"{line.plain}\n" for line in rendered(reply, layout, file))


def test_a_card_is_a_panel_with_an_edge_aligned_facts_and_whole_addresses() -> None:
    card = Card(
        "第9回　機械学習入門",
        notices=(("会場がいつもと違います。",),),
        facts=(
            Fact("日時", (STARTS,)),
            Fact("参加登録", ("受付中（", When(datetime(2024, 4, 24, 12, tzinfo=TOKYO)), " まで）")),
            Fact("場所", (Link("西館", "https://maps.example/"), " 201教室")),
            Fact("資料", (Link("スライド", "https://a.example/1"), " · ", Link("動画", FORM), " · ", "板書（準備中）")),
        ),
        body=(("汎化や勾配降下法といった基本から、表現学習まで順に学びます。",),),
        links=(Link("参加登録フォーム", FORM),),
        tone=Tone.OPEN,
    )
    reply = Reply(
        "次回は第9回です。", (card,), actions=(Action("カレンダー", "calendar 9"), Action("一覧", "lectures"))
    )
    assert text(reply, Layout("ja", 46, screen=True)) == (
        "次回は第9回です。\n"
        "\n"
        "┃ 第9回　機械学習入門\n"
        "┃ ! 会場がいつもと違います。\n"
        "┃\n"
        "┃ 日時      2024/4/25(木) 13:00–17:00 JST\n"
        "┃ 参加登録  受付中（2024/4/24(水) 12:00 JST ま\n"
        "┃           で）\n"
        "┃ 場所      西館 201教室\n"
        "┃           https://maps.example/\n"
        "┃ 資料      スライド https://a.example/1\n"
        "┃           動画\n"
        f"┃           {FORM}\n"
        "┃           板書（準備中）\n"
        "┃\n"
        "┃ 汎化や勾配降下法といった基本から、表現学習ま\n"
        "┃ で順に学びます。\n"
        "┃\n"
        "┃ 参加登録フォーム\n"
        f"┃   {FORM}\n"
        "\n"
        "カレンダー  /calendar 9\n"
        "一覧        /lectures\n"
    )


LISTING = Listing(
    "Lectures ahead",
    (
        Entry("Lecture 9: An Introduction that is too long for one line", (("Thu, 25 Apr", " · ", "Masato Taki"),)),
        Entry("Lecture 10", (("Tue, 14 May",), (Link("map", "https://maps.example/"),))),
    ),
)
OPTIONS = Choice(
    "Which one?",
    (
        Option("Lecture 9: An Introduction that is too long for one line", "lecture 9", "Thu, 25 Apr"),
        Option("Lecture 10", "lecture 10"),
    ),
)


def test_in_the_chat_a_list_carries_the_numbers_of_its_choice() -> None:
    reply = Reply("Two lectures.", (LISTING,), choice=OPTIONS)
    assert text(reply, Layout("en", 40, numbered=True)) == (
        "Two lectures.\n"
        "\n"
        "Lectures ahead\n"
        " 1. Lecture 9: An Introduction that is\n"
        "    too long for one line\n"
        "    Thu, 25 Apr · Masato Taki\n"
        " 2. Lecture 10\n"
        "    Tue, 14 May\n"
        "    map https://maps.example/\n"
        "\n"
        "Type a number from 1 to 2 to choose.\n"
    )


def test_elsewhere_a_list_does_without_its_choice() -> None:
    reply = Reply("Two lectures.", (LISTING,), choice=OPTIONS)
    assert text(reply, Layout("en", 60)) == (
        "Two lectures.\n"
        "\n"
        "Lectures ahead\n"
        "  Lecture 9: An Introduction that is too long for one line\n"
        "    Thu, 25 Apr · Masato Taki\n"
        "  Lecture 10\n"
        "    Tue, 14 May\n"
        "    map https://maps.example/\n"
    )


def test_a_choice_by_itself_shows_numbers_in_the_chat_and_command_lines_elsewhere() -> None:
    reply = Reply("Several.", choice=OPTIONS, note="Or be more exact.", outcome=ReplyStatus.NOT_FOUND)
    assert text(reply, Layout("en", 60, numbered=True)) == (
        "Several.\n"
        "\n"
        " 1. Lecture 9: An Introduction that is too long for one line\n"
        "    Thu, 25 Apr\n"
        " 2. Lecture 10\n"
        "Type a number from 1 to 2 to choose.\n"
        "\n"
        "Or be more exact.\n"
    )
    assert text(reply, Layout("en", 60)) == (
        "Several.\n"
        "\n"
        "Lecture 9: An Introduction that is too long for one line\n"
        "  /lecture 9\n"
        "Lecture 10\n"
        "  /lecture 10\n"
        "\n"
        "Or be more exact.\n"
    )


def test_sections_have_bullets_or_paragraphs() -> None:
    bullets = Section(
        "オンライン", (("マイクは切ってください。",), ("名前は「登録時の名前@機関名」です。",)), bulleted=True
    )
    prose = Section("概要", (("一つ目。",), ("詳しくは", Link("こちら", "https://a.example/"), "です。")))
    assert text(Reply("案内です。", (bullets, prose)), Layout("ja", 30)) == (
        "案内です。\n"
        "\n"
        "オンライン\n"
        "- マイクは切ってください。\n"
        "- 名前は「登録時の名前@機関\n"
        "  名」です。\n"
        "\n"
        "概要\n"
        "一つ目。\n"
        "\n"
        "詳しくはこちら\n"
        "<https://a.example/>です。\n"
    )


def test_short_entries_stand_beside_their_titles() -> None:
    listing = Listing("Commands", (Entry("/next", (("the next lecture",),)), Entry("/find words", (("search",),))))
    assert text(Reply("Help.", (listing,)), Layout("en", 60)) == (
        "Help.\n\nCommands\n  /next        the next lecture\n  /find words  search\n"
    )


def test_a_file_is_named_and_a_mere_day_has_no_time() -> None:
    card = Card("第12回", facts=(Fact("日時", (When(date(2024, 7, 22)), "（時刻未定）")),))
    assert text(Reply("カレンダーです。", (card,)), file="data/calendar/lecture-9.ics") == (
        "カレンダーです。\n\n  第12回\n\n  日時  2024/7/22(月)（時刻未定）\n\n保存先：data/calendar/lecture-9.ics\n"
    )


def test_whatever_people_write_stays_text() -> None:
    nasty = "[red]x[/red] \x1b[31mred\x1b]8;;https://evil.example\x07 \u202egnp\u2066 \x00\x9b1m :smile: \ud800"
    card = Card(nasty, facts=(Fact(nasty, (nasty,)),), links=(Link(nasty, "https://a.example/\x1b[2J \u202e"),))
    reply = Reply(nasty, (card,), actions=(Action(nasty, nasty),), note=nasty)
    shown = text(reply, Layout("en", 100))
    assert "[red]x[/red] [31mred]8;;https://evil.example gnp 1m :smile:" in shown
    assert shown.isprintable() or all(each == "\n" or each.isprintable() for each in shown)
    shown.encode()


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


REPLY = Reply("Hello.", (Card("Nine", links=(Link("form", "https://a.example/"),), tone=Tone.URGENT),))


def test_a_terminal_gets_colours_and_links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    stream = Terminal()
    screen = Screen(stream)
    screen.show(rendered(REPLY, screen.layout("en")))
    assert "\x1b[33m┃ \x1b[0m\x1b[1mNine\x1b[0m" in stream.getvalue()
    assert ";https://a.example/\x1b\\" in stream.getvalue()


def test_no_colour_wanted_means_no_control_sequence_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    stream = Terminal()
    screen = Screen(stream)
    screen.show(rendered(REPLY, screen.layout("en")))
    assert stream.getvalue() == "Hello.\n\n┃ Nine\n┃\n┃ form\n┃   https://a.example/\n"


def test_a_pipe_gets_plain_text_whatever_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "20")
    stream = io.StringIO()
    screen = Screen(stream)
    layout = screen.layout("en")
    screen.show(rendered(REPLY, layout))
    assert layout.width == 80
    assert stream.getvalue() == "Hello.\n\n  Nine\n\n  form\n    https://a.example/\n"


WORDS = st.text(st.sampled_from("ab漢字かなカナー、。（）「」・ 12.,)(\n　"), max_size=80)


def lines(text: str, width: int, hanging: int = 0) -> list[str]:
    """The wrapped lines as plain text."""
    return [line.plain for line in wrapped(Text(text), width, hanging)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", [""]),
        ("one two three", ["one two", "three"]),
        ("機械学習の考え方を", ["機械学習の", "考え方を"]),
        ("機械学習は、楽しい。", ["機械学習", "は、楽し", "い。"]),
        ("学ぶ（英語で）人々", ["学ぶ（英語", "で）人々"]),
        ("2024/4/25(木) 13:00", ["2024/4/25(", "木) 13:00"]),
        ("abcdefghijklmno", ["abcdefghij", "klmno"]),
        ("a\n\nb", ["a", "", "b"]),
        ("見る https://example.org/a/long/one を", ["見る", "https://example.org/a/long/one", "を"]),
    ],
)
def test_lines_end_where_each_language_ends_them(text: str, wanted: list[str]) -> None:
    assert lines(text, 10) == wanted


def test_lines_after_the_first_hang() -> None:
    assert lines("- one two three", 7, hanging=2) == ["- one", "  two", "  three"]


@given(WORDS, st.integers(4, 40), st.integers(0, 2))
def test_no_line_is_too_wide_and_no_character_is_lost(text: str, width: int, hanging: int) -> None:
    found = wrapped(Text(text), width, hanging)
    assert all(line.cell_len <= width for line in found)
    assert "".join("".join(line.plain for line in found).split()) == "".join(text.split())


@given(
    st.lists(st.sampled_from(["漢", "字か", "な。", "よ、", "カー", "」と", "「引用"])).map("".join), st.integers(6, 30)
)
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(text: str, width: int) -> None:
    found = lines(f"序{text}", width)
    assert all(line[0] not in "、。」ー" for line in found[1:])
    assert all(line[-1] != "「" for line in found)


@given(st.integers(2, 30))
def test_an_address_stays_in_one_piece(width: int) -> None:
    address = "https://example.org/lectures/9/registration?form=viewform"
    assert address in lines(f"フォームは {address} です。", width)


def test_styles_survive() -> None:
    found = wrapped(Text.assemble(("太字", "bold"), "普通の文字"), 6)
    assert [(line.plain, [str(span.style) for span in line.spans]) for line in found] == [
        ("太字普", ["bold"]),
        ("通の文", []),
        ("字", []),
    ]


def test_links_beside_each_other_are_shown_in_one_way() -> None:
    beside = (Link("Google", "https://g.example/"), " · ", Link("Outlook", "https://o.example/"))
    shown = text(Reply("Here.", (Section("", (beside,)),)), Layout("en", 70))
    assert shown == "Here.\n\nGoogle <https://g.example/> · Outlook <https://o.example/>\n"
