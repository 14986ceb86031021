"""Plain sentences become the command lines that ask the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.parser import parse
from bot.commands.sentences import is_thanks, line_meant
from tests.commands.member_lines import SHIPPED
from tests.examples import at

_NOW = at("2024-04-06T12:00")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("次回はいつ？", "next"),
        ("瀧先生の回はいつ？", "lecture 瀧"),
        ("第9回の会場はどこですか。", "lecture 第9"),
        ("where is lecture 9?", "lecture 9"),
        ("slides of lecture 7", "materials 7 slides"),
        ("唐木田先生の動画ある？", "materials 唐木田 video"),
        ("締切はいつまでですか", "register"),
        ("リマインドしてほしい", "help notify"),
        ("使い方を教えて", "help"),
        ("where will Obayashi speak?", "lecture Obayashi"),
        ("量子コンピュータの回はいつ？", "lecture 量子コンピュータ"),
        ("瀧先生", "lecture 瀧"),
        ("/瀧先生", "lecture 瀧"),
    ],
)
def test_a_sentence_asks_what_a_command_line_asks(text: str, line: str) -> None:
    assert line_meant(SHIPPED, text, _NOW) == line


@pytest.mark.parametrize("text", ["", "！", "こんにちは", "good morning", "hello everyone", "よろしくお願いします"])
def test_what_asks_nothing_is_not_understood(text: str) -> None:
    assert line_meant(SHIPPED, text, _NOW) is None


@pytest.mark.parametrize(
    "text", ["ありがとう", "ありがとうございました！", "Thanks!", "thank you very much", "了解です。"]
)
def test_thanks_are_known(text: str) -> None:
    assert is_thanks(text)


@pytest.mark.parametrize("text", ["", "ありがとう、次回はいつ？", "thanks, where is it?", "next", "瀧"])
def test_what_asks_for_more_is_no_thanks(text: str) -> None:
    assert not is_thanks(text)


_WORDS = st.sampled_from(
    [
        "次回",
        "瀧先生",
        "の",
        "では",
        "から",
        "は",
        "いつ",
        "？",
        "資料",
        "動画",
        "登録",
        "7月",
        "ます",
        "た",
        "。",
        "lecture ",
        "9 ",
        "where ",
        "may ",
    ]
)


@given(st.lists(_WORDS, max_size=40).map("".join) | st.text(max_size=70))
def test_whatever_is_said_is_a_line_that_can_be_parsed_or_nothing(text: str) -> None:
    line = line_meant(SHIPPED, text, _NOW)
    assert line is None or not parse(line).spec.acts
