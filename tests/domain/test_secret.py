"""What must not be passed on is found however it is written, and nothing else is taken for it."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.secret import Secret, secret_in, secrets_among
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
    secret = secret_in(text)
    assert secrets_among(["a", text, "b", f"a\n{text}\nb"]).get(text) == secret


# ---- the collection


DATA = Path(__file__).with_name("data")
_ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|([nt\\]))")
_WANTED = 0.98


def texts(name: str) -> list[str]:
    """The texts of a file, with `\\n`, `\\t`, `\\xNN` and `\\uNNNN` as the characters that they stand for."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [_ESCAPE.sub(_character, line) for line in lines if line and not line.startswith("#")]


def _character(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else {"n": "\n", "t": "\t", "\\": "\\"}[escape[3]]


def _parts(every: list[str]) -> dict[str, list[str]]:
    return {"open": [text for i, text in enumerate(every) if i % 3 != 2], "held out": every[2::3]}


@pytest.mark.parametrize("name", ["refused_texts.txt", "innocent_texts.txt"])
def test_the_fast_look_misses_nothing_of_the_collection(name: str) -> None:
    assert secrets_among(texts(name)) == {text: found for text in texts(name) if (found := secret_in(text))}


@pytest.mark.parametrize("part", ["open", "held out"])
@pytest.mark.parametrize(("name", "refused"), [("refused_texts.txt", True), ("innocent_texts.txt", False)])
def test_what_carries_a_secret_is_refused_and_what_carries_none_passes(name: str, refused: bool, part: str) -> None:
    chosen = _parts(texts(name))[part]
    wrong = [text for text in chosen if (secret_in(text) is not None) is not refused]
    assert len(wrong) <= (1 - _WANTED) * len(chosen), wrong


def test_the_collection_is_large_enough_to_measure_anything() -> None:
    assert len(texts("refused_texts.txt")) >= 180
    assert len(texts("innocent_texts.txt")) >= 150


# ---- how long it takes


@pytest.mark.parametrize(
    ("before", "piece"),
    [
        *(("password", " "), ("password", " ("), ("meeting", " "), ("zoom", " "), ("id", " ")),
        *(("", piece) for piece in ("teams.live.com/", "x.webex.com/", "://a:", "password (", "meeting の ", "pass:")),
    ],
)
def test_looking_for_secrets_takes_time_linear_to_the_length(before: str, piece: str) -> None:
    assert growth(secret_in, piece, before) < LINEAR
