"""Who may know whom: imports go from left to right only, as in the design."""

import ast
from collections.abc import Iterator

import pytest

from tests.processes import ROOT

LAYERS: tuple[tuple[str, ...], ...] = (
    ("bot.__main__",),
    ("bot.cli",),
    ("bot.app",),
    ("bot.logs",),
    ("bot.settings",),
    ("bot.options",),
    ("bot.platforms.discord", "bot.platforms.slack", "bot.platforms.terminal", "bot.storage", "bot.web"),
    ("bot.platforms",),  # the port that all platforms implement
    ("bot.commands",),
    ("bot.sources",),
    ("bot.announcements", "bot.exports"),
    ("bot.schedule",),
    ("bot.cards",),
    ("bot.i18n",),
    ("bot.clock",),
    ("bot.domain",),
)
"""From left to right. A module may import from layers further right, and from its own package; packages of one layer
know nothing of each other."""


CORE = ("bot.domain", "bot.cards", "bot.commands", "bot.announcements")
OUTSIDE = {
    "aiohttp",
    "alembic",
    "discord",
    "httpx",
    "os",
    "psycopg",
    "pydantic_settings",
    "slack_bolt",
    "slack_sdk",
    "socket",
    "sqlalchemy",
    "sqlite3",
    "subprocess",
    "yaml",
}
"""Platforms, databases, file formats and the environment: none of the core's business."""

STANDARD_LIBRARY_ONLY = ("bot.domain",)


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the bot, by name, with its parsed source."""
    for path in sorted((ROOT / "bot").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        yield ".".join(parts).removesuffix(".__init__"), ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.Module) -> Iterator[str]:
    """The names of everything that a module imports, wherever in it; a name taken from a package counts as within."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def place(module: str) -> tuple[int, str]:
    """The layer of a module, counted from the left, and its package there: the longest name that fits."""
    fitting = [
        (len(package), position, package)
        for position, layer in enumerate(LAYERS)
        for package in layer
        if module == package or module.startswith(f"{package}.")
    ]
    if not fitting:
        raise LookupError(f"{module} has no place in LAYERS")
    _, position, package = max(fitting)
    return position, package


def within(module: str, packages: tuple[str, ...]) -> bool:
    """Whether the module belongs to one of the packages."""
    return any(module == package or module.startswith(f"{package}.") for package in packages)


MODULES = dict(modules())


@pytest.mark.parametrize("module", [name for name in MODULES if name != "bot"])
def test_imports_go_from_left_to_right(module: str) -> None:
    position, package = place(module)
    wrong = []
    for imported in imports(MODULES[module]):
        if imported == "bot" or not imported.startswith("bot."):
            continue
        there, other = place(imported)
        if other != package and there <= position:
            wrong.append(imported)
    assert wrong == []


@pytest.mark.parametrize("module", [name for name in MODULES if within(name, CORE)])
def test_the_core_knows_no_platform_database_file_format_or_environment(module: str) -> None:
    assert {name.partition(".")[0] for name in imports(MODULES[module])} & OUTSIDE == set()


@pytest.mark.parametrize("module", [name for name in MODULES if within(name, STANDARD_LIBRARY_ONLY)])
def test_the_domain_needs_the_standard_library_only(module: str) -> None:
    import sys

    known = sys.stdlib_module_names | {"bot"}
    assert {name.partition(".")[0] for name in imports(MODULES[module])} - known == set()


def test_nothing_is_built_on_import_of_the_command_line() -> None:
    """The platforms' libraries take longer to load than most commands take to answer."""
    heavy = {"discord", "slack_bolt", "slack_sdk", "prompt_toolkit", "uvloop"}
    for name in ("bot.cli.main", "bot.cli.command", "bot.cli.asking", "bot.app.run", "bot.app.chat", "bot.__main__"):
        tree = MODULES[name]
        top = ast.Module([node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)], [])
        taken = set(imports(top))
        assert {each.partition(".")[0] for each in taken} & heavy == set()
        assert not any(within(each, ("bot.platforms.discord", "bot.platforms.slack")) for each in taken)


def test_few_modules_stand_beside_the_packages() -> None:
    assert len([*(ROOT / "bot").glob("*.py")]) <= 8


@pytest.mark.parametrize("module", sorted(MODULES))
def test_no_function_takes_more_than_eight_parameters(module: str) -> None:
    """What always goes together is one value."""
    functions = (node for node in ast.walk(MODULES[module]) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    long = {}
    for function in functions:
        arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
        names = [each.arg for each in arguments if each.arg not in ("self", "cls")]
        if len(names) > 8:
            long[function.name] = len(names)
    assert long == {}


def test_no_module_imports_itself_by_way_of_others() -> None:
    reached: dict[str, set[str]] = {}

    def needs(module: str) -> set[str]:
        """The modules that it imports when it is loaded."""
        tree = ast.Module([node for node in MODULES[module].body if isinstance(node, ast.Import | ast.ImportFrom)], [])
        found = {name if name in MODULES else name.rpartition(".")[0] for name in imports(tree)}
        return {each for each in found if each in MODULES and each != module}

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " -> ".join([*path, module])
        if module not in reached:
            for each in needs(module):
                visit(each, (*path, module))
            reached[module] = needs(module)

    for module in MODULES:
        visit(module, ())
