"""What agents are called by those who watch them."""

from collections.abc import Collection, Sequence
from random import Random
from typing import Final

_LISTED: Final = """
Alder Aspen Auk Basil Beech Birch Bramble Briar Cedar Clover Condor Crane Curlew Cypress Dipper
Dove Elder Elm Fennel Fern Finch Gannet Ginkgo Grebe Hawthorn Hazel Heath Heron Hoopoe Ibis Ivy
Jackdaw Juniper Kestrel Kinglet Lapwing Larch Lark Laurel Linden Linnet Magpie Maple Marten Merlin
Mistle Myrtle Nuthatch Oriole Osprey Petrel Pipit Plover Poplar Quail Raven Redwing Robin Rook
Rowan Ruff Sage Sedge Shrike Siskin Snipe Sorrel Starling Swift Tansy Teal Tern Thistle Thrush
Twite Warbler Willow Wren Yarrow Yew
"""
_NAMES: Final = tuple(_LISTED.split())

_ENDINGS: Final = {1: "st", 2: "nd", 3: "rd"}


def nickname(taken: Collection[str], candidates: Sequence[str], random: Random) -> str:
    """A name that no agent of the tree has had; when all were had, one of them with a number."""
    names = candidates or _NAMES
    count = 1
    while True:
        free = [one for name in names if (one := _numbered(name, count)) not in taken]
        if free:
            return random.choice(free)
        count += 1


def _numbered(name: str, count: int) -> str:
    if count == 1:
        return name
    ending = "th" if count % 100 in (11, 12, 13) else _ENDINGS.get(count % 10, "th")
    return f"{name} the {count}{ending}"
