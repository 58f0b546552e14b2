"""One session a question. `nox` asks those that every change must answer; `nox -l` lists them all."""

from __future__ import annotations

import functools
import os
import pathlib
from typing import TYPE_CHECKING

import nox

if TYPE_CHECKING:
    from collections.abc import Callable

nox.needs_version = ">=2024.4.15"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_existing_virtualenvs = True

PYPROJECT = nox.project.load_toml("pyproject.toml")
ROOT = pathlib.Path(__file__).parent
ON_ALL_CORES = ("--numprocesses", "auto", "--dist", "loadfile")


def question(function: Callable[[nox.Session], None] | None = None, *, default: bool = True) -> object:
    """Make a session of a function whose docstring is the question it answers."""
    if function is None:
        return functools.partial(question, default=default)
    return nox.session(function, default=default)


def install(session: nox.Session, *groups: str, project: str = ".") -> None:
    """Install the project, or it with extras (`.[gx]`), and some of its dependency groups."""
    session.install("--quiet", project, *nox.project.dependency_groups(PYPROJECT, *groups))


@question
def style(session: nox.Session) -> None:
    """Does the code look as agreed?"""
    install(session, "lint")
    session.run("ruff", "format", "--check", "--quiet", ".")
    session.run("ruff", "check", ".")


@question
def types(session: nox.Session) -> None:
    """Do the types agree?"""
    install(session, "lint")
    session.run("mypy")


@question
def layers(session: nox.Session) -> None:
    """Do values flow one way?"""
    install(session, "lint")
    session.run("lint-imports", "--no-logo")


@question
def docs(session: nox.Session) -> None:
    """Is the generated documentation what the code says?"""
    install(session)
    stale = []
    for name, command in {
        "expectations/README.md": ("explain", "--all"),
        "dqkit/rules.schema.json": ("schema",),
    }.items():
        page, text = ROOT / name, str(session.run("dqkit", *command, silent=True))
        if not page.exists() or page.read_text("utf-8") != text:
            page.write_text(text, "utf-8")
            session.log(f"wrote {name}")
            stale.append(name)
    if stale and os.environ.get("CI"):
        session.error(f"{', '.join(stale)} not up to date: run `nox -s docs` and commit")


@question
def tests(session: nox.Session) -> None:
    """Does it do what it says? With the newest Great Expectations, and as if there were none."""
    install(session, "test", project=".[gx]")
    session.run("pytest", *ON_ALL_CORES, "--ignore=tests/browser", *session.posargs)


@question(default=False)
def gx(session: nox.Session) -> None:
    """Does Great Expectations say what dqkit says? Asks the lowest version we take, and the newest."""
    (pinned,) = [word for word in PYPROJECT["project"]["optional-dependencies"]["gx"] if word.startswith("great")]
    lowest = pinned.partition(">=")[2].partition(",")[0]
    install(session, "test", project=".[gx]")
    for version in (f"great-expectations=={lowest}.0", pinned):
        session.install("--quiet", "--upgrade", version)
        session.run("pytest", *ON_ALL_CORES, "tests/gx", *session.posargs)


@question
def browser(session: nox.Session) -> None:
    """Do the pages show in a real browser what was found, and run nothing?"""
    install(session, "test", "browser", project=".[gx]")
    codes = [0] if os.environ.get("DQKIT_REQUIRE_BROWSER") else [0, 5]  # 5: all were skipped, with a word why
    session.run("pytest", "tests/browser", *session.posargs, success_codes=codes)


@question
def gate(session: nox.Session) -> None:
    """What does dqkit find in its own seeds?"""
    install(session, project=".[gx]")
    session.run("dqkit", "check", "seeds", "--output", "concise", "--fail-on", "none")


@question(default=False)
def bench(session: nox.Session) -> None:
    """What does it cost? Prints ratios; compare them, not seconds."""
    install(session, "browser", project=".[gx]")
    session.install("--quiet", "pointblank", "polars")  # whose pages ours stand beside
    session.run("python", "-m", "tests.bench", *session.posargs)


@question(default=False)
def score(session: nox.Session) -> None:
    """How good are the checks on labelled data? Takes a folder: `nox -s score -- FOLDER`."""
    install(session)
    session.run("python", "-m", "tests.score", *session.posargs)


@question(default=False)
def cldr(session: nox.Session) -> None:
    """Are month names and scale words those of the newest Unicode CLDR? Writes dqkit/data/cldr.yaml."""
    session.install("--quiet", "babel")
    session.run("python", "-m", "tests.cldr")


@question(default=False)
def edition(session: nox.Session) -> None:
    """What do the default rules say today? Keeps them, once they are released, before they change."""
    session.install("--quiet", "--editable", ".")
    session.run("python", "-m", "tests.edition")


@question(default=False)
def registries(session: nox.Session) -> None:
    """Are language subtags and licences those of the newest lists? Writes dqkit/data/subtags.yaml and spdx.yaml."""
    session.install("--quiet", "babel", "packaging")
    session.run("python", "-m", "tests.registries")


@question(default=False)
def new_check(session: nox.Session) -> None:
    """Where does a new check begin? `nox -s new_check -- NAME FAMILY` writes its module, rule and cases."""
    name, family = session.posargs
    stem, title = name.replace("-", "_"), "".join(part.title() for part in name.split("-"))
    module = ROOT / "dqkit" / "checks" / f"{stem}.py"
    if module.exists():
        session.error(f"{module.relative_to(ROOT)} is there already")
    module.write_text(TEMPLATE.format(title=title, family=family), "utf-8")
    with (ROOT / "expectations" / f"{family}.yaml").open("a", encoding="utf-8") as rules:
        rules.write(RULE.format(name=name))
    for case in ("finds-one", "clean-text", "looks-guilty-and-is-not"):
        folder = ROOT / "fixtures" / name / case
        folder.mkdir(parents=True)
        (folder / "text.txt").write_text("Write the case here.\n", "utf-8")
        (folder / "expect.txt").touch()
    session.log(f"wrote {module.relative_to(ROOT)}, its rule and three cases; fill them, then `pytest --golden`")


RULE = """\
  - check: {name}
    tests:
      - {{input: "an example\\n", expect: [{{line: 1, column: 1}}]}}
      - {{input: "one that looks guilty and is not\\n", expect: []}}
"""
TEMPLATE = '''"""What it reports, as a noun.

Why that hurts.

Bad:
    an example

Good:
    one that looks guilty and is not

Fix: what to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dqkit.check import FileCheck

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dqkit.finding import Problem
    from dqkit.seed.text import Document


class {title}(FileCheck):
    family: ClassVar[str] = "{family}"

    def find(self, document: Document) -> Iterable[Problem]:
        return ()
'''
