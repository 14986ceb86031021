"""A talk in a line: when, what, by whom; what is written is read again."""

from datetime import time

import pytest

from bot.domain.people import NameAndAffiliation as Who
from bot.domain.talk_lines import TalkLine, talk_in, talk_line


@pytest.mark.parametrize(
    ("line", "talk"),
    [
        ("13:00 Waves – Ada Example", TalkLine("Waves", (Who("Ada Example"),), time(13))),
        (
            "13:00-13:45 「波」山田 花子（架空大学）",
            TalkLine("波", (Who("山田 花子", "架空大学"),), time(13), time(13, 45)),
        ),
        (
            "9:30〜10:15 山田 花子（架空大学）「波」",
            TalkLine("波", (Who("山田 花子", "架空大学"),), time(9, 30), time(10, 15)),
        ),
        ("Ada Example (Analytical): Waves", TalkLine("Waves", (Who("Ada Example", "Analytical"),))),
        ("“Waves – and wind” Ada Example", TalkLine("Waves – and wind", (Who("Ada Example"),))),
        ("Waves – Ada (X); Ben", TalkLine("Waves", (Who("Ada", "X"), Who("Ben")))),
        ("20:15 Lightning talks", TalkLine("Lightning talks", (), time(20, 15))),
        ("Well-known waves", TalkLine("Well-known waves")),
        ("「渦と「場」」", TalkLine("渦と「場」")),
        ("", TalkLine()),
    ],
)
def test_a_talk_is_read(line: str, talk: TalkLine) -> None:
    assert talk_in(line) == talk


@pytest.mark.parametrize(
    ("title", "by", "usual", "written"),
    [
        ("Waves", "Ada", "Waves – Ada", "Waves – Ada"),
        ("Waves – and wind", "", "Waves – and wind", "「Waves – and wind」"),
        ("Waves – and wind", "Ada", "Waves – and wind – Ada", "Waves – and wind – Ada"),
        ("13:00 in Rome", "Ada", "13:00 in Rome – Ada", "「13:00 in Rome」Ada"),
    ],
)
def test_a_talk_that_would_be_misread_has_its_title_in_brackets(title: str, by: str, usual: str, written: str) -> None:
    assert talk_line(title, by, usual=usual) == written
    assert talk_in(written) == TalkLine(title, (Who(by),) if by else ())
