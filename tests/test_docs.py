"""The papers for developers hold: the map is the tree, the order is the enforced one, what they name exists."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.schedule.reader import read
from tests.processes import ROOT
from tests.test_imports import LAYERS, MODULES

ARCHITECTURE = ROOT / "docs" / "architecture.md"
GLOSSARY = ROOT / "docs" / "glossary.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
DECISIONS = ROOT / "docs" / "decisions.md"
PAPERS = (ARCHITECTURE, GLOSSARY, CONTRIBUTING)

FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
QUOTED = re.compile(r"`([^`\n]+)`")
PATH = re.compile(
    r"(?!/)[\w.*-]+(?:/[\w.*-]*)+|[\w.*-]+\.(?:py|po|md|toml|ya?ml|json)|requirements[\w*-]*\.lock|Makefile|Dockerfile"
)
DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.\w+)+")
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
MADE_LATER = (".venv/",)
"""What stands in no checkout until `make` has made it."""

TREE = {name.removeprefix("bot."): tree for name, tree in MODULES.items() if name != "bot"}


def quoted(paper: Path) -> list[str]:
    """Everything in backticks, but for whole blocks."""
    return QUOTED.findall(FENCED.sub("", paper.read_text(encoding="utf-8")))


def is_path(text: str) -> bool:
    """Whether it names a file or folder, perhaps with asterisks."""
    return PATH.fullmatch(text) is not None


def members(body: list[ast.stmt]) -> Iterator[tuple[str, ast.stmt]]:
    """What a module or class defines or imports, by name."""
    for node in body:
        match node:
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                yield node.name, node
            case ast.Assign(targets=targets):
                yield from ((target.id, node) for target in targets if isinstance(target, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name, node
            case ast.ImportFrom(names=names):
                yield from ((alias.asname or alias.name, node) for alias in names)


def resolves(name: str) -> bool:
    """Whether a dotted name, written from `bot` on, is a module or something in one."""
    parts = name.split(".")
    modules = [".".join(parts[:length]) for length in range(len(parts), 0, -1)]
    module = next((each for each in modules if each in TREE), None)
    if module is None:
        return False
    body = TREE[module].body
    for part in parts[len(module.split(".")) :]:
        found = dict(members(body)).get(part)
        if found is None:
            return False
        body = found.body if isinstance(found, ast.ClassDef) else []
    return True


def rows(paper: Path, heading: str) -> list[list[str]]:
    """The cells of the table below a heading, without its head."""
    section = paper.read_text(encoding="utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


MAP = {QUOTED.findall(row[0])[0]: row for row in rows(ARCHITECTURE, "The map")}


def test_the_map_has_every_package_and_every_module_beside_them() -> None:
    packages = [path.parent for path in (ROOT / "bot").rglob("__init__.py") if path.parent != ROOT / "bot"]
    beside = [path for path in (ROOT / "bot").glob("*.py") if path.name != "__init__.py"]
    assert set(MAP) == {f"{each.relative_to(ROOT).as_posix()}/" for each in packages} | {
        each.relative_to(ROOT).as_posix() for each in beside
    }


@pytest.mark.parametrize("place", MAP)
def test_the_map_says_what_each_may_import(place: str) -> None:
    module = place.removesuffix("/").removesuffix(".py").replace("/", ".")
    position = next((at for at, layer in enumerate(LAYERS) if module in layer), None)
    named = QUOTED.findall(MAP[place][2])
    if position is None:
        assert named == [place.rpartition("/")[0].rpartition("/")[0] + "/"]
    elif position + 1 == len(LAYERS):
        assert MAP[place][2] == "the standard library"
    else:
        assert named == [each.removeprefix("bot.") for each in LAYERS[position + 1]]


def test_the_import_order_is_the_one_that_is_enforced() -> None:
    order = next(block for block in FENCED.findall(ARCHITECTURE.read_text(encoding="utf-8")) if "->" in block)
    layers = [re.findall(r"[\w.]+", layer) for layer in order.strip("`").split("->")]
    assert layers == [[each.removeprefix("bot.") for each in layer] for layer in LAYERS]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_every_file_that_is_named_exists(paper: Path) -> None:
    paths = [each for each in quoted(paper) if is_path(each) and not each.startswith(MADE_LATER)]
    assert paths
    assert [each for each in paths if not any(ROOT.glob(each.rstrip("/")))] == []


@pytest.mark.parametrize("paper", [ARCHITECTURE, GLOSSARY], ids=lambda paper: paper.name)
def test_every_name_of_the_source_is_there(paper: Path) -> None:
    names = [each for each in quoted(paper) if DOTTED.fullmatch(each) and not is_path(each)]
    assert [each for each in names if not resolves(each)] == []


def test_every_word_of_the_glossary_says_where_it_stands() -> None:
    words = [line for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if line.startswith("| **")]
    assert words
    assert [line for line in words if not QUOTED.findall(line.strip("|").split("|")[-1])] == []


def test_every_dependency_has_its_reason() -> None:
    """Those of the bot in the table, those for developing in the text below it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = [each for extra in project["project"]["optional-dependencies"].values() for each in extra]
    bare = {re.split(r"[\[<>=;]", each)[0] for each in (*project["project"]["dependencies"], *extras)}
    table = [QUOTED.findall(row[0])[0] for row in rows(DECISIONS, "dependencies")]
    assert sorted(table) == sorted(bare)
    groups = [each for group in project["dependency-groups"].values() for each in group if isinstance(each, str)]
    assert {re.split(r"[<>=]", each)[0] for each in groups} - set(quoted(DECISIONS)) == set()


@pytest.mark.parametrize(
    "paper", [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")], ids=lambda paper: paper.relative_to(ROOT).as_posix()
)
def test_links_between_papers_lead_somewhere(paper: Path) -> None:
    targets = LINK.findall(FENCED.sub("", paper.read_text(encoding="utf-8")))
    assert [each for each in targets if not (paper.parent / each).exists()] == []


@pytest.mark.parametrize("paper", ["README.md", "README.ja.md"])
def test_every_schedule_that_is_shown_is_one(paper: str) -> None:
    shown = re.findall(
        r"^```yaml\n(series:.*?)^```$", (ROOT / paper).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    assert shown
    for text in shown:
        assert read(text.encode(), paper).series.lectures
