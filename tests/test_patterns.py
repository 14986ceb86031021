"""Every pattern takes time linear to the length of the text: it holds the whole bot while it is at work."""

import re
from time import thread_time
from typing import Final

import pytest

from bot.commands.admin.fields.form_sharing import NUMBER, sharing_pattern
from bot.commands.admin.fields.several import label_pattern
from bot.domain.meeting_services import FORMS
from tests.patterns import Use, crafted, unknown, uses

_SHORT: Final = 2_000
_FACTOR: Final = 8
_TOO_SLOW: Final = 2.5 * _FACTOR
"""Above this the time grows faster than the text; with the square of its length it would be 64 times as long."""

_NEGLIGIBLE: Final = 0.02
"""Seconds for the long text that need no comparison."""

USES: Final = [
    *uses(),
    *(Use(f"FORMS: {hosts}", re.compile(form), "match") for hosts, form in FORMS.items()),
    Use("sharing_pattern", sharing_pattern(NUMBER), "search"),
    Use("label_pattern", label_pattern(), "search"),
]


@pytest.mark.parametrize("use", USES, ids=str)
def test_a_pattern_is_as_fast_on_what_is_made_to_slow_it(use: Use) -> None:
    for text in crafted(use.pattern):
        seconds(use, text(100))  # what grows exponentially ends nowhere else
        if seconds(use, text(_FACTOR * _SHORT)) > _NEGLIGIBLE:
            short = min(seconds(use, text(_SHORT)) for _ in range(5))
            long = min(seconds(use, text(_FACTOR * _SHORT)) for _ in range(3))
            assert long < _NEGLIGIBLE or long < _TOO_SLOW * short, repr(text(20))


def seconds(use: Use, text: str) -> float:
    """Of computing, whatever else the machine does."""
    start = thread_time()
    use.run(text)
    return thread_time() - start


def test_the_search_finds_the_patterns() -> None:
    assert len(USES) > 400
    slow = Use("here", re.compile(r"\s*x"), "search")
    assert any(seconds(slow, text(16_000)) > 10 * seconds(slow, text(2_000)) for text in crafted(slow.pattern))


def test_what_is_made_of_more_than_constants_is_known() -> None:
    """These are tried elsewhere, or are made of names that no stranger chooses."""
    assert {each.partition(":")[0] for each in unknown()} == {
        "bot.commands.admin.fields.form_sharing",
        "bot.commands.admin.fields.several",
        "bot.commands.admin.fields.wording",
        "bot.domain.date_tokens",
        "bot.domain.patterns",
        "bot.platforms.slack.app",
        "bot.platforms.slack.command_text",
        "bot.sources.fields.labels",
    }
