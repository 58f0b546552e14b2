"""Translations: what of a text survives translation, which file translates which, and how their blocks correspond."""
