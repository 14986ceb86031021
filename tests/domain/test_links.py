"""Addresses are found in any text, however they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.links import ADDRESS, MARKDOWN_LINK, plain_link, typed_addresses, without_punctuation
from tests.growth import LINEAR, growth


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("see https://example.org/a and http://example.org", ["https://example.org/a", "http://example.org"]),
        (
            "資料（https://example.org/a）は「HTTPS://Example.org/b」。",
            ["https://example.org/a", "HTTPS://Example.org/b"],
        ),
        ("https://example.org/a、https://example.org/b。", ["https://example.org/a", "https://example.org/b"]),
        ("(https://example.org/wiki/Entropy_(physics))", ["https://example.org/wiki/Entropy_(physics)"]),
        ("[https://example.org/?a[]=1]", ["https://example.org/?a[]=1"]),
        ("[資料](https://example.org/a)<https://example.org/b>", ["https://example.org/a", "https://example.org/b"]),
        ("https://example.org/(a", ["https://example.org/"]),
        ("example.org ftp://example.org https://", []),
    ],
)
def test_addresses_are_found_in_any_text(text: str, addresses: list[str]) -> None:
    assert ADDRESS.findall(text) == addresses


def test_links_of_markdown_have_a_label() -> None:
    text = "[a](https://example.org/a_(b)) [c](mailto:d) [](https://example.org) [e](https://example.org/e)"
    assert MARKDOWN_LINK.findall(text) == [("a", "https://example.org/a_(b)"), ("e", "https://example.org/e")]


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("スライド <https://example.org/a>", ["https://example.org/a"]),
        ("slides https : //example.org/a", ["https : //example.org/a"]),
        ("slides https:/example.org/a mailto:b@example.org", ["https:/example.org/a", "mailto:b@example.org"]),
        ("slides example.org/a, see https://example.org/b", ["https://example.org/b"]),
        ("slides www.example.org/a and example.jp/", ["www.example.org/a", "example.jp/"]),
        ("slides example.org", []),
    ],
)
def test_typed_addresses_are_found_with_slips_in_their_scheme(text: str, addresses: list[str]) -> None:
    assert [found[1] for found in typed_addresses(text)] == addresses


def test_punctuation_after_an_address_belongs_to_the_sentence() -> None:
    assert without_punctuation("https://example.org/a.") == without_punctuation("https://example.org/a?!")
    assert without_punctuation("https://example.org/a_(b)") == "https://example.org/a_(b)"


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("https://forms.example/1?usp=sf_link", "https://forms.example/1"),
        ("https://forms.example/1?a=1&utm_source=mail&utm_campaign=x&b=2", "https://forms.example/1?a=1&b=2"),
        ("https://videos.example/watch?v=ab&feature=share&si=xyz#t=5", "https://videos.example/watch?v=ab#t=5"),
        ("HTTPS://Files.Example/A.pdf?fbclid=1", "https://files.example/A.pdf"),
        ("https://files.example/a%20b.pdf?x=%E6%9C%88", "https://files.example/a%20b.pdf?x=%E6%9C%88"),
        ("https://files.example/?empty=", "https://files.example/?empty="),
        ("https://files.example/d?pli=1&authuser=2&id=3", "https://files.example/d?id=3"),
        ("https://[broken", "https://[broken"),
    ],
)
def test_an_address_loses_its_trackers_and_nothing_else(url: str, plain: str) -> None:
    assert plain_link(url) == plain


@given(st.text("ab=&?#%+/月", max_size=20), st.text("ab=&?#%;+月", max_size=20))
def test_a_plain_address_stays_as_it_is(path: str, query: str) -> None:
    plain = plain_link(f"https://files.example/{path}?utm_medium=x&{query}")
    assert plain_link(plain) == plain
    assert "utm_medium=x" not in plain.partition("#")[0] or "?" in path or "#" in path


# ---- how long it takes


@pytest.mark.parametrize(
    ("before", "piece", "after"),
    [
        *(("", piece, "") for piece in ("https://", "https://a(", "h", "[a", "[", "[a](", "[a](https://a", "http : ")),
        *(("", piece, "") for piece in ("http:", "a.", "a-", "www.", "a.com", "a.com/", "mailto:", "<")),
        *(("https://a", "(", ""), ("https://a", "()", ""), ("https://a", "[(", ""), ("[a](https://a", "()", "")),
        *(("http", " ", ""), ("", "a.", "@")),
    ],
)
def test_finding_addresses_takes_time_linear_to_the_length(before: str, piece: str, after: str) -> None:
    def find(text: str) -> None:
        ADDRESS.findall(text)
        MARKDOWN_LINK.findall(text)
        typed_addresses(text)

    assert growth(find, piece, before, after) < LINEAR
