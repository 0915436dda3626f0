"""Typefaces: which split may use which, and whether they are installed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

PACKAGES = {
    "AR PL KaitiM GB": "fonts-arphic-gkai00mp",
    "AR PL SungtiL GB": "fonts-arphic-gbsn00lp",
    "AR PL UKai CN": "fonts-arphic-ukai",
    "AR PL UMing CN": "fonts-arphic-uming",
    "BabelStone Han": "fonts-babelstone-han",
    "Caladea": "fonts-crosextra-caladea",
    "Carlito": "fonts-crosextra-carlito",
    "Courier Prime": "fonts-courier-prime",
    "DejaVu Sans": "fonts-dejavu-core",
    "DejaVu Sans Mono": "fonts-dejavu-core",
    "FreeSans": "fonts-freefont-ttf",
    "Gentium": "fonts-sil-gentium",
    "IPAMincho": "fonts-ipafont",
    "Inconsolata": "fonts-inconsolata",
    "LXGW WenKai": "fonts-lxgw-wenkai",
    "Lato": "fonts-lato",
    "Liberation Mono": "fonts-liberation",
    "Liberation Sans": "fonts-liberation",
    "Liberation Serif": "fonts-liberation",
    "Linux Biolinum O": "fonts-linuxlibertine",
    "Linux Libertine O": "fonts-linuxlibertine",
    "NanumGothic": "fonts-nanum",
    "Noto Sans CJK SC": "fonts-noto-cjk",
    "Noto Serif CJK SC": "fonts-noto-cjk",
    "Roboto": "fonts-roboto-unhinted",
    "TW-Kai": "fonts-cns11643-kai",
    "TW-Sung": "fonts-cns11643-sung",
    "TeX Gyre Cursor": "fonts-texgyre",
    "TeX Gyre Heros": "fonts-texgyre",
    "TeX Gyre Termes": "fonts-texgyre",
    "Tlwg Typewriter": "fonts-tlwg-typewriter",
    "WenQuanYi Micro Hei": "fonts-wqy-microhei",
    "WenQuanYi Zen Hei": "fonts-wqy-zenhei",
}
"""The Debian package of every typeface."""


class TypefaceError(Exception):
    """A typeface is not installed."""


@dataclass(frozen=True, slots=True)
class Faces:
    """A Chinese typeface, the Latin one that sets digits if not the same, and one for , and 、.

    Typefaces from Taiwan centre these stops; `stops` draws them as on the mainland.
    """

    chinese: str
    latin: str | None = None
    stops: str | None = None

    @property
    def families(self) -> tuple[str, ...]:
        return tuple(name for name in (self.latin, self.stops, self.chinese) if name)


_DEV_STOPS = "Noto Serif CJK SC"
_TEST_STOPS = "WenQuanYi Zen Hei"

SPLITS: dict[str, tuple[Faces, ...]] = {
    "dev": (
        Faces("Noto Serif CJK SC"),
        Faces("Noto Serif CJK SC", "Liberation Serif"),
        Faces("Noto Serif CJK SC", "DejaVu Sans Mono"),
        Faces("AR PL UMing CN", None, _DEV_STOPS),
        Faces("AR PL UMing CN", "Liberation Serif", _DEV_STOPS),
        Faces("AR PL SungtiL GB", "Liberation Sans"),
        Faces("BabelStone Han", "Carlito"),
        Faces("Noto Sans CJK SC"),
        Faces("Noto Sans CJK SC", "Liberation Sans"),
        Faces("Noto Sans CJK SC", "Roboto"),
        Faces("WenQuanYi Micro Hei"),
        Faces("WenQuanYi Micro Hei", "DejaVu Sans"),
        Faces("AR PL KaitiM GB"),
        Faces("AR PL KaitiM GB", "Liberation Mono"),
        Faces("AR PL UKai CN", "Liberation Serif", _DEV_STOPS),
    ),
    "calibration": (
        Faces("Noto Serif CJK SC", "Gentium"),
        Faces("AR PL UMing CN", "Tlwg Typewriter", _DEV_STOPS),
        Faces("AR PL KaitiM GB", "IPAMincho"),
        Faces("BabelStone Han", "Gentium"),
        Faces("Noto Sans CJK SC", "Lato"),
        Faces("Noto Sans CJK SC", "NanumGothic"),
        Faces("WenQuanYi Micro Hei", "Inconsolata"),
        Faces("WenQuanYi Micro Hei", "Lato"),
    ),
    "test": (
        Faces("TW-Sung", None, _TEST_STOPS),
        Faces("TW-Sung", "TeX Gyre Termes", _TEST_STOPS),
        Faces("TW-Sung", "Linux Libertine O", _TEST_STOPS),
        Faces("TW-Sung", "TeX Gyre Cursor", _TEST_STOPS),
        Faces("WenQuanYi Zen Hei"),
        Faces("WenQuanYi Zen Hei", "TeX Gyre Heros"),
        Faces("WenQuanYi Zen Hei", "FreeSans"),
        Faces("WenQuanYi Zen Hei", "Courier Prime"),
        Faces("LXGW WenKai"),
        Faces("LXGW WenKai", "TeX Gyre Termes"),
        Faces("LXGW WenKai", "Linux Biolinum O"),
        Faces("TW-Kai", None, _TEST_STOPS),
        Faces("TW-Kai", "Caladea", _TEST_STOPS),
    ),
}
"""Song, Hei and Kai in each split, with digits of their own and with Latin ones.

In `calibration` the digits are in typefaces that no reader was fitted to, the labels in those of
`dev`. Of `dev` and `test` no typeface is in both, nor are relatives: UMing and BabelStone Han grew
out of SungtiL, UKai out of KaitiM, FreeSans and TeX Gyre Heros are one design. The samples, which
much was tried on, are set in typefaces of `dev` (one heading in Zen Hei apart).
"""


def require(families: Iterable[str], packaged: Mapping[str, str] = PACKAGES) -> None:
    """TypefaceError naming the Debian packages if one of the typefaces is not installed."""
    missing = sorted(set(families) - _installed())
    if missing:
        packages = " ".join(sorted({packaged[name] for name in missing}))
        raise TypefaceError(
            f"the forge needs typefaces that are not installed: {', '.join(missing)}; "
            f"install the Debian packages {packages}"
        )


@cache
def _installed() -> frozenset[str]:
    listing = shutil.which("fc-list")
    if listing is None:
        raise TypefaceError("no `fc-list` found: install the Debian package fontconfig")
    done = subprocess.run(
        [listing, "--format", "%{family}\n"], stdout=subprocess.PIPE, check=True, text=True
    )
    names = done.stdout.replace("\\", "").replace("\n", ",").split(",")
    return frozenset(name.strip() for name in names)
