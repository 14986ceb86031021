"""A speaker's text is shown as excerpt and as pages, and nothing of it is lost."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.abstract import EXCERPT, PAGE, abstract_pages, excerpt, has_more, linked
from bot.domain.language import Localized
from bot.domain.lecture import Lecture
from bot.domain.message import Link, Text


def _lecture(abstract: str | None = None, summary: str | None = None) -> Lecture:
    def text(words: str | None) -> Localized | None:
        return Localized.same(words) if words else None

    return replace(Lecture(1), abstract=text(abstract), summary=text(summary))


def _plain(text: Text) -> str:
    return "".join(span.label if isinstance(span, Link) else str(span) for span in text)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("本文のみ", ("本文のみ",)),
        (
            "詳しくは[論文](https://a.example/x)へ。",
            ("詳しくは", Link("論文", "https://a.example/x"), "へ。"),
        ),
        (
            "[a](https://a.example/)[b](http://b.example/)",
            (Link("a", "https://a.example/"), Link("b", "http://b.example/")),
        ),
        ("[wiki](https://w.example/A_(b)) ", (Link("wiki", "https://w.example/A_(b)"), " ")),
        ("[x](javascript:alert(1))", ("[x](javascript:alert(1))",)),
        ("[x](./local.pdf)", ("[x](./local.pdf)",)),
        ("<!channel> **太字** @everyone", ("<!channel> **太字** @everyone",)),
        ("", ()),
    ],
)
def test_only_links_to_web_addresses_become_links(text: str, spans: Text) -> None:
    assert linked(text) == spans


def test_the_summary_is_the_excerpt_and_the_abstract_is_more() -> None:
    lecture = _lecture("長い概要。", "短い概要。")
    assert (excerpt(lecture, "ja"), has_more(lecture, "ja")) == ((("短い概要。",),), True)


def test_a_short_abstract_is_its_own_excerpt_and_there_is_no_more() -> None:
    lecture = _lecture("短い概要。")
    assert (excerpt(lecture, "ja"), has_more(lecture, "ja")) == ((("短い概要。",),), False)


def test_a_lecture_without_any_text_has_neither_excerpt_nor_pages() -> None:
    assert (excerpt(Lecture(1), "ja"), has_more(Lecture(1), "ja"), abstract_pages(Lecture(1), "ja")) == ((), False, [])


def test_a_long_abstract_is_cut_after_a_sentence() -> None:
    lecture = _lecture("とても長い話です。" * 60)
    (cut,) = excerpt(lecture, "ja")
    assert (_plain(cut), has_more(lecture, "ja")) == ("とても長い話です。" * (EXCERPT["ja"] // 9) + "…", True)


_SENTENCES = st.text(st.sampled_from("あいう。. ab[](!？』\n"), max_size=400)


@given(_SENTENCES.map(lambda text: text * 20))
def test_the_pages_hold_the_whole_abstract_and_none_is_too_long(text: str) -> None:
    pages = abstract_pages(_lecture(text), "ja")
    shown = ["".join(_plain(paragraph) for paragraph in page) for page in pages]
    assert "".join("".join(shown).split()) == "".join(text.split())
    assert max(map(len, shown), default=0) <= PAGE


@given(_SENTENCES.map(lambda text: text * 3))
def test_an_excerpt_is_the_beginning_and_never_too_long(text: str) -> None:
    paragraphs = excerpt(_lecture(text), "ja")
    shown = "".join(_plain(paragraph) for paragraph in paragraphs)
    assert len(shown) <= EXCERPT["ja"] + 1
    assert text.lstrip().startswith(shown.removesuffix("…").strip())
