"""The project's own settings: `dqkit.yaml`, or `[tool.dqkit]` in `pyproject.toml`, of the nearest folder."""

from __future__ import annotations

import os
from functools import partial
from typing import Any

from dqkit import cache
from dqkit.errors import DqkitError, nearest
from dqkit.finding import SEVERITIES
from dqkit.record import NamedTuple
from dqkit.seed.filename import PATTERNS, verify

NAMES = ("dqkit.yaml", "dqkit.yml", ".dqkit.yaml", ".dqkit.yml")
INCLUDE = ("*.txt", "*.text", "*.md", "*.markdown", "*.seed")


class Settings(NamedTuple):
    """What a project asks of every run; a flag on the command line wins over it."""

    root: str
    """The folder that paths and globs are relative to: where the settings stand, else the working folder."""
    paths: tuple[str, ...] = ()
    """What `dqkit check` without paths reads."""
    rules: tuple[str, ...] = ()
    """Rule files and folders of them; none means `expectations/` beside the settings, else the built-in rules."""
    include: tuple[str, ...] = INCLUDE
    """Globs of the files that count as seed files inside a folder."""
    exclude: tuple[str, ...] = ()
    """Globs of files and folders that are left out, whoever names them."""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = "error"
    names: tuple[str, ...] = PATTERNS
    """Patterns of seed file names, whose groups declare metadata: see `filename`."""
    baseline: str = ""
    """The baseline; empty means `dqkit-baseline.jsonl` beside the settings, where there is one."""
    accepts: str = ""
    """The accepted findings; empty means `dqkit-accept.yaml` beside the settings, where there is one."""
    origin: str = ""
    """The file the settings come from; empty where there is none."""


KEYS = ("paths", "rules", "include", "exclude", "select", "ignore", "fail_on", "names", "baseline", "accepts")
FILES = ("baseline", "accepts")


def find(start: str) -> Settings:
    """Read the nearest settings at or above a folder, no further up than the repository's root.

    Raises:
        DqkitError: two settings files in one folder, or one that says something that cannot be followed.
    """
    folder = os.path.abspath(start)
    while True:
        present = [name for name in NAMES if os.path.isfile(os.path.join(folder, name))]
        texts = {name: _read(os.path.join(folder, name)) for name in present}
        project = os.path.join(folder, "pyproject.toml")
        if os.path.isfile(project) and b"[tool.dqkit]" in (raw := _read(project)):
            texts["pyproject.toml"] = raw
        if len(texts) > 1:
            raise DqkitError(f"{folder}: settings stand in {' and in '.join(sorted(texts))}: keep one of them")
        for name, raw in texts.items():
            path = os.path.join(folder, name)
            values = cache.compiled("settings", (os.fsencode(path), raw), partial(_parse, path, raw))
            return Settings(folder, origin=path, **values)
        parent = os.path.dirname(folder)
        if parent == folder or os.path.exists(os.path.join(folder, ".git")):
            return Settings(os.path.abspath(start))
        folder = parent


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise DqkitError(f"{path}: cannot be read: {error.strerror}") from None


def _parse(path: str, raw: bytes) -> dict[str, Any]:
    values = _toml(path, raw) if path.endswith(".toml") else _yaml(path, raw)
    for key, (value, where) in values.items():
        if key not in KEYS:
            raise DqkitError(f'{where}: no setting "{key}": {nearest(key, KEYS)}')
        if key == "fail_on":
            if value not in (*SEVERITIES, "none"):
                raise DqkitError(f"{where}: fail_on wants error, warning, info or none, not {value!r}")
        elif key in FILES:
            if not isinstance(value, str) or not value:
                raise DqkitError(f'{where}: "{key}" wants the name of a file')
        elif not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise DqkitError(f'{where}: "{key}" wants a list of texts')
        for pattern in value if key == "names" else ():
            verify(pattern, where)
    return {key: tuple(value) if isinstance(value, list) else value for key, (value, _) in values.items()}


def _toml(path: str, raw: bytes) -> dict[str, tuple[Any, str]]:
    import tomllib

    try:
        table = tomllib.loads(raw.decode())["tool"]["dqkit"]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DqkitError(f"{path}: not TOML: {error}") from None
    lines = raw.decode().splitlines()
    begin = lines.index("[tool.dqkit]") if "[tool.dqkit]" in lines else 0

    def where(key: str) -> str:
        rows = [i for i, line in enumerate(lines) if i > begin and line.split("=")[0].strip() == key]
        return f"{path}:{rows[0] + 1}:1" if rows else path

    return {key.replace("-", "_"): (value, where(key)) for key, value in table.items()}


def _yaml(path: str, raw: bytes) -> dict[str, tuple[Any, str]]:
    from dqkit.yamlfile import YamlError, parse

    try:
        root = parse(raw)
    except YamlError as error:
        raise DqkitError(f"{path}:{error.line}:{error.column}: {error.message}") from None
    if not isinstance(root.value, dict):
        raise DqkitError(f"{path}:1:1: settings must be a mapping")
    places = root.keys or {}
    return {
        key.replace("-", "_"): (node.plain(), f"{path}:{places[key][0]}:{places[key][1]}")
        for key, node in root.value.items()
    }
