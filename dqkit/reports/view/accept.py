"""The entry of an accept file that says: this finding may stay, and why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dqkit.place import wellformed

if TYPE_CHECKING:
    from dqkit.finding import Finding

PLACEHOLDER = "say why it may stay"
"""The reason of an entry nobody has given one."""
_GLOB = frozenset("*?[")


def entry(finding: Finding, reason: str = PLACEHOLDER) -> str:
    r"""Write the entry of `dqkit-accept.yaml` that accepts a finding: rule, path as a glob, quote and reason.

    A character of the path that means something in a glob is written as `?`, which any glob reads the same.

    Each value is a JSON string, which is a YAML one as well, so no text of a seed can leave its line.
    """
    path = "".join("?" if c in _GLOB else c for c in wellformed(finding.at.path))
    fields = (("rule", finding.rule), ("path", path), ("quote", wellformed(finding.at.quote)), ("reason", reason))
    return "\n".join(f"{'- ' if not at else '  '}{key}: {_scalar(value)}" for at, (key, value) in enumerate(fields))


def _scalar(text: str) -> str:
    """Quote a text for YAML; what YAML does not take as it is, or a reader would not see, stands as an escape."""
    quoted = json.dumps(text, ensure_ascii=False)
    return quoted if quoted.isprintable() else "".join(c if c.isprintable() else _escape(c) for c in quoted)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
