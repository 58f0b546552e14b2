"""The built-in packs of rules that a rule file may extend: `dqkit:NAME@EDITION`.

An edition is pinned: a newer dqkit with stricter default rules gives them a new edition, and a gate that extends an
older one stays as it was. The newest edition is `expectations/` itself; an older one is the copy that was kept of it,
every option spelled out, in `dqkit/editions/EDITION/`.
"""

from __future__ import annotations

import os
import re

from dqkit.check import FAMILIES
from dqkit.errors import DqkitError, nearest
from dqkit.finding import SEVERITIES
from dqkit.rules.rule import PACKAGE, default_folder

EDITION = 1
"""The newest edition. It is open until a dqkit is released with it; see CONTRIBUTING.md."""
NAMES = ("recommended", "all", *FAMILIES)


def references() -> tuple[str, ...]:
    """Give all packs as a rule file names them."""
    return tuple(f"dqkit:{name}@{edition}" for edition in range(1, EDITION + 1) for name in NAMES)


def is_pack(reference: str) -> bool:
    """Tell a pack from the path of a rule file."""
    return reference.startswith("dqkit:")


def files(reference: str) -> tuple[str, ...]:
    """Name the rule files that a pack consists of.

    Raises:
        DqkitError: there is no such pack or edition; the message says what there is.
    """
    found = re.fullmatch(r"dqkit:([^@]*)(?:@(.*))?", reference, re.DOTALL)
    name, edition = found.groups() if found else ("", None)
    if name not in NAMES:
        raise DqkitError(f'no pack "{reference}": {nearest(reference, references())}')
    if reference not in references():
        wanted = "names no edition" if edition is None else f'has no edition "{edition}"'
        raise DqkitError(f'pack "dqkit:{name}" {wanted}: write "dqkit:{name}@{EDITION}"')
    folder = default_folder() if edition == str(EDITION) else os.path.join(PACKAGE, "editions", str(edition))
    return tuple(os.path.join(folder, f"{family}.yaml") for family in FAMILIES if name in (family, *NAMES[:2]))


def severities(reference: str) -> tuple[str, ...]:
    """Say how severe a rule must be to belong to a pack: those that only inform are not `recommended`."""
    return SEVERITIES[1:] if reference.startswith("dqkit:recommended@") else SEVERITIES
