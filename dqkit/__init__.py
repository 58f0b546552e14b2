"""Data-quality validation and test-fixture kit for text corpora."""

__version__ = "0.1.0"
