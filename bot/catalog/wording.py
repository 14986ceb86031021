"""Problems of a schedule file as the lines that people read, `file:line: field: problem`."""

from datetime import date, datetime

from babel.dates import format_date

from bot.catalog.problems import Problem, Term, Value
from bot.domain.language import Language
from bot.phrases import phrases


def written(problem: Problem, language: Language) -> str:
    """The problem in one line."""
    return f"{problem.file}:{problem.line}: {problem.field}: {sentence(problem, language)}"


def sentence(problem: Problem, language: Language) -> str:
    """What is wrong, without saying where."""
    values = {name: _word(value, language) for name, value in problem.values.items()}
    return phrases(language)(f"problem.{problem.name}", **values)


def _word(value: Value, language: Language) -> str | int:
    if isinstance(value, Term):
        return phrases(language)(f"problem.term.{value.name}")
    if isinstance(value, date):
        day = f"{value:%Y-%m-%d}({format_date(value, 'EEE', locale=language)})"
        return f"{day}T{value:%H:%M}" if isinstance(value, datetime) else day
    return value
