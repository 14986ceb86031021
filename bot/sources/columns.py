"""What the columns of a table are about, by their headings in many languages."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from bot.domain.materials import MaterialKind
from bot.domain.text import plain, searchable, squeezed
from bot.schedule.columns import Column

__all__ = ["NO_MAPPING", "Column", "ColumnMapping", "column_of", "columns", "is_heading", "label_of"]


ColumnMapping = Mapping[str, Column | MaterialKind]
"""What `page.mapping` says of headings; a kind of material stands for links of that kind."""

NO_MAPPING: Final[ColumnMapping] = MappingProxyType({})

_WORDS: Final[Mapping[Column, str]] = {
    Column.NUMBER: "number no nr num numero nummer n id# 回 回数 第何回 番号 号 序号 期 번호 회차 회",
    Column.ID: "id",
    Column.LABEL: "label 呼び名 名称 bezeichnung libelle etiqueta etichetta rotulo",
    Column.STARTS: """
        date dates day when datetime dateandtime start starts session_date talk_date seminar_date 開催日時 講義日時
        日時 開催日程 日程 開催日 実施日 日付 講演日 発表日 datum tag termin termine wann zeitpunkt jour quand fecha
        cuando data giorno dia quando dag wanneer 日期 日期时间 날짜 일시 일자
    """,
    Column.TIME: """
        time times hour hours starttime begin begins beginning 開始時間 開始時刻 開催時間 開始 時間 時刻 uhrzeit zeit
        beginn anfang heure heures horaire debut hora inicio ora orario inizio horario tijd tijdstip aanvang 时间
        시간 시작
    """,
    Column.ENDS: """
        end ends endtime until 終了 終了時間 終了時刻 ende bis fin fine fim einde tot 结束 結束 结束时间 종료
    """,
    Column.SPEAKER: """
        speaker speakers presenter presenters lecturer lecturers instructor who by presentedby givenby talkby
        speakername 講師名 講師 発表者名 発表者 講演者名 講演者 登壇者 話者 演者 担当 担当者 報告者 referent
        referentin referentinnen referenten referierende vortragende vortragender vortragend sprecher sprecherin
        redner rednerin dozent dozentin dozierende wer orateur oratrice orateurs oratrices intervenant intervenante
        intervenants conferencier conferenciere presentateur presentatrice qui ponente ponentes orador oradora
        expositor conferenciante quien relatore relatrice relatori oratore palestrante apresentador spreker sprekers
        wie 报告人 主讲人 主讲 演讲者 演讲人 讲者 講者 主持人 嘉宾 발표자 연사 강연자 강사
    """,
    Column.AFFILIATION: """
        affiliation affiliations institution institute university organization organisation company 講師所属
        所属機関 ご所属 所属 institutionen hochschule universitat einrichtung etablissement universite afiliacion
        institucion universidad affiliazione istituzione istituto universita afiliacao instituicao universidade
        instelling universiteit 单位 单位机构 机构 所属单位 소속 소속기관
    """,
    Column.TITLE: """
        title titles topic topics subject theme talk talktitle titleoftalk lecturetitle presentation content what
        講演題目 発表題目 講義題目 講演タイトル 発表タイトル 講義タイトル 講演題名 講義題名 講演名 講義名 題目 題名
        演題 タイトル テーマ titel thema themen vortrag vortragstitel vortragsthema titre sujet expose intitule
        titulo tema charla ponencia titolo argomento relazione assunto palestra onderwerp lezing 题目 主题 标题
        报告题目 演讲题目 講題 제목 주제 발표제목 강연제목
    """,
    Column.ABSTRACT: """
        abstract abstracts summary description 講演概要 講義概要 発表概要 講演要旨 講義要旨 発表要旨 講演内容
        講義内容 概要 要旨 要約 内容 アブストラクト zusammenfassung beschreibung inhalt kurzbeschreibung resume
        resumen descripcion riassunto sommario descrizione resumo descricao samenvatting beschrijving 摘要 简介
        内容简介 초록 요약 내용
    """,
    Column.TALKS: "talks program programme agenda プログラム 講演一覧 発表一覧 programm programa programma",
    Column.VENUE: """
        venue place location where building 開催場所 開催会場 開催地 講義会場 場所 会場 ort veranstaltungsort wo
        lieu endroit lugar donde luogo dove local onde plaats locatie waar 地点 地點 场所 장소
    """,
    Column.ROOM: """
        room rooms 講義教室 教室名 教室 講義室 会議室 部屋 raum saal horsaal salle sala aula salon zaal 房间 강의실
    """,
    Column.MODE: """
        mode format 開催方法 開催形式 開催形態 開催方式 実施方法 実施形式 参加方法 形式 形態 modus modalite
        modalidad modalita
    """,
    Column.LANGUAGE: """
        language 講義言語 講演言語 使用言語 発表言語 言語 sprache vortragssprache langue idioma lengua lingua taal
        语言 語言 언어
    """,
    Column.REGISTRATION: """
        registration register signup rsvp registrationlink registrationform 参加登録フォーム 参加登録 登録フォーム
        参加申込 申込 登録 anmeldung inscription inscriptions inscripcion registro iscrizione inscricao aanmelding
        aanmelden inschrijving 报名 报名链接 신청 등록 참가신청
    """,
    Column.JOIN: """
        join joinlink joiningonline zoom zoomlink webex teams meetinglink meetingurl livestream stream streaming
        onlinelink 参加url 参加リンク 接続先 接続url 配信 配信url
        zugang zugangslink teilnahme einwahl lien connexion visio
        liendeconnexion enlaceonline acceso conexion accesso collegamento acesso deelname
        会议链接 腾讯会议 接入 접속 접속링크
    """,
    Column.DEADLINE: """
        deadline registrationdeadline 締切 申込締切 登録締切 参加登録締切 anmeldeschluss datelimite 截止 마감
    """,
    Column.NOTES: """
        remark remarks comment comments 備考 補足 注意事項 bemerkung bemerkungen anmerkung hinweis hinweise 备注
        비고
    """,
    Column.STATUS: "status 状態 state zustand statut estado stato 状态 상태",
    Column.MATERIALS: """
        slides slide materials material video videos recording recordings links resources files documents handout
        handouts paper papers article reading readings literature code notebook whiteboard minutes transcript notes
        note podcast 講義資料 発表資料 講演資料 配布資料 参考資料 資料 スライド 動画 録画 ビデオ ホワイトボード 板書
        ノートブック 議事録 論文 folien unterlagen vortragsfolien aufzeichnung aufzeichnungen mitschnitt protokoll
        skript literatur materialien diapositives diapos transparents supports enregistrement ressources compterendu
        fichiers diapositivas grabacion presentacion recursos acta enlaces registrazione materiali verbale dispense
        gravacao materiais ata apresentacao dias opname materiaal notulen 幻灯片 课件 讲义 录像 视频 资料 论文 链接
        슬라이드 발표자료 자료 영상 녹화 논문
    """,
}
_WEAK: Final[Mapping[str, Column]] = {
    **dict.fromkeys(("name", "nom", "nombre", "nome", "naam", "氏名", "姓名", "이름"), Column.SPEAKER),
    **dict.fromkeys(("host", "moderator", "author", "authors", "autor", "auteur"), Column.SPEAKER),
    **dict.fromkeys(("lecture", "session", "seminar", "event", "veranstaltung"), Column.TITLE),
    **dict.fromkeys(("paper", "papers", "article", "reading", "論文", "论文", "논문"), Column.TITLE),
    **dict.fromkeys(("内容", "inhalt", "내용"), Column.TITLE),
}
"""Words that mean this if no other column of the table does."""

_PIECES: Final = re.compile(r"(?<!\s)\s*+(?:[/／・|,&+;]|(?<= )(?:and|und|et|y|e|en)(?= )|と)\s*+")
_KEY_OF_LINK: Final = re.compile(r"([a-z_]{3,30})_(?:url|link|href)s?")
_MOST_WORDS: Final = 6
_LONGEST: Final = 60
"""Characters of a heading."""


@lru_cache(maxsize=4096)
def column_of(heading: str) -> Column | None:
    """What a column with this heading is about, if its words tell."""
    if plain(heading) == "#":
        return Column.NUMBER
    named = [found for text in (heading, *_PIECES.split(plain(heading))) if (found := _word_of(text))]
    if named:
        return Column.MATERIALS if Column.MATERIALS in named and named[0] is Column.REGISTRATION else named[0]
    words = re.findall(r"[^\W_]+", searchable(heading))
    if len(words) > _MOST_WORDS:
        return None
    return next((each for each in map(_word_of, words) if each), None) or _part_of(heading)


def is_heading(cells: Sequence[str], mapping: ColumnMapping) -> bool:
    """Whether these are the headings of a table of lectures: one for days or numbers, one for titles or speakers."""
    if any(len(each) > _LONGEST for each in cells):
        return False
    named = set(columns(cells, mapping))
    who_or_what = named & {Column.SPEAKER, Column.TITLE}
    return bool(who_or_what and named & {Column.STARTS, Column.TIME}) or (
        len(who_or_what) > 1 and Column.NUMBER in named
    )


def columns(headings: Sequence[str], mapping: ColumnMapping) -> list[Column | None]:
    """What each column is about: what the `mapping` says of its heading, else what its words tell.

    Of two columns of one field the first counts, unless they are links.
    """
    chosen = {_key(name): about if isinstance(about, Column) else Column.MATERIALS for name, about in mapping.items()}
    found = [chosen.get(_key(each)) for each in headings]
    taken = {each for each in found if each}
    for position, heading in enumerate(headings):
        about = column_of(heading)
        if found[position] is None and about and (about not in taken or about is Column.MATERIALS):
            found[position] = about
            taken.add(about)
    for position, heading in enumerate(headings):
        weak = _WEAK.get(_key(heading))
        if (
            found[position] in (None, Column.MATERIALS, Column.ABSTRACT)
            and weak
            and weak not in taken
            and _key(heading) not in chosen
        ):
            found[position] = weak
            taken.add(weak)
    return found


def label_of(heading: str, mapping: ColumnMapping) -> str:
    """What the links of a column are called: the kind that the `mapping` says they are of, else its heading."""
    about = next((each for name, each in mapping.items() if _key(name) == _key(heading)), None)
    return about.value.capitalize() if isinstance(about, MaterialKind) else _KEY_OF_LINK.sub(_spelled, heading)


def _spelled(found: re.Match[str]) -> str:
    """A key such as `recording_url` as people would write it."""
    return found[1].replace("_", " ").capitalize()


@lru_cache(maxsize=4096)
def _key(heading: str) -> str:
    return squeezed(searchable(heading))


def _word_of(text: str) -> Column | None:
    key = _key(re.sub(r"[*:_]?(?:in(?:nen)?|s|r|e)?\)?$", "", text) if re.search(r"[*:_(]\w{1,5}\)?$", text) else text)
    return _words().get(_key(text)) or _words().get(key)


def _part_of(heading: str) -> Column | None:
    """For languages that put no spaces between words: the longest known word in the heading."""
    key = _key(heading)
    if key.isascii():
        return None
    inside = [word for word in _words() if not word.isascii() and len(word) > 1 and word in key]
    return _words()[max(inside, key=len)] if inside else None


@cache
def _words() -> dict[str, Column]:
    return {_key(word): column for column, words in _WORDS.items() for word in words.split()}
