"""Numbers in Prometheus' format, and what the announcer's journal counts."""

import re
import sys

import aiohttp
import pytest
from prometheus_client import Metric
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily

from bot.announcements.journal import LoggingJournal, MetricLabels
from bot.announcements.post import AlertSubject, ChangeSubject, DigestSubject, FreeTextSubject, ReminderSubject
from bot.announcements.selection import Reason
from bot.domain.language import Localized
from bot.domain.message import Message
from bot.domain.reminder_times import News, Stage
from bot.domain.reminders import DueStage
from bot.domain.subscriptions import Address, AddressKind
from bot.web.metrics import Metrics, labelled
from bot.web.server import Address as ServerAddress
from bot.web.server import http_server
from tests.examples import BEFORE_THREE

CHANNEL = Address("discord", AddressKind.CHANNEL, "1")
PERSON = Address("slack", AddressKind.USER, "U05")
MORNING = ReminderSubject((DueStage(Stage.MORNING, "3", BEFORE_THREE, BEFORE_THREE, BEFORE_THREE),))
CHANGED = ChangeSubject((1, 2), (News.CANCELLED, News.CHANGED), ("3",), BEFORE_THREE)
SAID = Message("Lecture 3 begins.")


async def text(*metrics: Metric) -> str:
    """What Prometheus is told of these."""
    async with (
        http_server(ServerAddress("127.0.0.1", 0), {"/metrics": Metrics(lambda: metrics).page}, []) as port,
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/metrics") as answer,
    ):
        return await answer.text()


async def test_labels_are_quoted_and_unknown_numbers_left_out() -> None:
    told = await text(
        GaugeMetricFamily("skew_seconds", "An unknown one.", None),
        GaugeMetricFamily("age_seconds", "A fraction.", 1.25),
        labelled(GaugeMetricFamily("none", "Nothing.", labels=["kind"]), []),
        labelled(CounterMetricFamily("posts", "Some.", labels=["kind", "x"]), [(('a"b\\c\nd', "講義"), 2)]),
    )
    assert told.partition("# HELP process_")[0] == (
        "# HELP age_seconds A fraction.\n"
        "# TYPE age_seconds gauge\n"
        "age_seconds 1.25\n"
        "# HELP posts_total Some.\n"
        "# TYPE posts_total counter\n"
        'posts_total{kind="a\\"b\\\\c\\nd",x="講義"} 2.0\n'
    )


@pytest.mark.skipif(sys.platform != "linux", reason="read from /proc")
async def test_the_process_tells_of_itself() -> None:
    names = set(re.findall(r"^(process_\w+) [0-9.e+]+$", await text(), re.MULTILINE))
    assert {"process_cpu_seconds_total", "process_open_fds", "process_resident_memory_bytes"} <= names


def test_the_journal_counts_by_platform_kind_and_outcome_and_by_nothing_else() -> None:
    journal = LoggingJournal()
    journal.posted(CHANNEL, MORNING, SAID)
    journal.posted(CHANNEL, MORNING, SAID)
    journal.posted(PERSON, MORNING, SAID)
    journal.edited(CHANNEL, CHANGED, SAID)
    journal.skipped(CHANNEL, FreeTextSubject("id", Localized.same("text"), BEFORE_THREE), Reason.STALE)
    journal.troubled(PERSON, DigestSubject("2030-W15", BEFORE_THREE, BEFORE_THREE), "send", "timeout")
    journal.troubled(PERSON, AlertSubject("key", "phrase", {}, BEFORE_THREE), "send", "timeout")
    journal.troubled(PERSON, None, "audience", "timeout")
    journal.failed("lane", ValueError("a defect"))
    assert journal.counts == {
        MetricLabels("discord", "morning", "sent"): 2,
        MetricLabels("slack", "morning", "sent"): 1,
        MetricLabels("discord", "cancelled", "edited"): 1,
        MetricLabels("discord", "announcement", "skipped"): 1,
        MetricLabels("slack", "digest", "troubled"): 1,
        MetricLabels("slack", "notice", "troubled"): 1,
        MetricLabels("slack", "unknown", "troubled"): 1,
    }
    assert journal.defects == 1
