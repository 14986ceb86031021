"""Headings of columns in many languages."""

import pytest

from bot.sources.columns import Column, columns, is_heading

C = Column


@pytest.mark.parametrize(
    ("headings", "about"),
    [
        (("Date", "Time", "Speaker(s)", "Title", "Slides"), (C.STARTS, C.TIME, C.SPEAKER, C.TITLE, C.MATERIALS)),
        (("Datum", "ReferentIn", "Thema", "Raum"), (C.STARTS, C.SPEAKER, C.TITLE, C.ROOM)),
        (("Datum / Uhrzeit", "Vortragende*r", "Titel"), (C.STARTS, C.SPEAKER, C.TITLE)),
        (("回", "開催日", "発表者", "タイトル", "資料"), (C.NUMBER, C.STARTS, C.SPEAKER, C.TITLE, C.MATERIALS)),
        (("講演日", "氏名", "演題"), (C.STARTS, C.SPEAKER, C.TITLE)),
        (("Date", "Orateur/Oratrice", "Titre de l'exposé"), (C.STARTS, C.SPEAKER, C.TITLE)),
        (("Fecha", "Ponente", "Título", "Resumen"), (C.STARTS, C.SPEAKER, C.TITLE, C.ABSTRACT)),
        (("Data", "Relatore", "Titolo", "Aula"), (C.STARTS, C.SPEAKER, C.TITLE, C.ROOM)),
        (("Data", "Palestrante", "Tema", "Local"), (C.STARTS, C.SPEAKER, C.TITLE, C.VENUE)),
        (("Datum", "Spreker", "Onderwerp"), (C.STARTS, C.SPEAKER, C.TITLE)),
        (("日期", "时间", "报告人", "题目", "地点"), (C.STARTS, C.TIME, C.SPEAKER, C.TITLE, C.VENUE)),
        (("날짜", "발표자", "소속", "제목"), (C.STARTS, C.SPEAKER, C.AFFILIATION, C.TITLE)),
        (("#", "When", "Who", "What"), (C.NUMBER, C.STARTS, C.SPEAKER, C.TITLE)),
        (("Date", "Host", "Paper"), (C.STARTS, C.SPEAKER, C.TITLE)),
        (("Date", "Topic", "Paper", "Host"), (C.STARTS, C.TITLE, C.MATERIALS, C.SPEAKER)),
        (("回", "日程", "担当者", "内容"), (C.NUMBER, C.STARTS, C.SPEAKER, C.TITLE)),
        (("日程", "題目", "内容"), (C.STARTS, C.TITLE, C.ABSTRACT)),
        (("Date", "Title", "Title"), (C.STARTS, C.TITLE, None)),
        (("Date", "Title", "Anmeldung/Protokoll"), (C.STARTS, C.TITLE, C.MATERIALS)),
    ],
)
def test_headings(headings: tuple[str, ...], about: tuple[Column | None, ...]) -> None:
    assert tuple(columns(headings, {})) == about
    assert is_heading(headings, {})


def test_the_mapping_settles_what_words_do_not_tell() -> None:
    headings = ("Quand ça", "Wer", "Was", "Speaker")
    mapping = {"quand ça": C.STARTS, "Wer": C.TITLE, "Speaker": C.IGNORED}
    assert columns(headings, mapping)[:2] == [C.STARTS, C.TITLE]
    assert columns(headings, mapping)[3] is C.IGNORED


@pytest.mark.parametrize(
    "cells", [("Name", "Price"), ("6/8", "Ada", "Waves"), ("Date", "Weather"), ("Title", "Speaker")]
)
def test_other_tables_are_not_of_lectures(cells: tuple[str, ...]) -> None:
    assert not is_heading(cells, {})
