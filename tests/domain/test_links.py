"""Addresses are found in any text, and what must not be passed on is found however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.links import (
    ADDRESS,
    MARKDOWN_LINK,
    Secret,
    may_hold_secret,
    plain_link,
    secret_in,
    typed_addresses,
    without_punctuation,
)
from tests.growth import LINEAR, growth

LINKS = """\
https://zoom.us/j/81234567890
see https://us02web.zoom.us/my/prof.taki for the meeting
https://x.zoom.us/w/812
https://zoom.us/wc/join/812
zoommtg://zoom.us/join?confno=812
ＺＯＯＭ．ＵＳ／ｊ／８１２
https://www.google.com/url?q=https%3A%2F%2Fzoom.us%2Fj%2F123
https://teams.microsoft.com/l/meetup-join/19%3ameeting
https://teams.live.com/meet/9312345
https://teams.microsoft.com/meet/123?p=x
https://meet.google.com/abc-defg-hij
https://univ.webex.com/univ/j.php?MTID=m1
https://x.webex.com/meet/prof
https://meet.jit.si/OurRoom
https://example.org/?a=1&pwd=abc""".splitlines()

IDS = """\
ミーティングID: 123 4567 8901
ミーティング ID：123 4567 8901
ミーティングＩＤ：１２３ ４５６７ ８９０１
Meeting ID: 12345678901
Zoom の会議番号は 81234567890 です
Zoom 123 4567 8901
ID: 812 3456 7890""".splitlines()

PASSCODES = """\
パスコード: 123456
パスコード：ab12
パスコード「abc123」
パスコード 123456
パスワードは abc123 です
パスワード (共通): ml2024
Passcode: x9y8
passcode：secret!
Password: lecture
the passcode is 482913
PW: Physics1""".splitlines()

HARMLESS = """\
Zoom のミーティング URL およびパスワードは、講義当日の朝までに登録されたメールアドレスにお送りします。
ミーティング URL とパスワード: 登録された方にメールでお送りします
パスコード：当日の朝にお知らせします
届いた接続先やパスワードは、ほかの方に伝えないでください。
The Zoom link and password come by mail.
Password: will be sent by mail
Passcode: see the mail
Passcode: ******
password: required
Do not pass the link or the password on to anybody
Zoom で開催します。接続先は https://zoom.us/ を更新してご利用ください。
https://zoom.us/meeting/register/tJ
https://meet.google.com/
https://youtu.be/x?id=3
Password Guessing by GANs
A forward pass 2024, then a backward pass
会議室のルビコン 601
筑波大学東京キャンパス 118教室
第123回会議 2024
お問い合わせ 03-1234-5678""".splitlines()


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        *((text, Secret.MEETING_LINK) for text in LINKS),
        *((text, Secret.MEETING_ID) for text in IDS),
        *((text, Secret.PASSCODE) for text in [*PASSCODES, "Passcode:\n123456"]),
        *((text, None) for text in HARMLESS),
    ],
)
def test_secrets_are_found_and_harmless_sentences_pass(text: str, secret: Secret | None) -> None:
    assert secret_in(text) == secret


@given(st.text(max_size=30), st.sampled_from([*LINKS, *IDS]), st.text(max_size=30))
def test_what_surrounds_a_link_hides_it_from_nobody(before: str, secret: str, after: str) -> None:
    assert secret_in(f"{before}\n{secret}\n{after}") is not None


@given(st.text(alphabet="zompasid:=1 パスID会議はx/.j\n", max_size=40))
def test_the_fast_look_never_misses_what_the_closer_one_finds(text: str) -> None:
    if secret_in(text):
        assert may_hold_secret(text)
        assert may_hold_secret(f"a\n{text}\nb")


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


@pytest.mark.parametrize(
    ("before", "piece"),
    [
        *(("password", " "), ("password", " ("), ("meeting", " "), ("zoom", " "), ("id", " ")),
        *(("", piece) for piece in ("teams.live.com/", "x.webex.com/", "://a:", "password (", "meeting の ", "pass:")),
    ],
)
def test_looking_for_secrets_takes_time_linear_to_the_length(before: str, piece: str) -> None:
    assert growth(secret_in, piece, before) < LINEAR
