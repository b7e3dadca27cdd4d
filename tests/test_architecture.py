"""The figures of the code, which may only improve (style.md, "The habits").

Each figure has a threshold in `ALLOWED`: lower one when it got better, never raise it. Run with
``-s`` to see the figures and what stands behind them.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("site", "consultation", "openday", "interpretations", "scripts")
# What may stand in the source today, and no more.
ALLOWED = {
    "files over 300 lines": 0,
    "functions over 40 lines": 0,
    "views over 15 lines": 0,
    "inline imports": 0,
    "I/O outside its rooms": 0,
    "save() overrides": 1,
    "signal receivers": 0,
    "templates over 120 lines": 0,
    "templates nested over four": 0,
    "noqa or type: ignore without a reason": 0,
    "modules called utils, helpers or common": 0,
    "mocks per 100 tests": 3,
}
# Mail, HTTP and processes: only here, and in tasks. Scripts are operations, demo_server is one.
IO_MODULES = {"smtplib", "subprocess", "urllib.request", "http.client", "requests", "boto3"}
# The captcha's answer is needed before the form's.
IO_ROOMS = (
    "site/notify/",
    "site/people/captcha/recaptcha.py",
    "site/portal/doctor/",
    "site/portal/demo_server.py",
    "scripts/",
)
HANDING_OVER = {"serve", "_view", "get_context", "went_live"}
REASON = re.compile(r"#\s*(noqa: [A-Z0-9, ]+|type: ignore\[[a-z, -]+\])\s*(-|#)\s+\S")


@cache
def python_files(*folders: str) -> tuple[Path, ...]:
    """Python files below the folders, without migrations."""
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return tuple(path for path in found if "migrations" not in path.parts)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def length(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def long_files() -> list[str]:
    files = [*python_files(*SOURCES, "tests")]
    files += [*(ROOT / "site").rglob("static/**/*.css"), *(ROOT / "site").rglob("static/**/*.js")]
    return [name(path) for path in files if path.read_text().count("\n") > 300]


def long_functions() -> list[str]:
    return [
        f"{name(path)} {node.name} {length(node)}"
        for path in python_files(*SOURCES, "tests")
        for node in functions(path)
        if length(node) > 40
    ]


def long_views() -> list[str]:
    """What an address leads to: the body of the function without its docstring."""
    found = []
    for path in python_files(*SOURCES):
        if "views" not in path.parts and path.stem != "views":
            continue
        for node in functions(path):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
            is_view = [argument.arg for argument in node.args.args][:1] == ["request"]
            if is_view and not node.name.startswith("_") and lines > 15:
                found.append(f"{name(path)} {node.name} {lines}")
    return found


def inline_imports() -> list[str]:
    """But for the two hand-overs that style.md lists, from a page to its view or service."""
    return [
        f"{name(path)}:{inner.lineno}"
        for path in python_files(*SOURCES, "tests")
        for node in functions(path)
        if "models" not in path.parts or node.name not in HANDING_OVER
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def misplaced_io() -> list[str]:
    return [
        f"{name(path)} {module}"
        for path in python_files(*SOURCES)
        for module in set(imported(path)) & IO_MODULES
        if not name(path).startswith(IO_ROOMS) and path.stem != "tasks"
    ]


def save_overrides() -> list[str]:
    """Only the publication gate may have one."""
    return [
        f"{name(path)} {node.name}"
        for path in python_files(*SOURCES)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef)
        for member in node.body
        if isinstance(member, ast.FunctionDef) and member.name == "save"
    ]


def receivers() -> list[str]:
    signals = ("receiver", "connect")
    return [
        f"{name(path)}:{node.lineno}"
        for path in python_files(*SOURCES)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and (getattr(node.func, "id", "") or getattr(node.func, "attr", "")) in signals
        and any(module.startswith("django") and "signal" in module for module in imported(path))
    ]


def templates() -> tuple[Path, ...]:
    return tuple(sorted([*(ROOT / "templates").rglob("*.html"), *(ROOT / "site").rglob("*.html")]))


def long_templates() -> list[str]:
    return [name(path) for path in templates() if path.read_text().count("\n") > 120]


def nested_templates() -> list[str]:
    """Conditions and loops inside one another; blocks only name places and don't count."""
    found = []
    for path in templates():
        depth = deepest = 0
        for tag in re.findall(r"{%-?\s*(\w+)", path.read_text()):
            depth += (tag in {"if", "for", "with"}) - (tag in {"endif", "endfor", "endwith"})
            deepest = max(deepest, depth)
        if deepest > 4:
            found.append(f"{name(path)} {deepest}")
    return found


def unreasoned() -> list[str]:
    return [
        f"{name(path)}:{number}"
        for path in python_files(*SOURCES, "tests")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(r"#\s*(noqa|type: ignore)", line) and not REASON.search(line)
        if path != Path(__file__)
    ]


def odd_names() -> list[str]:
    bad = {"utils", "helpers", "common", "misc", "util", "helper"}
    return [
        name(path) for path in python_files(*SOURCES, "tests") if bad & {*path.parts, path.stem}
    ]


def all_tests() -> list[str]:
    return [
        node.name
        for path in python_files("tests")
        for node in functions(path)
        if node.name.startswith("test_")
    ]


def mocks() -> list[str]:
    """Tests that put a mock object in the place of something; patched values aren't counted."""
    return [
        f"{name(path)} {module}"
        for path in python_files("tests")
        for module in imported(path)
        if module.startswith(("unittest.mock", "mock", "pytest_mock"))
    ]


def mocks_per_hundred() -> list[str]:
    found = mocks()
    return found[: -(-100 * len(found) // len(all_tests()))] if found else []


FIGURES = {
    "files over 300 lines": long_files,
    "functions over 40 lines": long_functions,
    "views over 15 lines": long_views,
    "inline imports": inline_imports,
    "I/O outside its rooms": misplaced_io,
    "save() overrides": save_overrides,
    "signal receivers": receivers,
    "templates over 120 lines": long_templates,
    "templates nested over four": nested_templates,
    "noqa or type: ignore without a reason": unreasoned,
    "modules called utils, helpers or common": odd_names,
    "mocks per 100 tests": mocks_per_hundred,
}


@pytest.mark.parametrize("figure", ALLOWED)
def test_figures_only_improve(figure: str) -> None:
    found = FIGURES[figure]()
    print(f"{figure}: {len(found)} (allowed {ALLOWED[figure]})")
    assert len(found) <= ALLOWED[figure], "\n".join(found)


def test_there_is_at_least_half_a_line_of_test_for_each_line_of_source() -> None:
    lines = {
        part: sum(path.read_text().count("\n") for path in python_files(*folders))
        for part, folders in {"source": SOURCES, "tests": ("tests",)}.items()
    }
    print(f"lines of {lines}, {len(all_tests())} tests")
    assert lines["tests"] / lines["source"] >= 0.5


def test_the_thresholds_are_those_of_the_table() -> None:
    assert set(ALLOWED) == set(FIGURES)
