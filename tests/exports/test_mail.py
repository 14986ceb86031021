"""Mails to a list: to the letter, as an organizer would send them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rich.cells import cell_len

from bot.domain.expectations import Expected
from bot.domain.language import LANGUAGES, Language
from bot.domain.lecture import Lecture, Mode, Registration, Status, Venue
from bot.domain.series import Series
from bot.exports.mail import COLUMNS, mail
from tests.domain.generated import instants, thorough
from tests.domain.generated import series as any_series
from tests.examples import (
    BEFORE_THREE,
    DAY_ONLY,
    EXAMPLE,
    NOT_YET_OPEN,
    OPEN,
    OVER_IN_PREPARATION,
    UNDATED,
    at,
    both,
    person,
    with_form,
    with_lecture,
)


def sent(
    lecture: Lecture,
    languages: Sequence[Language] = ("ja", "en"),
    series: Series = EXAMPLE,
    now: datetime = BEFORE_THREE,
) -> str:
    """The mail about a lecture of the series."""
    return mail(with_lecture(series, lecture), lecture, now, languages)


JAPANESE = """\
みなさま

「月と星の講義」の第3回を、次のとおり開催します。
参加を希望される方は、2030/4/17(水) 12:00 JST までに参加登録をお願いしま
す。

日時: 2030/4/18(木) 13:00–17:00 JST
講師: 大空 翼（銀河大）
題目: 機械学習で見る銀河
開催方法: 対面とオンライン
会場: 銀河大学 西館 201教室
https://maps.example/west
使用言語: 日本語
備考: 双眼鏡をお持ちください。

■ 概要
銀河の形を分類します。
詳しくは資料集 <https://files.example/3>をご覧ください。

■ 参加登録
第3回 4/18(木) 大空 翼 参加登録フォーム:
https://forms.example/3
締切: 2030/4/17(水) 12:00 JST

・前日の正午までにご登録ください。

■ 対面で参加される方へ
・講義ごとにご登録ください。

■ オンラインで参加される方へ
・マイクはお切りください。

■ みなさまへ
・録音はご遠慮ください。

講義のページ: https://series.example/
お問い合わせ: https://contact.example/
世話人: 夜空 すみれ（銀河大）、明星 健
"""
ENGLISH = """\
Dear all,

Lecture 3 of "Lectures on Moon and Stars" will be held as follows.
To attend, please register by Wed, 17 Apr 2030, 12:00 JST.

Date: Thu, 18 Apr 2030, 13:00–17:00 JST
Speaker: Tsubasa Ozora (Galaxy University)
Title: Galaxies seen by Machine Learning
Format: In person and online
Venue: Galaxy University, West Hall, Room 201
https://maps.example/west
Language: Japanese
Please note: Please bring binoculars.

* Abstract
Shapes of galaxies are classified.
See the collection <https://files.example/3>.

* Registering
Register: lecture 3, Thu, 18 Apr, Tsubasa Ozora:
https://forms.example/3
Deadline: Wed, 17 Apr 2030, 12:00 JST

- Please register by noon of the day before.

* In person
- Please register for every lecture.

* Online
- Please keep your microphone muted.

* Everyone
- Please do not record.

Web page: https://series.example/
Contact: https://contact.example/
Organizers: Sumire Yozora (Galaxy University), Ken Myojo
"""


def test_a_lecture_that_can_be_registered_for() -> None:
    subject = "Subject: 【月と星の講義】第3回のご案内（4/18(木) 大空 翼 氏）"
    assert sent(OPEN) == (
        f"{subject}\n\n(An English version follows below.)\n\n{JAPANESE}\n{'-' * COLUMNS}\n\n{ENGLISH}"
    )
    assert sent(OPEN, ["ja"]) == f"{subject}\n\n{JAPANESE}"
    assert sent(OPEN, ["en"]) == (
        f"Subject: [Lectures on Moon and Stars] Lecture 3: Tsubasa Ozora, Thu, 18 Apr\n\n{ENGLISH}"
    )
    assert sent(OPEN, ["en", "ja"]).splitlines()[2] == "（以下、日本語のご案内が続きます。）"


def test_what_is_undecided_is_called_so() -> None:
    assert (
        sent(DAY_ONLY, ["ja"])
        == """\
Subject: 【月と星の講義】第5回のご案内（6/17(月) 流 星子 氏）

みなさま

「月と星の講義」の第5回を、次のとおり開催します。
参加登録はまだ始まっていません（締切は 2030/6/16(日) 12:00 JST の予定で
す）。

日時: 2030/6/17(月)・時刻未定
講師: 流 星子
題目: 未定
開催方法: 対面とオンライン
会場: 未定
概要: 未定

■ 参加登録
・前日の正午までにご登録ください。

■ 対面で参加される方へ
・講義ごとにご登録ください。

■ オンラインで参加される方へ
・マイクはお切りください。

■ みなさまへ
・録音はご遠慮ください。

講義のページ: https://series.example/
お問い合わせ: https://contact.example/
世話人: 夜空 すみれ（銀河大）、明星 健
"""
    )
    assert (
        sent(UNDATED, ["en"]).partition("* ")[0]
        == """\
Subject: [Lectures on Moon and Stars] Lecture 6: date to be announced

Dear all,

Lecture 6 of "Lectures on Moon and Stars" is being planned. Its date will
be announced as soon as it is known.
Registration is not open yet.

Date: to be announced
Speaker: to be announced
Title: to be announced
Format: to be announced
Venue: to be announced
Abstract: to be announced

"""
    )


def test_an_unusual_provisional_place_and_a_tentative_title() -> None:
    assert (
        sent(NOT_YET_OPEN, ["en"]).partition("* ")[0]
        == """\
Subject: [Lectures on Moon and Stars] Lecture 4: Hikaru Tsukishima, Mon, 20 May

Dear all,

Lecture 4 of "Lectures on Moon and Stars" will be held as follows.
Please note: not the usual venue.
Registration is not open yet; it is going to close on Sun, 19 May 2030,
12:00 JST.

Date: Mon, 20 May 2030, 10:00–12:00 JST
Speaker: Hikaru Tsukishima (Galaxy University)
Title: The Far Side of the Moon (tentative title)
Format: In person only
Venue: Institute of Tides (tentative)
https://maps.example/tides
Abstract: to be announced

"""
    )


def test_a_postponed_lecture_says_so_first_and_offers_nothing() -> None:
    assert (
        sent(replace(OPEN, status=Status.POSTPONED))
        == f"""\
Subject: 【延期】月と星の講義 第3回（4/18(木) 大空 翼 氏）

(An English version follows below.)

みなさま

「月と星の講義」の第3回（2030/4/18(木) 13:00–17:00 JST）は延期になりまし
た。新しい日程は決まり次第お知らせします。ご予定くださったみなさまには申し
訳ありません。

日時: 延期（新しい日程は未定）
講師: 大空 翼（銀河大）
題目: 機械学習で見る銀河
開催方法: 対面とオンライン
使用言語: 日本語

講義のページ: https://series.example/
お問い合わせ: https://contact.example/
世話人: 夜空 すみれ（銀河大）、明星 健

{"-" * COLUMNS}

Dear all,

Lecture 3 of "Lectures on Moon and Stars" (Thu, 18 Apr 2030, 13:00–17:00
JST) has been postponed. The new date will be announced as soon as it is
known. We apologize to everybody who planned to attend.

Date: postponed (new date to be announced)
Speaker: Tsubasa Ozora (Galaxy University)
Title: Galaxies seen by Machine Learning
Format: In person and online
Language: Japanese

Web page: https://series.example/
Contact: https://contact.example/
Organizers: Sumire Yozora (Galaxy University), Ken Myojo
"""
    )


def test_a_cancelled_lecture_says_so_first_and_offers_nothing() -> None:
    assert (
        sent(replace(OPEN, status=Status.CANCELLED), ["en"])
        == """\
Subject: Cancelled: Lectures on Moon and Stars, lecture 3 (Tsubasa Ozora, Thu, 18 Apr)

Dear all,

Lecture 3 of "Lectures on Moon and Stars" (Thu, 18 Apr 2030, 13:00–17:00
JST) has been cancelled. We apologize to everybody who planned to attend.

Speaker: Tsubasa Ozora (Galaxy University)
Title: Galaxies seen by Machine Learning
Format: In person and online
Language: Japanese

Web page: https://series.example/
Contact: https://contact.example/
Organizers: Sumire Yozora (Galaxy University), Ken Myojo
"""
    )


def test_of_a_lecture_that_is_over_its_materials_are_told() -> None:
    assert (
        sent(OVER_IN_PREPARATION, ["ja"])
        == """\
Subject: 【月と星の講義】第2回は終了しました（3/14(木) 星野 かおる 氏）

みなさま

「月と星の講義」の第2回（2030/3/14(木) 13:00–17:00 JST）は終了しました。ご
参加ありがとうございました。

日時: 2030/3/14(木) 13:00–17:00 JST
講師: 星野 かおる（天文台）
題目: シリウスの伴星
開催方法: オンラインのみ

■ 資料
スライド: https://files.example/2.pdf
動画: 準備中

講義のページ: https://series.example/
お問い合わせ: https://contact.example/
世話人: 夜空 すみれ（銀河大）、明星 健
"""
    )


@pytest.mark.parametrize(
    ("changed", "now", "said"),
    [
        ({"in_person_full": True}, BEFORE_THREE, "In-person places are full. To attend online, please register by"),
        ({}, at("2030-04-17T12:00"), "Registration is closed."),
        ({"url": None}, BEFORE_THREE, "Registration is not open yet; it is going to close on"),
    ],
)
def test_where_registration_stands_is_said_at_once(changed: dict[str, object], now: datetime, said: str) -> None:
    lecture = replace(OPEN, registration=replace(OPEN.registration, **changed))  # type: ignore[arg-type]
    opening = " ".join(sent(lecture, ["en"], now=now).splitlines()[4:7])
    assert f"as follows. {said}" in opening


def test_a_full_room_closes_a_lecture_that_is_only_held_there() -> None:
    full = Registration("https://forms.example/3", in_person_full=True)
    text = sent(replace(OPEN, mode=Mode.IN_PERSON, registration=full), ["en"])
    assert "Registration is closed, as the lecture is full." in text
    assert "https://forms.example/3" not in text
    assert "* Online" not in text


def test_a_lecture_without_a_number_is_told_with_what_it_is() -> None:
    lecture = replace(OPEN, id="comets", number=None)
    assert "「月と星の講義」の講義「機械学習で見る銀河」を、次のとおり開催します。" in sent(lecture, ["ja"])
    text = sent(lecture, ["en"])
    assert text.startswith("Subject: [Lectures on Moon and Stars] “Galaxies seen by Machine Learning”: ")
    assert '\nThe lecture "Galaxies seen by Machine Learning" of "Lectures on' in text


def test_the_subject_gives_one_speaker_a_title_and_several_none() -> None:
    several = tuple(person(name, name) for name in ("A", "B", "C", "D"))
    assert sent(replace(OPEN, speakers=several[:1]), ["ja"]).startswith(
        "Subject: 【月と星の講義】第3回のご案内（4/18(木) A 氏）"
    )
    assert sent(replace(OPEN, speakers=several), ["ja"]).startswith(
        "Subject: 【月と星の講義】第3回のご案内（4/18(木) A・B ほか2名）"
    )


def test_a_shared_form_names_the_others() -> None:
    text = sent(with_form(OPEN, None, None, 4), ["ja"])
    assert "https://forms.example/3\n（第4回と共通のフォームです）\n締切" in text


def test_a_room_is_undecided_only_where_one_is_expected() -> None:
    lecture = replace(OPEN, venue=Venue(both("銀河大学", "Galaxy University")))
    assert "会場: 銀河大学\n" in sent(lecture, ["ja"])
    lecture = replace(lecture, expects=frozenset({Expected.ROOM}))
    assert "会場: 銀河大学（教室は未定）\n" in sent(lecture, ["ja"])
    assert "Venue: Galaxy University (room to be announced)\n" in sent(lecture, ["en"])


def test_nothing_in_a_name_becomes_a_header_or_a_control_sign() -> None:
    name = "A\nBcc: b@c.example"
    lecture = replace(OPEN, speakers=(person(name, name),), title=both("x\x1b[31m", "x"))
    lines = sent(lecture, ["ja"]).splitlines()
    assert lines[:2] == ["Subject: 【月と星の講義】第3回のご案内（4/18(木) A Bcc: b@c.example 氏）", ""]
    assert "講師: A Bcc: b@c.example" in lines
    assert "題目: x [31m" in lines


@thorough
@given(st.data(), st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=2, unique=True))
def test_every_line_fits_and_ends_in_no_space(data: st.DataObject, languages: list[Language]) -> None:
    series = data.draw(any_series())
    assume(series.lectures)
    now = data.draw(instants(series))
    text = mail(series, data.draw(st.sampled_from(series.lectures)), now, languages)
    subject, empty, *lines = text.splitlines()
    assert subject.startswith("Subject: ")
    assert empty == ""
    assert [line for line in lines if line != line.rstrip()] == []
    assert [line for line in lines if cell_len(line) > COLUMNS and not re.fullmatch(r"\S*https?://\S+", line)] == []
    assert "\n\n\n" not in text
