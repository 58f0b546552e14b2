"""Translations: what of a text survives translation, which file translates which, and how their blocks correspond."""

from __future__ import annotations

from dqkit.pairing.align import Alignment, Bead, align
from dqkit.pairing.link import Links, PairLink, link
from dqkit.pairing.profile import Profile, ProfileBlock, profile
from dqkit.pairing.sketch import Sketch, sketch

__all__ = [
    "Alignment",
    "Bead",
    "Links",
    "PairLink",
    "Profile",
    "ProfileBlock",
    "Sketch",
    "align",
    "link",
    "profile",
    "sketch",
]
