"""Several fields in one line: where one ends and the next begins, and what is said when one can't be used."""

from pathlib import Path

import pytest

from bot.commands.admin.fields import FieldError, taken_apart
from bot.commands.context import ReplyStatus
from bot.domain.language import LANGUAGES, Language
from bot.domain.lecture import Field
from tests.commands.admin.table import table
from tests.dialogues.seminar import SPRING

FORM = "https://f.example/1"


@pytest.mark.parametrize(
    ("text", "before", "fields"),
    [
        ("5/2 13:00", "5/2 13:00", {}),
        ("5/2 venue: East Hall room: 3", "5/2", {Field.VENUE: "East Hall room: 3"}),
        ("5/2 会場：東館 フォーム：https://f.example/1", "5/2", {Field.VENUE: "東館", Field.REGISTRATION: FORM}),
        ("5/2 https://f.example/1", "5/2", {Field.REGISTRATION: FORM}),
        ("5/2 room: 3", "5/2", {Field.VENUE: "room: 3"}),
        ("title: ja: 月 en: Moon speaker: Ada", "", {Field.TITLE: "ja: 月 en: Moon", Field.SPEAKER: "Ada"}),
        ("title: Moon summary: The venue: mine", "", {Field.TITLE: "Moon", Field.SUMMARY: "The venue: mine"}),
        ("https://f.example/1", "https://f.example/1", {}),
    ],
)  # fmt: skip
def test_a_line_is_taken_apart(text: str, before: str, fields: dict[Field, str]) -> None:
    said = taken_apart(text)
    assert (said.before, said.fields) == (before, fields)
    assert taken_apart(f"{before} {said.rest}") == said or not said.fields


def test_what_is_said_twice_is_refused() -> None:
    with pytest.raises(FieldError):
        taken_apart("5/2 venue: East Hall 会場：西館")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_date_place_and_form_are_one_change(language: Language, tmp_path: Path) -> None:
    async with table(tmp_path / "lectures.yaml", SPRING, language) as at:
        asked = await at.reply(
            "/admin move 9 5/2 13:00-17:00 会場：東館 / East Hall フォーム：https://forms.example/9a closes 4/30 12:00"
        )
        assert (await at.reply(asked.actions[0].line)).outcome is ReplyStatus.DONE
        entry = at.room.text.partition("number: 9")[2].partition("# he comes")[0]
        assert all(each in entry for each in ("2030-05-02T13:00", "en: East Hall", "forms.example/9a", "2030-04-30"))
        assert len(await at.room.log()) == 2


async def test_the_question_about_a_day_off_keeps_the_rest_of_the_line(tmp_path: Path) -> None:
    async with table(tmp_path / "lectures.yaml", SPRING) as at:
        asked = await at.reply("/admin move 10 5/26 13:00 venue: East Hall")
        assert asked.actions[-1].line == "admin move 10 2030-05-26(Sun) 13:00 venue: East Hall sure=yes"
        assert "East Hall" in repr(await at.reply(asked.actions[-1].line))


@pytest.mark.parametrize(
    "line", ["move 9 5/2 13:00 form: tomorrow", "move 9 5/2 title: https://a.example", "edit 9 title: Moon mode: zzz"]
)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_can_not_be_used_is_named_with_a_line_that_works(
    line: str, language: Language, tmp_path: Path
) -> None:
    async with table(tmp_path / "lectures.yaml", SPRING, language) as at:
        wrong = await at.reply(f"/admin {line}")
        assert wrong.outcome is ReplyStatus.MISUNDERSTOOD
        example = (wrong.note or "").partition("/admin")[2]
        assert (await at.reply(f"/admin{example}")).outcome is ReplyStatus.DONE, example


async def test_a_new_lecture_has_all_that_is_said(tmp_path: Path) -> None:
    async with table(tmp_path / "lectures.yaml", SPRING) as at:
        line = "/admin add 6/20 13:00-17:00 speaker: Ada title: Moon form: https://f.example/11 opens 6/1 venue: 東館"
        await at.does(line)
        lecture = at.room.schedule.series.lecture("11")
        assert lecture
        assert None not in (lecture.title, lecture.venue, lecture.starts, lecture.registration.opens)
        assert lecture.registration.url == "https://f.example/11"


async def test_several_materials_are_one_change(tmp_path: Path) -> None:
    async with table(tmp_path / "lectures.yaml", SPRING) as at:
        await at.does(
            "/admin material 9 slides https://f.example/9.pdf, 動画 https://v.example/9; code https://c.example/9"
        )
        lecture = at.room.schedule.series.lecture("9")
        assert lecture
        assert [(each.label.into("en"), each.kind, each.url) for each in lecture.materials] == [
            ("slides", "slides", "https://f.example/9.pdf"),
            ("Video", "video", "https://v.example/9"),
            ("code", "code", "https://c.example/9"),
        ]
        twice = await at.reply("/admin material 9 slides https://a.example/1 https://a.example/2")
        assert twice.outcome is ReplyStatus.MISUNDERSTOOD
        assert "a.example" not in at.room.text
