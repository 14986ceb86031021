"""Slips of a keyboard and of tools in the file's text: full-width signs, other encodings, conflicts, unquoted signs."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from yaml import MarkedYAMLError, YAMLError

from bot.domain.edits import FieldPath
from bot.domain.secret import secret_in
from bot.domain.text import is_japanese
from bot.schedule.problems import Finding, shown

_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_JIS: Final = b"\x1b$"
_ENCODINGS: Final = {"cp932": "Shift_JIS (CP932)", "euc_jp": "EUC-JP"}
"""What Japanese files are written in otherwise."""
_UNLIKELY: Final = re.compile(r"[\ufffd\uff61-\uff9f]")
"""Characters that hardly anybody types; a file that is read in another encoding than its own is full of them."""

_CONFLICT: Final = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)
_SEPARATORS: Final = "\u2028\u2029\u0085"
_KEY: Final = r"(?P<indent>[ ]*+(?:- )?)(?P<key>[A-Za-z_]++)"
_VALUE: Final = rf"{_KEY}[ ]?:[ ]++"
_PLAIN_QUOTES: Final = str.maketrans(dict.fromkeys("“”„＂", '"') | dict.fromkeys("‘’＇", "'"))
_PLAIN_SPACES: Final = str.maketrans("\u3000\u00a0", "  ")
_PLAIN_SIGNS: Final = str.maketrans("｛｝［］，、：", "{}[],,:")

_ODD_SPACE: Final = r"[\u3000\u00a0]"
_INDENT: Final = re.compile(rf"[ ]*+(?:-[ ]?)?{_ODD_SPACE}[\u3000\u00a0 ]*+")
_AFTER_COLON: Final = re.compile(rf"(?<=[A-Za-z_]:){_ODD_SPACE}++")
_WIDE_COLON: Final = re.compile(rf"{_KEY}[ \u3000]?：[ \u3000]*+(?P<rest>.*)")
_WIDE_DASH: Final = re.compile(r"(?P<indent>[ ]*+)[－ー―–—−][ \u3000]*+(?P<rest>\S.*)")
_CLOSE_SIGN: Final = re.compile(r"[,:](?=[^ /])")
_FLOW: Final = re.compile(rf"{_VALUE}(?P<rest>[{{\[｛［].*)")
_BRACKETED: Final = re.compile(rf"{_VALUE}(?P<rest>\[[^\[\],]++\].*|\{{[^{{}},:]++\}}[ ]*+\S.*)")
_WIDE_QUOTED: Final = re.compile(rf"{_VALUE}(?:\{{[ ]*+[A-Za-z]++:[ ]++)?[“”„＂‘’＇]")
_HASH: Final = re.compile(rf"^{_VALUE}(?P<rest>(?:[^\s\"'#|>&*!\[{{][^#\n]*+(?<=\s))?#\d[^\n]*+)$", re.MULTILINE)


def encoding_fault(content: bytes) -> Finding | None:
    """In which encoding the file is instead of UTF-8, if that can be told."""
    if content.startswith(_UTF16) or content.count(b"\0") * 4 > len(content):
        return Finding((), "file.encoded", {"encoding": "UTF-16"}, 1)
    if (escape := content.find(_JIS)) >= 0:
        return Finding((), "file.encoded", {"encoding": "ISO-2022-JP"}, content.count(b"\n", 0, escape) + 1)
    decoded = {encoding: content.decode(encoding, "replace") for encoding in _ENCODINGS}
    likely = min(decoded, key=lambda encoding: len(_UNLIKELY.findall(decoded[encoding])))
    if "\ufffd" in decoded[likely] or not is_japanese(decoded[likely]):
        return None
    return Finding((), "file.encoded", {"encoding": _ENCODINGS[likely]})


def cut_short(text: str, stopped: YAMLError | ValueError) -> Finding | None:
    """That the file ends in the middle, if the parser `stopped` at its end, which is in a line."""
    mark = stopped.problem_mark if isinstance(stopped, MarkedYAMLError) else None
    number, last = text.count("\n"), text[text.rfind("\n") + 1 :]
    if mark is None or not last or (mark.line, mark.column) < (number, len(last)):
        return None
    return Finding((), "file.cut", line=number + 1)


def conflict(text: str) -> Finding | None:
    """The first mark of a merge that nobody has finished."""
    found = _CONFLICT.search(text)
    return Finding((), "file.conflict", line=text.count("\n", 0, found.start()) + 1) if found else None


def slip(text: str, line: int) -> Finding | None:
    """What is wrong with a line that can't be read, or with the one before it, if it is a slip that is known."""
    lines = text.split("\n")
    for number in (line, line - 1):
        written = lines[number - 1] if 0 < number <= len(lines) else ""
        for name, right in _slips(written):
            if secret_in(written) is None and (number == line or name in _ALWAYS):
                return Finding((), f"yaml.{name}", {"example": shown(right.strip())}, number)
    separated = next((number for number, each in enumerate(lines[:line], 1) if {*_SEPARATORS} & {*each}), None)
    return Finding((), "yaml.line_separator", line=separated) if separated else None


_ALWAYS: Final = ("wide_space", "no_break_space", "wide_colon", "wide_dash")
"""Slips that nothing else can be, whatever is wrong with the line otherwise."""


_CAUSES: Final = {"brackets": "text.type", "wide_quote": "text.no_tag"}
"""What some slips are taken for."""


def explained(finding: Finding, line: str) -> Finding:
    """The finding about that line of the file or, if it is due to a slip in it, the slip."""
    for name, right in _slips(line):
        if (name in _ALWAYS or finding.name == _CAUSES.get(name)) and secret_in(line) is None:
            return replace(finding, name=f"yaml.{name}", values={"example": shown(right.strip())})
    return finding


def _slips(line: str) -> Iterator[tuple[str, str]]:
    """The names of slips, with the line as it would be right."""
    if found := _INDENT.match(line) or _AFTER_COLON.search(line):
        spaced = found[0].translate(_PLAIN_SPACES)
        name = "wide_space" if "\u3000" in found[0] else "no_break_space"
        yield name, line[: found.start()] + spaced + line[found.end() :]
    if found := _WIDE_COLON.match(line):
        yield "wide_colon", f"{found['indent']}{found['key']}: {found['rest']}"
    if found := _WIDE_DASH.match(line):
        yield "wide_dash", f"{found['indent']}- {found['rest']}"
    plain = line.translate(_PLAIN_QUOTES)
    if plain != line and (_WIDE_QUOTED.match(line) or (plain.count('"') != line.count('"') and line.count('"') % 2)):
        yield "wide_quote", plain
    if (found := _FLOW.match(line)) and (right := found["rest"].translate(_PLAIN_SIGNS)) != found["rest"]:
        spaced = _CLOSE_SIGN.sub(r"\g<0> ", right)
        yield "wide_sign", f"{found['indent']}{found['key']}: {spaced}"
    if found := _BRACKETED.match(line):
        yield "brackets", _quoted(found)


def may_cut_off(text: str) -> bool:
    """Whether any value may be cut off by a #."""
    return "#" in text and _HASH.search(text) is not None


def cut_off(text: str, places: Mapping[FieldPath, int]) -> Iterator[Finding]:
    """Values that a # cuts off although it belongs to them, as in `Room #201`; `places` are the lines of all fields."""
    for found in _HASH.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        path = next((path for path, at in places.items() if at == line and path and path[-1] == found["key"]), None)
        if path is not None and secret_in(found[0]) is None:
            yield Finding(path, "yaml.hash", {"example": shown(_quoted(found).strip())}, line)


def _quoted(found: re.Match[str]) -> str:
    value = found["rest"].rstrip().replace('"', '\\"')
    return f'{found["indent"]}{found["key"]}: "{value}"'
