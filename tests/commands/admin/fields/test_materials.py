"""Materials of a lecture, as organizers type them."""

from functools import partial

import pytest

from bot.domain.edits import FieldValue
from bot.domain.lecture import Field
from tests.commands.admin.fields.typed import edits, refused

_material = partial(edits, Field.MATERIALS)
_refused = partial(refused, Field.MATERIALS)

_URL = "https://example.org/new"
_SLIDES: FieldValue = {"ja": "スライド", "en": "Slides"}
_VIDEO: FieldValue = {"ja": "動画", "en": "Video"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"スライド {_URL}", {"label": _SLIDES, "kind": "slides", "url": _URL}),
        (f"スライド：{_URL}", {"label": _SLIDES, "kind": "slides", "url": _URL}),
        (f"Slides: <{_URL}>.", {"label": _SLIDES, "kind": "slides", "url": _URL}),
        (f"{_URL} 動画", {"label": _VIDEO, "kind": "video", "url": _URL}),
        (f"スライド1 {_URL}", {"label": {"ja": "スライド1", "en": "Slides 1"}, "kind": "slides", "url": _URL}),
        (f"演習2 / Exercise 2 {_URL}", {"label": {"ja": "演習2", "en": "Exercise 2"}, "url": _URL}),
        (f"板書 {_URL}", {"label": "板書", "kind": "whiteboard", "url": _URL}),
        (f"ja: 板書 en: Board {_URL}", {"label": {"ja": "板書", "en": "Board"}, "kind": "whiteboard", "url": _URL}),
        ("https://youtu.be/x", {"label": _VIDEO, "kind": "video", "url": "https://youtu.be/x"}),
        (f"{_URL}.pdf", {"label": {"ja": "配布資料", "en": "Handout"}, "kind": "document", "url": f"{_URL}.pdf"}),
        (_URL, {"label": {"ja": "資料", "en": "Material"}, "url": _URL}),
        ("動画 準備中", {"label": _VIDEO, "kind": "video", "status": "in_preparation"}),
        ("動画（準備中）", {"label": _VIDEO, "kind": "video", "status": "in_preparation"}),
        ("Video: coming soon", {"label": _VIDEO, "kind": "video", "status": "in_preparation"}),
        ("Video (in preparation)", {"label": _VIDEO, "kind": "video", "status": "in_preparation"}),
    ],
)
def test_a_new_material_is_read_as_people_write_it(text: str, value: FieldValue) -> None:
    assert _material(text) == {"materials.0": value}


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        (f"スライド {_URL}", {"materials.0.url": _URL}),
        (f"slides {_URL}", {"materials.0.url": _URL}),
        (f"2 {_URL}", {"materials.1.url": _URL}),
        (f"replace #2: {_URL}", {"materials.1.url": _URL}),
        (f"差し替え 動画 {_URL}", {"materials.1.url": _URL}),
        ("動画 準備中", {"materials.1.url": None, "materials.1.status": "in_preparation"}),
        ("withdraw スライド", {"materials.0": None}),
        ("取り下げ：2", {"materials.1": None}),
        ("動画を削除", {"materials.1": None}),
        ("2番目 取り下げ", {"materials.1": None}),
        ("スライド → スライド（改訂版）", {"materials.0.label": {"ja": "スライド（改訂版）", "en": "Slides"}}),
        ("スライド → 補遺", {"materials.0.label": "補遺"}),
        ("2 -> 録画 / Recording", {"materials.1.label": {"ja": "録画", "en": "Recording"}}),
        ("rename 1 => en: Deck", {"materials.0.label": {"ja": "スライド", "en": "Deck"}}),
        ("録画 https://videos.example/1", {"materials.1.label": "録画"}),
        ("スライド https://files.example/1.pdf", {}),
        ("https://files.example/1.pdf?usp=sharing", {}),
    ],
)
def test_materials_that_are_there_are_named_by_label_number_or_link(text: str, changes: dict[str, FieldValue]) -> None:
    assert _material(text, 1) == changes


@pytest.mark.parametrize("text", [f"動画 {_URL}", f"Video {_URL}", f"2 {_URL}"])
def test_what_was_in_preparation_is_published(text: str) -> None:
    assert _material(text, 2) == {"materials.1.url": _URL, "materials.1.status": None}


def test_a_link_of_the_kind_that_is_awaited_needs_no_label() -> None:
    assert _material("https://youtu.be/x", 2) == {"materials.1.url": "https://youtu.be/x", "materials.1.status": None}
    assert _material("動画 準備中", 2) == {}


@pytest.mark.parametrize(
    ("text", "number", "japanese", "english"),
    [
        (
            "スライド",
            3,
            "「スライド」から資料の操作を読み取れませんでした。公開は「名前 リンク」、予告は「名前 準備中」、"
            "取り下げは「取り下げ 名前」、改名は「名前 → 新しい名前」です。例：スライド https://example.org/slides.pdf",
            "“スライド” does not say what to do. It takes a label with a link, a label with “in preparation”, "
            "“withdraw” with a label, or “label → new label”. Example: Slides https://example.org/slides.pdf",
        ),
        (
            "withdraw 5",
            1,
            "「5」に当たる資料はありません（現在：1 スライド、2 動画）。例：スライド https://example.org/slides.pdf",
            "There is no material “5” (at present: 1 Slides, 2 Video). Example: Slides https://example.org/slides.pdf",
        ),
        (
            "取り下げ 動画",
            3,
            "第3回に資料はありません。例：スライド https://example.org/slides.pdf",
            "Lecture 3 has no materials. Example: Slides https://example.org/slides.pdf",
        ),
        (
            "スライド https://videos.example/1",
            1,
            "このリンクは「動画」としてすでに公開されています。例：スライド https://example.org/slides.pdf",
            "This link is there already, as “Video”. Example: Slides https://example.org/slides.pdf",
        ),
        (
            "https://youtu.be/x",
            1,
            "「動画」という資料がすでにあります。差し替えるにはその名前を、加えるには別の名前をリンクに添えてください。"
            "例：動画2 https://youtu.be/x",
            "There is a material “Video” already. Put its label before the link to replace it, or another one to "
            "add to it. Example: Video2 https://youtu.be/x",
        ),
        (
            "スライド ftp://files.example/1.pdf",
            3,
            "「ftp://files.example/1.pdf」はウェブのリンクではありません。https:// または http:// で始めてください。"
            "例：スライド https://example.org/slides.pdf",
            "“ftp://files.example/1.pdf” is no web link. It must begin with https:// or http://. "
            "Example: Slides https://example.org/slides.pdf",
        ),
        (
            "スライド files.example.org/1.pdf",
            3,
            "「files.example.org/1.pdf」の先頭に https:// がありません。例：https://files.example.org/1.pdf",
            "“files.example.org/1.pdf” lacks https:// at its beginning. Example: https://files.example.org/1.pdf",
        ),
    ],
)
def test_what_can_not_be_done_is_refused(text: str, number: int, japanese: str, english: str) -> None:
    assert (_refused(text, number, "ja"), _refused(text, number)) == (japanese, english)


def test_a_number_that_is_no_material_s_is_no_label_either() -> None:
    for text in (f"9 {_URL}", "9 準備中", "9 → 動画", "9を取り下げ"):
        assert _refused(text, 1).startswith("There is no material “9” (at present: 1 Slides, 2 Video).")
