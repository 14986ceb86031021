"""Lectures that don't take place as planned: that they are postponed or cancelled, and why."""

from typing import Final

from bot.announcements.texts.naming import joined, named
from bot.cards.view import View
from bot.domain.lecture import Lecture, Status


def called_off(lecture: Lecture, view: View, when: str = "") -> str:
    """That a lecture is postponed or cancelled, `when` it was to begin, and why, as far as that is known."""
    name = f"news.{lecture.status}{'' if when else '_undated'}"
    sentence = view.say(name, subject=named(lecture, view), when=when, reason=_reason(lecture, view))
    following = view.say("news.postponed_next") if lecture.status is Status.POSTPONED else ""
    return joined([sentence, following], view)


def _reason(lecture: Lecture, view: View) -> str:
    """Why, such as 講師の都合により, as it is put into the sentence; what is no such phrase becomes one."""
    if not lecture.reason:
        return ""
    text = " ".join(lecture.reason.into(view.language).split()).rstrip("。.")
    fits = text.endswith(_JAPANESE) if view.language == "ja" else text.lower().startswith(_ENGLISH)
    return view.say("news.reason" if fits else "news.reason_in_words", reason=text)


_JAPANESE: Final = ("より", "ため", "ため、", "ので", "から", "につき", "による")
_ENGLISH: Final = ("as ", "because ", "due to ", "owing to ", "since ", "for ", "on account of ")
"""How a reason begins or ends that fits into the sentence as it is."""
