"""What the tests share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from dqkit import stage
from dqkit.cli import main
from dqkit.corpus import collect
from dqkit.engine import run
from dqkit.rules.file import load
from dqkit.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dqkit.finding import Report
    from dqkit.rules.rule import Rule

ROOT = Path(__file__).resolve().parent.parent
REAL_SEEDS = ROOT.parent / "shared" / "seeds"


settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):  # there the same change must give the same answer; at a desk every run looks elsewhere
    settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="rewrite the expect.txt of fixtures; read the diff")


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    os.environ["DQKIT_CACHE_DIR"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(autouse=True, scope="session")
def _without_great_expectations() -> Iterator[None]:
    """Have these tests say the same whether it is installed or not; those in tests/gx are the ones with it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stage, "_installed", lambda: False)
        yield


@pytest.fixture(scope="session")
def default_rules() -> tuple[Rule, ...]:
    return load([str(ROOT / "expectations")])


@pytest.fixture
def check_folder(default_rules: tuple[Rule, ...]) -> Callable[..., Report]:
    """Check a folder in this process; paths in the report are relative to it."""

    def check(folder: Path, rules: Iterable[Rule] | None = None, **options: object) -> Report:
        chosen = tuple(default_rules if rules is None else rules)
        settings = Settings(str(folder), exclude=("expect.txt", "rules.yaml", "schema.json"))
        return run(collect([str(folder)], settings), chosen, **options)  # type: ignore[arg-type] # as given

    return check


@pytest.fixture
def dqkit(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str, str]]:
    """Run a command in a folder; give its exit code, what it printed, and what it said on the error stream."""

    def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
        monkeypatch.chdir(folder)
        code = main(list(arguments))
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return run


@pytest.fixture
def corpus(tmp_path: Path) -> Callable[[dict[str, str | bytes]], Path]:
    """Write files into a fresh folder."""

    def write(files: dict[str, str | bytes]) -> Path:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path

    return write
