"""The options of a check, read from its annotations: `min_words: Annotated[int, "help"] = 8` says all there is."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin, get_type_hints

from dqkit.record import NamedTuple

if TYPE_CHECKING:
    from dqkit.check import Options
    from dqkit.yamlfile import Node


class Option(NamedTuple):
    """One option of a check: its type, what it is for, and its value where a rule gives none."""

    name: str
    kind: Any
    help: str
    default: Any
    is_pattern: bool = False
    """Whether its text is a regular expression: `Annotated[str, "help", "regex"]`."""
    is_path: bool = False
    """Whether it names a file, relative to the rule file."""
    is_share: bool = False
    """Whether it is a share or a likeness, 0 to 1: `Annotated[float, "help", "share"]`."""


def options(kind: type[Options]) -> tuple[Option, ...]:
    """Read the options of a check, in the order they are written."""
    hints = get_type_hints(kind, vars(sys.modules[kind.__module__]), include_extras=True)
    return tuple(_option(name, hints[name], getattr(kind, name)) for name in kind.fields)


def _option(name: str, hint: Any, default: Any) -> Option:
    if get_origin(hint) is not Annotated:
        raise TypeError(f'option {name} lacks its help text: write Annotated[TYPE, "help"]')
    plain, text, *more = get_args(hint)
    return Option(name, plain, text, default, "regex" in more, "path" in more, "share" in more)


def read(node: Node, option: Option) -> Any:
    """Give a YAML value as the option takes it.

    Raises:
        ValueError: it is of another type, or no share or regular expression where one is wanted; the message says so.
    """
    value = convert(node, option.kind)
    if option.is_share and not 0 <= value <= 1:
        raise ValueError(f"wants a share, 0 to 1, not {show(node)}")
    if option.is_pattern:
        try:
            re.compile(value)
        except (re.error, RecursionError, OverflowError) as error:
            raise ValueError(f"wants a regular expression: {error}") from None
    return value


def convert(node: Node, kind: Any) -> Any:
    """Give a YAML value as the option's type. A whole number may be written 3.0, as in JSON.

    Raises:
        ValueError: it is of another type; the message says which is wanted.
    """
    value = node.value
    if get_origin(kind) is Literal:
        if value in get_args(kind):
            return value
        raise ValueError(f"wants one of {', '.join(map(str, get_args(kind)))}, not {show(node)}")
    if get_origin(kind) is tuple:
        if isinstance(value, list):
            return tuple(_item(item, get_args(kind)[0]) for item in value)
        raise ValueError(f"wants a list, not {show(node)}")
    if kind is float and type(value) is int:
        return float(value)
    if kind is int and type(value) is float and value.is_integer():
        return int(value)
    if type(value) is kind:
        return value
    raise ValueError(f"wants {describe(kind)}, not {show(node)}")


def _item(node: Node, kind: Any) -> Any:
    if isinstance(node.value, str) and not node.value.strip():
        raise ValueError("has an item without words")
    return convert(node, kind)


def describe(kind: Any) -> str:
    """Name an option's type for a person."""
    words = {int: "a whole number", float: "a number", bool: "true or false", str: "a text"}
    if get_origin(kind) is tuple:
        return f"a list, each item {describe(get_args(kind)[0])}"
    if get_origin(kind) is Literal:
        return f"one of {', '.join(map(str, get_args(kind)))}"
    return words.get(kind, str(kind))


def show(node: Node) -> str:
    """Show a YAML value for a message: short, and telling a text from a number."""
    if isinstance(node.value, dict):
        return "a mapping"
    if isinstance(node.value, list):
        return "a list"
    text = (
        '""'
        if node.value == ""
        else repr(node.value).replace("'", '"')
        if isinstance(node.value, str)
        else str(node.value)
    )
    shown = {"None": "nothing", "True": "true", "False": "false"}.get(text, text)
    return shown if len(shown) <= 60 else shown[:59] + "…"
