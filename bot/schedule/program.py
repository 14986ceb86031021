"""When the talks of a session are: told by times of its day, and within its own."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.edits import FieldPath
from bot.schedule.moments import Clock, Moment
from bot.schedule.problems import Finding, RefusedValueError, Value
from bot.schedule.schema.talks import TalkEntry
from bot.schedule.times import fault_of_day, local, on_day, settled

Times = tuple[datetime | None, datetime | None]
"""A start and an end, as far as they are known."""


def talk_times(entry: TalkEntry, begins: Moment | None, session: Times, zone: ZoneInfo) -> Times:
    """Start and end of a talk; `begins` is the start of its session as the file has it, `session` what it comes to.

    Raises RefusedValueError, with paths from the talk on.
    """
    if entry.starts is None:
        if entry.ends:
            raise _refusal(("ends",), "ends.no_start")
        return None, None
    if begins is None:
        raise _refusal(("starts",), "talk.no_day", understood=entry.starts.written)
    at = _on_its_day(entry.starts, begins, zone)
    starts = _instant(at, ("starts",), zone)
    written = entry.ends or at.until
    if written is None:
        return _within(starts, None, session, entry.starts.written)
    if isinstance(written, Moment) and written.at is None:
        raise _refusal(("ends",), "ends.no_time", understood=written.written)
    ends = _instant(on_day(written, at) if isinstance(written, Clock) else written, ("ends",), zone)
    if ends <= starts:
        raise _refusal(("ends",), "ends.too_early", understood=written.written, starts=entry.starts.written)
    return _within(starts, ends, session, entry.starts.written)


def _on_its_day(written: Moment | Clock, begins: Moment, zone: ZoneInfo) -> Moment:
    """The start with its date: that of the session or, where it goes on after midnight, the next."""
    if isinstance(written, Moment):
        fault = fault_of_day(written, [begins.day])
        if fault:
            raise RefusedValueError(*(each.within(("starts",)) for each in fault.findings))
        return settled(written, zone)
    since = written.since_midnight
    at = begins.at or time()
    goes_on = begins.until is not None and begins.until.since_midnight > timedelta(days=1)
    if goes_on and since < timedelta(hours=at.hour, minutes=at.minute):
        since += timedelta(days=1)
    moment = datetime.combine(begins.day, time()) + since
    until = Clock(written.until, written.text) if written.until is not None else None
    return Moment(moment.date(), moment.time(), None, None, written.text, until)


def _instant(written: Moment, path: FieldPath, zone: ZoneInfo) -> datetime:
    try:
        return local(written, zone)
    except RefusedValueError as fault:
        raise RefusedValueError(*(each.within(path) for each in fault.findings)) from None


def _within(starts: datetime, ends: datetime | None, session: Times, written: str) -> Times:
    begins, finishes = session
    too_early = begins is not None and starts < begins
    too_late = finishes is not None and (starts >= finishes or (ends or starts) > finishes)
    if too_early or too_late:
        told = "–".join(f"{each:%H:%M}" for each in session if each)
        raise _refusal(("starts",), "talk.outside", understood=written, session=told)
    return starts, ends


def _refusal(path: FieldPath, name: str, **values: Value) -> RefusedValueError:
    return RefusedValueError(Finding(path, name, values))
