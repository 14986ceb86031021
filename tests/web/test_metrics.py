"""Numbers in Prometheus' format, and what the announcer's journal counts."""

from bot.announcements.journal import LoggingJournal, MetricLabels
from bot.announcements.planner import Reason
from bot.announcements.post import AlertSubject, ChangeSubject, DigestSubject, FreeTextSubject, ReminderSubject
from bot.domain.message import Message
from bot.domain.reminder_times import News, Stage
from bot.domain.subscriptions import Address, AddressKind
from bot.web.metrics import Metric, Sample, exposition, single
from tests.examples import BEFORE_THREE

CHANNEL = Address("discord", AddressKind.CHANNEL, "1")
PERSON = Address("slack", AddressKind.USER, "U05")
MORNING = ReminderSubject(Stage.MORNING, (3,), BEFORE_THREE, BEFORE_THREE, BEFORE_THREE)
CHANGED = ChangeSubject((1, 2), (News.CANCELLED, News.CHANGED), (3,), BEFORE_THREE)
SAID = Message("Lecture 3 begins.")


def test_labels_are_quoted_and_unknown_numbers_left_out() -> None:
    metrics = [
        single("skew_seconds", "An unknown one.", None),
        single("age_seconds", "A fraction.", 1.23456),
        single("well", "A truth.", True),
        Metric("none", "Nothing.", []),
        Metric("posts_total", "Some.", [Sample(2, {"kind": 'a"b\\c\nd', "x": "講義"})], "counter"),
    ]
    assert exposition(metrics) == (
        "# HELP lecturebot_age_seconds A fraction.\n"
        "# TYPE lecturebot_age_seconds gauge\n"
        "lecturebot_age_seconds 1.235\n"
        "# HELP lecturebot_well A truth.\n"
        "# TYPE lecturebot_well gauge\n"
        "lecturebot_well 1\n"
        "# HELP lecturebot_posts_total Some.\n"
        "# TYPE lecturebot_posts_total counter\n"
        'lecturebot_posts_total{kind="a\\"b\\\\c\\nd",x="講義"} 2\n'
    )


def test_the_journal_counts_by_platform_kind_and_outcome_and_by_nothing_else() -> None:
    journal = LoggingJournal()
    journal.posted(CHANNEL, MORNING, SAID)
    journal.posted(CHANNEL, MORNING, SAID)
    journal.posted(PERSON, MORNING, SAID)
    journal.edited(CHANNEL, CHANGED, SAID)
    journal.skipped(CHANNEL, FreeTextSubject("id", "text", BEFORE_THREE), Reason.STALE)
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
