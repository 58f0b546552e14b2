"""Keeps the default rules of today as an edition, every option spelled out: `python -m tests.edition`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from dqkit.check import FAMILIES
from dqkit.rules.file import books
from dqkit.rules.grammar import FORMAT
from dqkit.rules.packs import EDITION
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def keep(folder: Path) -> None:
    """Write the rules of each family, without their tests, so that no later default changes them."""
    folder.mkdir(parents=True)
    for family in FAMILIES:
        (book,) = books([str(ROOT / "expectations" / f"{family}.yaml")])
        rules = []
        for draft in book.drafts.values():
            named = {key: value for key, value in draft.named.items() if key not in ("tests", "overrides")}
            options = named.get("with", {})
            if draft.subject[0] == "check":
                options = {name: _plain(value) for name, value in draft.rule().check.values().items()}
            rules.append({"id": draft.id, **{key: _plain(value) for key, value in named.items()}, "with": options})
        text = yaml.safe_dump({"dqkit": FORMAT, "rules": rules}, sort_keys=False, allow_unicode=True)
        (folder / f"{family}.yaml").write_text(text, "utf-8")


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


if __name__ == "__main__":
    keep(ROOT / "dqkit" / "editions" / str(EDITION))
    print(f"kept edition {EDITION}: set EDITION in dqkit/rules/packs.py to {EDITION + 1}, then change the rules")
