"""The text of an announcement, in the languages of the series, as it is typed or filled in; and the form for it."""

from typing import Final

from bot.announcements.operations import Announcement
from bot.commands.admin.fields import cleaned, wording
from bot.commands.context import ActionContext, AdminServices, Reply
from bot.commands.registry import MAX_ANNOUNCEMENT
from bot.domain.language import Localized
from bot.domain.message import Form, FormField
from bot.domain.secret import secret_in
from bot.i18n.excerpts import units
from bot.i18n.languages import language_name

ANNOUNCE: Final = "admin announce"
CORRECT: Final = "correct"


def announcement_text(typed: str, context: ActionContext) -> Localized:
    """The text in the languages in which it was typed or filled in. Raises FieldError."""
    tags = context.query.series.languages
    filled = {tag: cleaned(context.values.get(tag, "")) for tag in tags}
    if any(filled.values()):
        return Localized.of({tag: each for tag, each in filled.items() if each})
    said = wording(cleaned(typed), tags, running="\n" in typed)
    return Localized.same(said) if isinstance(said, str) else Localized.of(said)


def problem_of(text: str, context: ActionContext) -> str | None:
    """What is wrong with a text to be posted, if anything."""
    say = context.query.say
    if units(text) > MAX_ANNOUNCEMENT:
        return say("speaking.too_long", most=MAX_ANNOUNCEMENT, length=units(text))
    secret = secret_in(text)
    return say(f"problem.secret.{secret}") if secret else None


def announcement_form(context: ActionContext, admin: AdminServices, posted: Announcement | None) -> Reply:
    """The form, with a field for each language of the series, filled with what was typed or is posted."""
    say, query = context.query.say, context.query
    token = query.invocation.settings.get("draft", "")
    kept = admin.drafts.filled_in(token, context.user.person, context.at)
    had = dict(posted.subject.text.texts) if posted and posted.subject.text else {}
    tags = query.series.languages
    values = kept.values if kept else {tags[0]: had.get("", ""), **had}
    settings = {name: value for name, value in query.invocation.settings.items() if name != "draft"}
    line = " ".join([ANNOUNCE, *(f"{name}={value}" for name, value in settings.items())])
    command = f"{ANNOUNCE} {CORRECT}" if posted else ANNOUNCE
    fields = tuple(
        FormField(
            tag,
            say("speaking.field", language=language_name(tag, query.language)),
            values.get(tag, ""),
            multiline=True,
            hint=say("speaking.hint"),
            line=f"{command} {tag}:",
        )
        for tag in tags
    )
    title = say("speaking.form_correct" if posted else "speaking.form")
    return Reply(title, note=say("speaking.example"), form=Form(title, fields, line))
