"""Typefaces of the number sheets, beside those of the forge's development split.

None is used in the forge's test split, nor a relative of one: the URW faces (and so FreeSerif) are
TeX Gyre's parents, Libertinus is Libertine's child, Courier Prime Sans and Code are Courier Prime.
"""

from __future__ import annotations

from benchmarks.forge.typefaces import SPLITS

PACKAGES = {
    "AR PL KaitiM Big5": "fonts-arphic-bkai00mp",
    "AR PL Mingti2L Big5": "fonts-arphic-bsmi00lp",
    "Anonymous Pro": "fonts-anonymous-pro",
    "Arimo": "fonts-croscore",
    "Baekmuk Batang": "fonts-baekmuk",
    "Baekmuk Dotum": "fonts-baekmuk",
    "CMU Bright": "fonts-cmu",
    "CMU Serif": "fonts-cmu",
    "CMU Typewriter Text": "fonts-cmu",
    "Cantarell": "fonts-cantarell",
    "Charis SIL": "fonts-sil-charis",
    "Cousine": "fonts-croscore",
    "DejaVu Sans Condensed": "fonts-dejavu-extra",
    "DejaVu Serif": "fonts-dejavu-core",
    "Dosis": "fonts-dosis",
    "Fira Code": "fonts-firacode",
    "GNUTypewriter": "fonts-gnutypewriter",
    "Hack": "fonts-hack",
    "Hermit": "fonts-hermit",
    "IBM 3270": "fonts-3270",
    "IPAGothic": "fonts-ipafont",
    "IPAPMincho": "fonts-ipafont",
    "JetBrains Mono": "fonts-jetbrains-mono",
    "LM Mono 10": "fonts-lmodern",
    "League Mono": "fonts-league-mono",
    "Liberation Sans Narrow": "fonts-liberation",
    "NanumGothicCoding": "fonts-nanum-coding",
    "NanumMyeongjo": "fonts-nanum",
    "Noto Sans": "fonts-noto-core",
    "Noto Sans Mono CJK SC": "fonts-noto-cjk",
    "Noto Serif": "fonts-noto-core",
    "Old Standard TT": "fonts-oldstandard",
    "Open Sans": "fonts-open-sans",
    "Play": "fonts-play",
    "Quicksand": "fonts-quicksand",
    "Roboto Slab": "fonts-roboto-slab",
    "STIX": "fonts-stix",
    "TakaoPGothic": "fonts-takao",
    "Tinos": "fonts-croscore",
    "UnBatang": "fonts-unfonts-core",
    "UnDotum": "fonts-unfonts-core",
    "VL Gothic": "fonts-vlgothic",
    "cwTeXHeiBold": "fonts-cwtex-heib",
    "cwTeXMing": "fonts-cwtex-ming",
    "monofur": "fonts-monofur",
}
"""The Debian package of each further typeface; all are under free licences and have digits."""

UNSEEN = tuple(sorted({faces.latin for faces in SPLITS["calibration"] if faces.latin}))
"""Kept from training, to tell while fitting how typefaces are read that were never seen."""


def families(unseen: bool) -> tuple[str, ...]:
    """The faces of the number sheets for training, or those kept from it."""
    if unseen:
        return UNSEEN
    seen = {face for faces in SPLITS["dev"] for face in (faces.latin or faces.chinese,)}
    return (*sorted(seen), *PACKAGES)
