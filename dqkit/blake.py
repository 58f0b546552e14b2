"""BLAKE2b without the rest of `hashlib`, which loads OpenSSL: a quarter of what Python itself takes to start."""

try:
    from _blake2 import blake2b
except ImportError:  # another Python than CPython
    from hashlib import blake2b

__all__ = ["blake2b"]
