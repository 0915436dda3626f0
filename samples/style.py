"""How each sample's office sets its page, and how its paper was scanned."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from samples.scan import Scan

SHEETS = Path(__file__).parent / "styles"


@dataclass(frozen=True)
class Style:
    """An office's habits; typefaces, sizes and rules are in styles/NAME.css.

    `one_grid`: the disclosure table is one grid, not a table per block. `before_value` is typed
    before each number. `broken`: labels with `|` where their lines end.
    """

    name: str
    scan: Scan
    one_grid: bool = True
    wide_punctuation: bool = False
    before_value: str = ""
    broken: tuple[str, ...] = ()

    @cached_property
    def css(self) -> str:
        sheets = (SHEETS / "base.css", SHEETS / f"{self.name}.css")
        return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)

    @cached_property
    def lines(self) -> dict[str, str]:
        return {label.replace("|", ""): label for label in self.broken}


OUTCOMES = ("结果|维持", "结果|纠正", "其他|结果", "尚未|审结")
APPLICANTS = ("商业|企业", "科研|机构", "社会|公益|组织", "法律|服务|机构")

STYLES = (
    # A web page sent to the printer: thin grey rules, a table per block.
    Style(
        "xiaoying_2023",
        Scan(dpi=200, seed=1),
        one_grid=False,
        before_value="\u00a0",
        broken=("商业|企业", "科研|机构", "结果|纠正", "其他|结果", "尚未|审结"),
    ),
    # An official document in Song type; the table's last row falls alone on a page.
    Style("laocheng_2024", Scan(dpi=300, seed=2, quality=70), broken=OUTCOMES),
    # Kai type, green caption bands, the applications table on landscape pages; scanned in colour.
    Style(
        "ouhai_2023",
        Scan(dpi=200, seed=3, colour=True, quality=75),
        wide_punctuation=True,
        broken=(*APPLICANTS, *OUTCOMES),
    ),
    # Small type, heavy rules that only each cell's right and foot draw.
    Style(
        "shekou_2024",
        Scan(dpi=250, seed=4, quality=75, suffix=".tif"),
        broken=(*APPLICANTS[:2], *OUTCOMES[1:]),
    ),
    # The 2019 form, a table per block, twice in the file.
    Style(
        "neijiang_gaoxin_2019",
        Scan(dpi=150, seed=5, quality=85),
        one_grid=False,
        wide_punctuation=True,
    ),
)
