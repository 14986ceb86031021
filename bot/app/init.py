"""`lecturebot init`: a new `lectures.yaml` with what a series needs at least, asked for or given as options."""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import click

from bot.app import plan
from bot.domain.subscriptions import IMAGINARY, Follower
from bot.i18n import Phrases, phrases
from bot.options import ConfigurationError, Options
from bot.schedule.editing.yaml_text import one_line
from bot.schedule.problems import InvalidScheduleError
from bot.schedule.reader import read, sentence

_SHOWN: Final = 5
"""Posts to come that are shown in the end."""

_EACH: Final = "each"
"""What says that one registers for each lecture."""

_NONE: Final = "none"


@dataclass(frozen=True, slots=True)
class Question:
    """Something that the file says. `key` is the option and the name of the phrase; `path` where it stands in the file:
    in the section `series`, or in the first lecture."""

    key: str
    path: str
    needed: bool = False


QUESTIONS: Final = (
    Question("name", "series", needed=True),
    Question("timezone", "series", needed=True),
    Question("language", "series"),
    Question("called", "series"),
    Question("registration", "series"),
    Question("starts", "lecture"),
    Question("speaker", "lecture"),
    Question("title", "lecture"),
    Question("venue", "lecture"),
)


class NotMadeError(Exception):
    """No file was made. Carries the name of the phrase that says why, and what fills its placeholders."""

    def __init__(self, phrase: str, **values: str) -> None:
        super().__init__(phrase, values)
        self.phrase: Final = phrase
        self.values: Final = values


def target(options: Options) -> Path:
    """Where the file will be. Raises NotMadeError if there is one."""
    file = options.new_file
    if file.exists():
        raise NotMadeError("init.exists", file=str(file))
    return file


def answers(options: Options, given: Mapping[str, str | None], *, has_source: bool) -> dict[str, str]:
    """What is to be in the file, by question: the options, and in a terminal what is typed for the others.

    Raises ConfigurationError if something is needed that nobody can be asked for.
    """
    known = {key: value for key, value in given.items() if value}
    questions = [each for each in QUESTIONS if not (has_source and each.path == "lecture")]
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        missing = [f"--{each.key}" for each in questions if each.needed and each.key not in known]
        if missing:
            raise ConfigurationError("init.missing", options=" ".join(missing))
        return known
    for each in questions:
        if each.key not in known and (each.path == "series" or each.key == "starts" or "starts" in known):
            known |= _asked(each, known, phrases(options.language))
    return known


def _asked(question: Question, known: Mapping[str, str], say: Phrases) -> dict[str, str]:
    """The answer typed, until it is one that the file can say; nothing if there is none."""
    while True:
        usual = _usual(question.key)
        typed: str = click.prompt(
            say(f"init.ask.{question.key}"), default=usual, show_default=bool(usual), err=True
        ).strip()
        if not typed:
            if not question.needed:
                return {}
            continue
        answer = {question.key: typed}
        fault = _fault({"name": "x", "timezone": "UTC", **known, **answer}, say)
        if fault is None:
            return answer
        click.echo(fault, err=True)


def _usual(key: str) -> str:
    """What is proposed."""
    if key == "registration":
        return _NONE
    return _zone_here() if key == "timezone" else ""


def _zone_here() -> str:
    """The zone of this machine by its name, as far as it has one."""
    named = os.environ.get("TZ", "").removeprefix(":")
    link = os.path.realpath("/etc/localtime")
    zone = named or (link.partition("zoneinfo/")[2] if "zoneinfo/" in link else "")
    return zone if "/" in zone else ""


def _fault(known: Mapping[str, str], say: Phrases) -> str | None:
    """What is wrong with the answers so far."""
    try:
        read(file_text(known).encode(), "lectures.yaml")
    except InvalidScheduleError as invalid:
        return sentence(invalid.problems[0], say.language)
    return None


def file_text(known: Mapping[str, str]) -> str:
    """The file that says this: what is not said is left out, or shown as a comment to be filled in."""
    series = [f"  {key}: {_value(key, known[key])}" for key in _keys("series") if key in known]
    lecture = [f"{key}: {_value(key, known[key])}" for key in _keys("lecture") if key in known]
    lines = ["series:", *series]
    if lecture:
        first, *others = ["number: 1", *lecture]
        lines += ["lectures:", f"  - {first}", *(f"    {each}" for each in others)]
    else:
        lines.append("lectures: []")
    return "\n".join(lines) + "\n"


def _keys(path: str) -> list[str]:
    return [each.key for each in QUESTIONS if each.path == path]


def _value(key: str, answer: str) -> str:
    """As the file has it."""
    if key == "registration" and answer in (_NONE, _EACH):
        return answer if answer == _NONE else "{closes: start}"
    return one_line(answer, in_brackets=False, typed=key == "starts")


def made(options: Options, known: Mapping[str, str], source: str | None) -> None:
    """Makes the file, with the lectures of the source if there is one, and shows the next posts.

    Raises NotMadeError, InvalidScheduleError, and what an import raises.
    """
    file, say = target(options), phrases(options.language)
    text = file_text(known).encode()
    read(text, str(file))
    for line in _written(file, text, lambda draft: _taken_in(options, draft, source)):
        click.echo(line)
    click.echo(say("init.made", file=str(file)))
    _show_posts(replace(options, lectures=file), say)
    click.echo(say("init.next" if options.lectures is None else "init.next_named", file=str(file)))


def _taken_in(options: Options, draft: Path, source: str | None) -> list[str]:
    """What the import of the source into that file says, without its last line, which tells where it is."""
    if source is None:
        return []
    from bot.app.import_ import imported

    nowhere = draft.parent / "none.sqlite3"
    return imported(replace(options, lectures=draft), source, nowhere, takes_over=True, quietly=False)[:-1]


def _written(file: Path, text: bytes, take_in: Callable[[Path], list[str]]) -> list[str]:
    """Puts the text there, whole or not at all, after something else was taken into it."""
    with TemporaryDirectory() as folder:
        draft = Path(folder) / file.name
        draft.write_bytes(text)
        lines = take_in(draft)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("xb") as new:
                new.write(draft.read_bytes())
        except FileExistsError:
            raise NotMadeError("init.exists", file=str(file)) from None
        except OSError as error:
            raise NotMadeError(
                "init.unwritable", file=str(file), reason=error.strerror or type(error).__name__
            ) from None
    return lines


def _show_posts(options: Options, say: Phrases) -> None:
    series = read(options.file.read_bytes(), str(options.file)).series
    now = options.present(series.timezone)
    channel = Follower(IMAGINARY, now, language=options.chosen or series.language)
    posts = plan.previewed(options, None, None, [channel])[:_SHOWN]
    if posts:
        click.echo(say("init.posts"))
        click.echo()
        plan.show(posts, options.language)
        click.echo()
    else:
        click.echo(say("init.no_posts"))
