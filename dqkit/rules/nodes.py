"""Reads YAML values strictly: what is wrong is kept with its file, line and column, and the nearest valid name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dqkit.errors import nearest
from dqkit.rules.option import show

if TYPE_CHECKING:
    from collections.abc import Collection

    from dqkit.yamlfile import Node


class NodeReader:
    """Reads one file's values and collects what is wrong with them."""

    def __init__(self, path: str, errors: list[str]) -> None:
        self.path, self.errors = path, errors

    def fail(self, at: tuple[int, int], message: str) -> None:
        """Keep an error with its line and column."""
        self.errors.append(f"{self.path}:{at[0]}:{at[1]}: {message}")

    def mapping(self, node: Node, what: str, known: Collection[str], needs: str = "") -> dict[str, Node]:
        """Read a mapping, those of its keys that are known; `needs` must be among them."""
        if not isinstance(node.value, dict):
            self.fail(node.at, f"{what} must be a mapping")
            return {}
        for key in node.value.keys() - set(known):
            self.fail((node.keys or {})[key], f'{what} has no key "{key}": {nearest(key, known)}')
        if needs and needs not in node.value:
            self.fail(node.at, f'key "{needs}" is missing')
        return {key: node.value[key] for key in node.value if key in known}

    def list_of(self, node: Node | None, what: str) -> list[Node]:
        """Read a list; none where there is no node."""
        if node is None:
            return []
        if not isinstance(node.value, list):
            self.fail(node.at, f'"{what}" must be a list')
            return []
        return node.value

    def texts(self, node: Node | None, what: str) -> list[Node]:
        """Read a list of texts that are not empty."""
        items = self.list_of(node, what)
        for item in items:
            if not isinstance(item.value, str) or not item.value:
                self.fail(item.at, f'"{what}" wants texts')
        return [item for item in items if isinstance(item.value, str) and item.value]

    def text(self, node: Node, what: str, pattern: str = "", wants: str = "a text") -> str:
        """Read a text that looks as it must."""
        if not isinstance(node.value, str) or not re.search(pattern, node.value):
            self.fail(node.at, f'"{what}" wants {wants}, not {show(node)}')
            return ""
        return node.value

    def name(self, node: Node, what: str, known: Collection[str]) -> str:
        """Read one of some names; "" where it is none of them."""
        if isinstance(node.value, str) and node.value in known:
            return node.value
        shown = f'"{node.value}"' if isinstance(node.value, str) else show(node)
        self.fail(node.at, f"no {what} {shown}: {nearest(str(node.value), known)}")
        return ""
