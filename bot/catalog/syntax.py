"""What the YAML parser complains of, told so that somebody who is no programmer can mend it."""

from typing import Final

from yaml import MarkedYAMLError
from yaml.reader import Reader, ReaderError

from bot.catalog.problems import Finding, shown

_QUOTES: Final = "\"'"


def syntax_fault(text: str, error: Exception) -> Finding:
    """The one fault at which the parser stopped."""
    if isinstance(error, ReaderError):
        return _control_character(text)
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return Finding((), "yaml.other", line=1)
    problem, context, mark = error.problem or "", error.context or "", error.problem_mark
    opening = error.context_mark.line + 1 if error.context_mark else mark.line + 1
    line, before, here = _around(text, mark.line, mark.column)
    name, at = _named(problem, context, before, here)
    if name in ("yaml.quote", "yaml.bracket", "yaml.no_colon"):
        line = opening
    return Finding((), name, {"character": shown(at)} if name == "yaml.character" else {}, line)


def _named(problem: str, context: str, before: str, here: str) -> tuple[str, str]:
    """The name of the phrase and the character it is about, from the words of either of PyYAML's parsers."""
    if here == "\t" or "tab character" in problem:
        return "yaml.tab", here
    if "quoted scalar" in context and "escape" not in problem.lower():
        return "yaml.quote", here
    if "escape" in problem.lower() and "tag" not in context:
        return "yaml.escape", here
    if "mapping values are not allowed" in problem:
        return ("yaml.colon" if ": " in before else "yaml.indent"), here
    if "flow" in context:
        return "yaml.bracket", here
    if "could not find expected ':'" in problem:
        return "yaml.no_colon", here
    if "block scalar" in context:
        return "yaml.block", here
    if "tag" in context:
        return "yaml.character", "!"
    if "anchor" in context or "alias" in context:
        return "yaml.character", "*" if "alias" in context or before.endswith("*") else "&"
    if "directive" in context:
        return "yaml.character", "%"
    if here.strip() and any(each in problem for each in ("token", "node content", "not allowed")):
        return "yaml.character", here
    if before.rstrip().endswith(tuple(_QUOTES)) and here.strip():
        return "yaml.after_quote", here
    return "yaml.indent", here


def _around(text: str, line: int, column: int) -> tuple[int, str, str]:
    """The line's number from 1, what stands in it before the column, and the character there."""
    written = text.removeprefix("\ufeff").splitlines()
    if line >= len(written):
        return max(1, len(written)), "", ""
    return line + 1, written[line][:column], written[line][column : column + 1]


def _control_character(text: str) -> Finding:
    found = Reader.NON_PRINTABLE.search(text)
    if not found:
        return Finding((), "yaml.other", line=1)
    return Finding((), "yaml.control", {"code": f"{ord(found[0]):04X}"}, text.count("\n", 0, found.start()) + 1)
