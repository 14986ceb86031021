"""Plain sentences become the command lines that ask the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.parser import Request, parse
from bot.commands.question_words import NO_DATA
from bot.commands.sentences import Question, is_thanks, question
from bot.domain.language import language_of
from tests.commands.member_lines import SHIPPED
from tests.commands.transcripts import router
from tests.examples import at

_NOW = at("2024-04-06T12:00")


def asked(text: str) -> Question:
    """What a sentence asks that is understood."""
    meant = question(SHIPPED, text, _NOW)
    assert meant
    return meant


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("次回はいつ？", "next asked=time"),
        ("瀧先生の回はいつ？", "lecture 瀧 asked=time"),
        ("第9回の会場はどこですか。", "lecture 第9回 asked=place"),
        ("where is lecture 9?", "lecture 9 asked=place"),
        ("slides of lecture 7", "materials 7 slides"),
        ("唐木田先生の動画ある？", "materials 唐木田 video"),
        ("締切はいつまでですか", "register"),
        ("リマインドしてほしい", "help notify"),
        ("使い方を教えて", "help"),
        ("hello everyone", "help"),
        ("よろしくお願いします", "help"),
        ("where will Obayashi speak?", "lecture Obayashi asked=place"),
        ("瀧先生", "lecture 瀧"),
        ("/瀧先生", "lecture 瀧"),
        ("Zoomのリンクが届きません", "howto"),
        ("過去の講義の資料はどこに置いてありますか？", "materials 過去"),
        ("5月の京都の会場", "lecture 5月 京都 asked=place"),
        ("主催者は誰ですか", "about"),
        ("プラットフォームの講義", "next"),
    ],
)
def test_a_sentence_asks_what_a_command_line_asks(text: str, line: str) -> None:
    assert asked(text).line == line


@pytest.mark.parametrize(
    ("text", "command", "unknown"),
    [
        ("量子コンピュータの回はいつ？", "lecture", ("量子コンピュータ",)),
        ("ロボット用のフォームはどこ？", "register", ("ロボット用",)),
        ("do you have anything on free energy?", "lecture", ("anything", "free", "energy")),
    ],
)
def test_words_that_are_not_known_are_kept(text: str, command: str, unknown: tuple[str, ...]) -> None:
    assert (asked(text).command, asked(text).parts.unknown) == (command, unknown)


@pytest.mark.parametrize(
    "text",
    ["参加費はかかりますか？", "is it free?", "修了証は出ますか", "登録をキャンセルしたい", "can students attend?"],
)
def test_what_the_schedule_does_not_tell_is_known(text: str) -> None:
    assert asked(text).command == NO_DATA


@pytest.mark.parametrize(
    ("command", "text", "line"),
    [
        ("register", "締め切り", "register"),
        ("register", "まだ間に合う？", "register"),
        ("register", "zoom", "howto"),
        ("lectures", "予定", "lectures"),
        ("materials", "第7回のやつ", "materials 第7回"),
    ],
)
def test_words_behind_a_command_may_ask_the_same_or_something_else(command: str, text: str, line: str) -> None:
    meant = question(SHIPPED, text, _NOW, command)
    assert meant
    assert meant.line == line


@pytest.mark.parametrize("text", ["", "！", "…"])
def test_what_asks_nothing_is_not_understood(text: str) -> None:
    assert question(SHIPPED, text, _NOW) is None


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
    meant = question(SHIPPED, text, _NOW)
    assert meant is None or meant.command == NO_DATA or not parse(meant.line).spec.acts


@pytest.mark.parametrize(
    ("language", "text", "first_line"),
    [
        (
            "en",
            "where is lecture 9?",
            "Lecture 9 (Masato Taki) is at University of Tsukuba Tokyo Campus, Room 118, and online.",
        ),
        (
            "en",
            "where was lecture 8?",
            "Lecture 8 (Yoshihiro Michishita) was at University of Tsukuba Tokyo Campus, Room 118, and online.",
        ),
        ("en", "when is lecture 12?", "Lecture 12 (Ippei Obayashi) is on Mon, 22 July, 13:00–17:00."),
        ("en", "who's next?", "The speaker of lecture 9 is Masato Taki (Rikkyo University)."),
        ("en", "when and where is lecture 10?", "Mon, 20 May: lecture 10 (Shun-ichi Amari)"),
        ("ja", "講義9はどこ", "第9回（瀧 雅人）の会場は、筑波大学東京キャンパス 118教室とオンラインです。"),
        (
            "ja",
            "甘利先生の回はどこ？",
            "第10回（甘利 俊一）の会場は、筑波大学東京キャンパス（予定）とオンラインです。",
        ),
        ("ja", "/next いつ", "第9回（瀧 雅人）は 4/25(木) 13:00–17:00 です。"),
        ("ja", "11回は誰が話しますか", "第11回の講師は、ガラムカリ 和（理研）です。"),
    ],
)
def test_the_first_line_says_what_was_asked(language: str, text: str, first_line: str) -> None:
    assert router(SHIPPED, _NOW).answer(Request(text, language_of(language))).headline == first_line
