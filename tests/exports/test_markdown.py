"""Any text as Markdown: readers see it as it is, and nothing in it becomes markup."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.exports.markdown import anchor, escaped, literal, running

PARSER = MarkdownIt("commonmark").enable(["strikethrough", "table"])
SIGNS = st.text(st.sampled_from("\\`*_[]<>{}|~!#+-=:.)1 a字&;lt/\"'()"), max_size=24)
ANY = st.text(st.characters(codec="utf-8", categories=("L", "M", "N", "P", "S", "Z")))
TEXTS = SIGNS | ANY


def shown(text: str) -> list[str]:
    """What readers see of the paragraphs in a Markdown text; fails if there is anything else."""
    paragraphs = []
    for token in PARSER.parse(text):
        assert token.type in ("paragraph_open", "paragraph_close", "inline"), token
        if token.type == "inline":
            paragraphs.append("".join(map(_shown, token.children or ())))
    return paragraphs


def _shown(token: Token) -> str:
    assert token.type in ("text", "text_special", "link_open", "link_close"), token
    return token.content


def tidy(text: str) -> str:
    """The text with single spaces."""
    return re.sub(r"\s+", " ", text).strip(" ")


@given(TEXTS)
def test_any_text_is_shown_as_it_is(text: str) -> None:
    assert shown(f"題目: {literal(text)}") == [f"題目: {tidy(text)}".strip()]


@given(TEXTS)
def test_no_line_of_a_running_text_becomes_anything_else(text: str) -> None:
    for line in running(text):
        assert shown(line) == ([tidy(line_shown)] if (line_shown := _plain(line)) else [])


def _plain(line: str) -> str:
    return "".join(shown(f"x {line}"))[2:]


@given(
    TEXTS.filter(lambda text: "]" not in text),
    st.sampled_from(["https://a.example/x_(1)", "https://a.example/?a&lt;b"]),
)
def test_links_keep_label_and_address(label: str, url: str) -> None:
    (inline,) = [token for token in PARSER.parse(anchor(f"x{escaped(label)}", url)) if token.type == "inline"]
    opened, *inner, closed = inline.children or []
    assert (opened.type, closed.type) == ("link_open", "link_close")
    assert "".join(map(_shown, inner)) == f"x{tidy(label)}".rstrip()
    assert opened.attrs["href"] == url.replace("<", "%3C")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("# 1", ["\\# 1"]),
        ("- a\n-5\n--- \n1. b\n1.c", ["\\- a", "-5", "\\---", "1\\. b", "1.c"]),
        ("a*b*c `d` <e> [f] ~~g~~ | h_i", ["a\\*b\\*c \\`d\\` \\<e\\> \\[f\\] \\~\\~g\\~\\~ \\| h\\_i"]),
        ("詳しくは[資料集](https://files.example/3)を", ["詳しくは[資料集](https://files.example/3)を"]),
        ("https://files.example/a_b を", ["<https://files.example/a_b> を"]),
        ("R&D &amp; x", ["R&D &amp;amp; x"]),
        ("  一\n\n　二  ", ["一", "", "二"]),
    ],
)
def test_only_what_would_be_markup_is_escaped(text: str, lines: list[str]) -> None:
    assert running(text) == lines
