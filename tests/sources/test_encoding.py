"""Texts in the encodings that people's programs save in."""

import pytest

from bot.sources.encoding import decoded

JAPANESE = "日付;演題\n2031/4/15;風紋のできかた ～髙い砂丘～\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_what_spreadsheets_save_is_read(encoding: str) -> None:
    assert decoded(JAPANESE.encode(encoding)) == JAPANESE


def test_what_is_usual_elsewhere_is_read() -> None:
    assert decoded("日付,演題\n4/15,風紋のできかた\n".encode("euc-jp")) == "日付,演題\n4/15,風紋のできかた\n"
    assert decoded("Größe, Café, “Où?”\n".encode("cp1252")) == "Größe, Café, “Où?”\n"
    assert decoded("題目：모래".encode("cp949"), "cp949") == "題目：모래"


@pytest.mark.parametrize("content", [b"a\0b", b"\x81\x8d\x8f"])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    assert decoded(content, "no-such-encoding") is None
