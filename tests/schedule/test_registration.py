"""How one registers, and how one joins, as the file says it."""

from datetime import time

import pytest

from bot.domain.lecture import Registration
from bot.domain.registration import NOBODY, Closing, ClosingRule, RegistrationPolicy
from tests.examples import at
from tests.schedule.files import HEAD, lecture, series, told, told_of_lecture

_FORM = "https://forms.example/viewform"
_ZOOM = "https://us02web.zoom.us/j/12345678901?pwd=abcDEF"
_REFUSED = (
    'This is a link into an online meeting. If everybody may have it, write "meeting_links: public" in "series"; '
    "otherwise please remove it: it goes only by mail to those registered."
)


def _of_series(lines: str) -> str:
    return HEAD.replace("lectures:\n", f"{lines}lectures: []\n")


@pytest.mark.parametrize(
    ("written", "policy"),
    [
        ("", NOBODY),
        ("  registration:\n", NOBODY),
        ("  registration: none\n", NOBODY),
        ("  registration: {}\n", RegistrationPolicy(needed=True)),
        ("  registration: {closes: start}\n", RegistrationPolicy(needed=True)),
        ("  registration: {closes: none}\n", RegistrationPolicy(needed=True, closes=Closing.NONE)),
        (
            '  registration: {closes: {days_before: 2, at: "18:30"}}\n',
            RegistrationPolicy(needed=True, closes=ClosingRule(2, time(18, 30))),
        ),
        (
            "  registration: {closes: {days_before: 1}}\n",
            RegistrationPolicy(needed=True, closes=ClosingRule(1, time(23, 59))),
        ),
        (f"  registration: {{url: {_FORM}}}\n", RegistrationPolicy(needed=True, url=_FORM)),
        (f"  registration: {_FORM}\n", RegistrationPolicy(needed=True, url=_FORM)),
        ("  registration: me@forms.example\n", RegistrationPolicy(needed=True, url="mailto:me@forms.example")),
    ],
)
def test_a_series_says_how_one_registers(written: str, policy: RegistrationPolicy) -> None:
    assert series(_of_series(written)).registration == policy


@pytest.mark.parametrize(
    ("written", "entry"),
    [
        ("registration: none", Registration(waived=True)),
        (f"registration: {_FORM}", Registration(_FORM)),
        ("registration: mailto:me@forms.example?subject=Talk", Registration("mailto:me@forms.example?subject=Talk")),
        ("registration: {closes: none}", Registration(closes=Closing.NONE)),
        ("registration: {closes: start}", Registration(closes=Closing.START)),
        ("registration: {opens: 2024-06-01}", Registration(opens=at("2024-06-01T00:00"))),
    ],
)
def test_a_lecture_says_it_for_itself(written: str, entry: Registration) -> None:
    assert lecture(f"{written}\nstarts: 2024-07-22T13:00").registration == entry


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("  registration: closed\n", 'registration: "closed" is neither "none" nor the address of a form.'),
        ("  registration: {closes: noon}\n", "registration.closes: "),
        ('  registration: {closes: {at: "12:00"}}\n', "registration.closes.days_before: This key is required."),
        ("  registration: {closes: {days_before: x}}\n", "registration.closes.days_before: "),
        ("  join: zoom\n", "join: "),
        ("  meeting_links: everywhere\n", 'meeting_links: "everywhere" is not possible here. '),
    ],
)
def test_what_is_wrong_is_told_where_it_is(written: str, said: str) -> None:
    lines = told(_of_series(written))
    assert len(lines) == 1
    assert lines[0].startswith(f"l.yaml:4: series.{said}")


def test_a_form_opens_before_registration_closes() -> None:
    fields = "starts: 2024-07-22T13:00\nregistration: {opens: 2024-07-21T12:00, closes: 2024-07-21T12:00}"
    assert told_of_lecture(fields) == [
        '7: registration.opens: The opening "2024-07-21T12:00" is not before registration closes, "2024-07-21T12:00".'
    ]


def test_the_address_of_a_meeting_is_refused_with_the_way_to_allow_it() -> None:
    assert told(_of_series(f"  join: {_ZOOM}\n")) == [f"l.yaml:4: series.join: {_REFUSED}"]
    assert told_of_lecture(f"join: {_ZOOM}") == [f"6: join: {_REFUSED}"]
    assert lecture("join: https://www.youtube.com/watch?v=abc123").join == "https://www.youtube.com/watch?v=abc123"


def test_where_meeting_links_are_public_they_stand_in_join_and_nowhere_else() -> None:
    public = HEAD.replace("lectures:\n", f"  meeting_links: public\n  join: {_ZOOM}\nlectures:\n")
    assert series(f"{public}  - {{number: 1, join: '{_ZOOM}'}}\n").join == _ZOOM
    for elsewhere in (f"notes: '{_ZOOM}'", f"registration: '{_ZOOM}'", f"materials: [{{label: a, url: '{_ZOOM}'}}]"):
        (line,) = told(f"{public}  - number: 1\n    {elsewhere}\n")
        assert "Such links go only by mail" in line
    assert told(f"{public}  # {_ZOOM}x\n  - number: 1\n") != []
