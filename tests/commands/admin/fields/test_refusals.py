"""What goes by mail to those registered is taken in by no field, and the reason is told without repeating it."""

import pytest

from bot.cards.view import View
from bot.commands.admin.fields import TYPED_FIELDS, FieldError, lecture_date
from bot.domain.lecture import Field
from tests.commands.admin.fields.typed import lecture, refused
from tests.examples import BEFORE_THREE, EXAMPLE

_LINK = "This contains a link into an online meeting. Such links go only by mail to those registered; please remove it."
_JOIN = (
    'This is a link into an online meeting. If everybody may have it, write "meeting_links: public" in "series"; '
    "otherwise please remove it: it goes only by mail to those registered."
)
_ID = "This contains the ID of an online meeting. It goes only by mail to those registered; please remove it."
_PASSCODE = "This contains a passcode or password. It goes only by mail to those registered; please remove it."

_SECRETS = [
    ("https://us02web.zoom.us/j/12345678901?pwd=abcDEF", _LINK),
    ("スライド https://teams.microsoft.com/l/meetup-join/19", _LINK),
    ("オンライン meet.google.com/abc-defg-hij", _LINK),
    ("ミーティングID：１２３ ４５６７ ８９０１", _ID),
    ("ID: 123 4567 8901 passcode 12ab34", _ID),
    ("パスコード：12ab34", _PASSCODE),
    ("pass\u200bcode: 12ab34", _PASSCODE),
    ("https://hana:secret12@files.example/", _PASSCODE),
]


@pytest.mark.parametrize("field", TYPED_FIELDS)
@pytest.mark.parametrize(("text", "reason"), _SECRETS)
def test_no_field_takes_in_a_meeting_link_number_or_passcode(field: Field, text: str, reason: str) -> None:
    assert refused(field, text) == (_JOIN if field is Field.JOIN and reason is _LINK else reason)


@pytest.mark.parametrize(("text", "reason"), _SECRETS)
def test_neither_does_a_date(text: str, reason: str) -> None:
    view = View(EXAMPLE, BEFORE_THREE, "en")
    with pytest.raises(FieldError) as raised:
        lecture_date(f"4/18 13:00 {text}", lecture(3), view)
    assert raised.value.sentence(view.say) == reason


def test_a_long_text_is_repeated_in_part() -> None:
    assert refused(Field.MODE, "あ" * 100).startswith(f"“{'あ' * 59}…” is no format.")
