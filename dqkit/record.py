"""`NamedTuple`, regular expressions and properties that cost nothing until they are used.

Checking one file must feel instant. `typing.NamedTuple` compiles the annotation of every field, and `re.compile` works
in Python: with the types and patterns of this project the two would take longer than checking the file.
"""

from __future__ import annotations

from collections import namedtuple
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import re
    from functools import cached_property as cached_property
    from typing import AnyStr, NamedTuple
else:

    class cached_property:  # noqa: N801 # the name of what it stands for
        """Like that of functools, without the lock that the one of Python 3.11 takes."""

        def __init__(self, compute):
            self.compute, self.__doc__ = compute, compute.__doc__

        def __set_name__(self, owner, name):
            self.name = name

        def __get__(self, instance, owner=None):
            if instance is None:
                return self
            value = instance.__dict__[self.name] = self.compute(instance)
            return value

    class _Maker(type):
        def __new__(mcs, name, bases, namespace):
            if not bases:
                return super().__new__(mcs, name, bases, namespace)
            fields = namespace.pop("__annotations__", {})
            defaults = [namespace.pop(field) for field in fields if field in namespace]
            plain = namedtuple(name, fields, defaults=defaults)
            return type(name, (plain,), {"__slots__": (), **namespace})

    class NamedTuple(metaclass=_Maker):
        """A base like `typing.NamedTuple`, which it is to a type checker."""


__all__ = ["NamedTuple", "cached_property", "regex"]


class _Lazy:
    """A pattern that is compiled when a method of it is first called."""

    def __init__(self, source: Any, flags: int) -> None:
        self.source, self.flags = source, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        from dqkit.patterns import compiled as compile_once

        compiled = compile_once(self.source, self.flags)
        for method in ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn", "pattern"):
            self.__dict__[method] = getattr(compiled, method)
        return getattr(compiled, name)


def regex(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Give what behaves like `re.compile(source, flags)`, compiled on first use."""
    return cast("re.Pattern[AnyStr]", _Lazy(source, flags))
