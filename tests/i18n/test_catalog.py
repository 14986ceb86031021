"""The sentences: complete and consistent in both languages, each of them used, and none missing."""

import ast
import re
import string
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from bot.commands.registry import COMMANDS
from bot.domain.language import LANGUAGES, Language
from bot.domain.lecture import Field
from bot.i18n.catalog import PACKAGES
from bot.i18n.po import read_po as read_sentences
from tests.processes import ROOT

NAME = re.compile(r"[a-z]+(?:\.[a-z0-9_]+)+")
WORD = re.compile(r"[a-z0-9_]+")
FILE_NAME = re.compile(r".+\.(?:ics|yaml)")
QUOTED = re.compile(r"「[^」]*」")
NOUNS = {"numbered", "item", "items", "an_item"}
PLURAL_FORMS = {"ja": "nplurals=1; plural=0;", "en": "nplurals=2; plural=(n != 1);"}


def read(path: Path) -> list[Message]:
    """The messages of one file."""
    with path.open("rb") as source:
        return [message for message in read_po(source, abort_invalid=True) if message.id]


def name_of(message: Message) -> str:
    """The name under which a message is asked for."""
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> tuple[str, ...]:
    """The wordings of a message: one, or one for each plural form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def placeholders(text: str) -> set[str]:
    """The names of what is filled in, whether or not with a capital letter, but for the series' nouns."""
    fields = [field for _, field, _, _ in string.Formatter().parse(text) if field is not None]
    return {f"{field[:1].lower()}{field[1:]}" for field in fields} - NOUNS


@cache
def catalog(language: Language) -> dict[str, Message]:
    """Every message of one language by its name."""
    paths = sorted((ROOT / "bot/i18n").glob(f"*.{language}.po"))
    return {name_of(message): message for path in paths for message in read(path)}


FILES = sorted((ROOT / "bot/i18n").glob("*.po"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_has_a_header_and_no_name_twice(path: Path) -> None:
    language = path.suffixes[0].removeprefix(".")
    text = path.read_text(encoding="utf-8")
    for line in (
        "Content-Type: text/plain; charset=UTF-8",
        f"Language: {language}",
        f"Plural-Forms: {PLURAL_FORMS[language]}",
    ):
        assert f'"{line}\\n"' in text
    names = re.findall(r'^msgid "(.+)"$', text, re.MULTILINE)
    assert [name for name, times in Counter(names).items() if times > 1] == []
    assert [name for name in names if not NAME.fullmatch(name)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_bot_reads_a_file_as_babel_does(path: Path) -> None:
    sentences = read_sentences(path.read_text(encoding="utf-8"))
    del sentences[""]
    assert sentences == {name_of(message): forms(message) for message in read(path)}


def test_each_package_has_its_pair_of_files() -> None:
    assert [path.name for path in FILES] == sorted(
        f"{each}.{language}.po" for each in PACKAGES for language in LANGUAGES
    )


def test_no_name_is_in_two_files() -> None:
    for language in LANGUAGES:
        names = [name_of(message) for path in FILES if path.name.endswith(f".{language}.po") for message in read(path)]
        assert [name for name, times in Counter(names).items() if times > 1] == []


def test_both_languages_have_the_same_sentences() -> None:
    assert catalog("ja").keys() ^ catalog("en").keys() == set()


@pytest.mark.parametrize("name", catalog("en"))
def test_a_sentence_says_the_same_in_both_languages(name: str) -> None:
    japanese, english = catalog("ja")[name], catalog("en")[name]
    assert japanese.pluralizable == english.pluralizable
    assert (len(forms(japanese)), len(forms(english))) == ((1, 2) if english.pluralizable else (1, 1))
    wanted = [placeholders(text) - {"count"} for text in (*forms(japanese), *forms(english))]
    assert all(each == wanted[0] for each in wanted)
    assert all(text.strip() for text in (*forms(japanese), *forms(english)))


@pytest.mark.parametrize("name", catalog("ja"))
def test_japanese_has_no_exclamation_marks(name: str) -> None:
    spoken = [QUOTED.sub("", text) for text in forms(catalog("ja")[name])]
    assert not any(mark in text for text in spoken for mark in "!！")


def sources() -> Iterator[tuple[Path, ast.Module]]:
    """The sources that speak: all but the domain, which has no sentences."""
    for path in sorted((ROOT / "bot").rglob("*.py")):
        if "domain" not in path.parts:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def _is_log_call(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and "log" in ast.unparse(node.func.value).lower()
    )


def _nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """All nodes but pieces of other texts and calls that write to the log, whose events have names of the same form."""
    yield tree
    if isinstance(tree, ast.JoinedStr):
        for part in tree.values:
            if isinstance(part, ast.FormattedValue):
                yield from _nodes(part)
        return
    for child in ast.iter_child_nodes(tree):
        if not _is_log_call(child):
            yield from _nodes(child)


@cache
def literals() -> dict[str, str]:
    """Every text in the sources that is written as such, and where."""
    found = {}
    for path, tree in sources():
        for node in _nodes(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found[node.value] = f"{path.relative_to(ROOT)}:{node.lineno}"
    return found


@cache
def patterns() -> dict[str, tuple[str, re.Pattern[str]]]:
    """Every text in the sources that is put together like a phrase's name, such as `command.{name}.name`, and where."""
    found = {}
    for path, tree in sources():
        for node in _nodes(tree):
            if not isinstance(node, ast.JoinedStr):
                continue
            pieces = [str(part.value) if isinstance(part, ast.Constant) else "\0" for part in node.values]
            shape = "".join(pieces)
            if re.fullmatch(r"[a-z_]+\.[a-z0-9_.\0]+", shape):
                regex = re.compile("(.+)".join(map(re.escape, shape.split("\0"))))
                found[shape.replace("\0", "{}")] = (f"{path.relative_to(ROOT)}:{node.lineno}", regex)
    return found


def said(name: str) -> bool:
    """Whether some source can ask for that name: it is written there, that of a lecture's field, or put together of a
    pattern and such words."""
    if name in literals() or name in set(Field):
        return True
    matches = (pattern.fullmatch(name) for _, pattern in patterns().values())
    return any(all(WORD.fullmatch(part) or said(part) for part in match.groups()) for match in matches if match)


def test_every_sentence_is_used() -> None:
    assert [name for name in catalog("en") if not said(name)] == []


def test_every_name_in_the_sources_has_its_sentence() -> None:
    areas = {name.partition(".")[0] for name in catalog("en")}
    missing = {
        name: place
        for name, place in literals().items()
        if NAME.fullmatch(name)
        and not FILE_NAME.fullmatch(name)
        and name.partition(".")[0] in areas
        and not place.startswith(
            ("bot/schedule/", "bot/sources/")
        )  # names fields of the file in the same way; its own sentences are tested there
        and name not in catalog("en")
    }
    assert missing == {}


def test_every_pattern_in_the_sources_has_sentences() -> None:
    areas = {name.partition(".")[0] for name in catalog("en")}
    unmatched = {
        shape: place
        for shape, (place, pattern) in patterns().items()
        if shape.partition(".")[0] in areas and not any(pattern.fullmatch(name) for name in catalog("en"))
    }
    assert unmatched == {}


def test_every_command_parameter_and_choice_has_its_words() -> None:
    wanted = set()
    for spec in COMMANDS:
        if spec.pressed:
            continue
        wanted |= {f"command.{spec.key}", f"command.{spec.key}.name"}
        if spec.parameters:
            wanted.add(f"usage.{spec.key}")
        for parameter in spec.parameters:
            wanted.add(f"command.{spec.key}.{parameter.name}")
            wanted |= {f"choice.{value}" for value in parameter.choices}
    assert wanted - catalog("en").keys() == set()
