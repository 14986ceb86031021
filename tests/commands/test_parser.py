"""Command lines: how they are understood, and how they are written."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.commands.parser import Invocation, UnknownCommandError, parse
from bot.commands.registry import ADMIN, COMMANDS, command_names, verbs


@pytest.mark.parametrize(
    ("line", "invocation"),
    [
        ("next", Invocation("next")),
        ("/next", Invocation("next")),
        ("／next", Invocation("next")),
        ("/NEXT", Invocation("next")),
        ("ｎｅｘｔ", Invocation("next")),
        ("  /next  ", Invocation("next")),
        ("/ next", Invocation("next")),
        ("/lecture 7", Invocation("lecture", "7")),
        ("/lecture　第７回", Invocation("lecture", "第７回")),
        ("lecture 瀧   雅人", Invocation("lecture", "瀧 雅人")),
        ("lecture page=2", Invocation("lecture", "", {"page": "2"})),
        ("lecture 7 part=abstract page=2", Invocation("lecture", "7", {"part": "abstract", "page": "2"})),
        ("lecture page=2 7", Invocation("lecture", "page=2 7")),
        ("find page=2 page=3", Invocation("find", "", {"page": "3"})),
        ("find part=2", Invocation("find", "part=2")),
        ("find a=b", Invocation("find", "a=b")),
        ("find page=", Invocation("find", "page=")),
        ("find page=123456789", Invocation("find", "page=123456789")),
        ("howto page=2", Invocation("howto", "page=2")),
        ("lectures past page=2", Invocation("lectures", "past", {"page": "2"})),
        ("", Invocation("help")),
        (" \n", Invocation("help")),
        ("/", Invocation("help")),
        ("／ ", Invocation("help")),
    ],
)
def test_a_line_is_a_command_its_argument_and_its_settings(line: str, invocation: Invocation) -> None:
    assert parse(line) == invocation


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("次回", "next"),
        ("講義", "lecture"),
        ("資料", "materials"),
        ("講義一覧", "lectures"),
        ("検索", "find"),
        ("参加登録", "register"),
        ("参加案内", "howto"),
        ("カレンダー", "calendar"),
        ("ｶﾚﾝﾀﾞｰ", "calendar"),
        ("かれんだー", "calendar"),
        ("紹介", "about"),
        ("ヘルプ", "help"),
        ("時計", "clock"),
    ],
)
def test_commands_have_japanese_names_too(typed: str, command: str) -> None:
    assert [parse(f"{slash}{typed} 7").command for slash in ("", "/", "／")] == [command] * 3


@pytest.mark.parametrize(
    ("line", "typed", "nearest"),
    [
        ("nxt", "nxt", "next"),
        ("/lectuer 7", "lectuer", "lecture"),
        ("カレンダ", "カレンダ", "calendar"),
        ("講義一らん", "講義一らん", "lectures"),
        ("remind", "remind", None),
        ("／予定", "予定", None),
        ("...", "...", None),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest_if_any_is_near(line: str, typed: str, nearest: str | None) -> None:
    with pytest.raises(UnknownCommandError) as unknown:
        parse(line)
    assert (unknown.value.typed, unknown.value.nearest) == (typed, nearest)


def test_no_two_commands_share_a_name() -> None:
    typed = [spec for spec in COMMANDS if not spec.pressed]
    known = [*command_names().values(), *(spec for spec in verbs().values() if not spec.pressed)]
    assert sorted({spec.name for spec in known}) == sorted(spec.name for spec in typed)
    assert len(known) == 2 * len(typed)


def test_one_setting_can_be_changed_and_the_rest_stays() -> None:
    first = Invocation("lecture", "7", {"part": "abstract", "page": "1"})
    assert [
        each.line for each in (first.with_setting("page", "2"), Invocation("find", "a").with_setting("page", "2"))
    ] == [
        "lecture 7 part=abstract page=2",
        "find a page=2",
    ]


@example("find page=1 page=2")
@example("find page=12345678 page=123456789 page=1")
@example("lecture page=2 part=\u00a0x page=3")
@example("/find /find")
@given(
    st.text()
    | st.builds(
        " ".join,
        st.lists(
            st.sampled_from(["/", "find", "lecture", "次回", "page=2", "part=x", "page=", "a=b", "7", "\u3000"])
            | st.text()
        ),
    )
)
def test_an_invocation_writes_a_line_that_means_the_same(line: str) -> None:
    try:
        invocation = parse(line)
    except UnknownCommandError:
        return
    assert parse(invocation.line) == invocation
    assert parse(f"/{invocation.line}") == invocation


@given(st.sampled_from(sorted(name for name, spec in command_names().items() if spec.name != ADMIN)), st.text())
def test_a_known_name_is_understood_whatever_follows(name: str, rest: str) -> None:
    assert parse(f"{name} {rest}").spec == command_names()[name]
