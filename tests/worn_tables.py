"""Drawn tables as poor scans give them: labels worn, and read without certainty."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from document.form import TableForm
from document.report import ReadTable

UNSURE = 0.3
"""The probability of a label read badly."""

DISCLOSURE_2019 = """
第二十条第（一）项 | < | < | <
信息内容 | 本年新制作数量 | 本年新制作数量 | 对外公开总数量
规章 | 1 | 2 | 3
规范性文件 | 4 | 5 | 6
第二十条第 | < | < | <
信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量
行政许可 | 16 | +19 | 11
其他对外管理服务事项 | 12 | −3 | 0
第二十条第（六）项 | < | < | <
信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量
行政处罚 | 585 | 14 | 162
行政强制 | 31 | 0 | 86
第二十条第（八）项 | < | < | <
信息内容 | 上一年项目数量 | 本年增/减 | .
行政事业性收费 | 2 | -1 | .
第二十条第（九）项 | < | < | <
信息内容 | 采购项目数量 | 采购总金额 | <
政府集中采购 | 388 | 462.657万元 | <
"""


def rows_of(art: str) -> list[list[str]]:
    return [
        [cell.strip().replace("/", "\n") for cell in line.split("|")]
        for line in art.strip().splitlines()
    ]


def statistics_rows(form: TableForm) -> list[list[str]]:
    """The 2014 list as printed, headings without values and the unit column included."""
    rows = [["统计指标", "单位", "统计数"]]
    above: Sequence[str] = ()
    for number, line in enumerate(form.blocks[0].rows):
        path = [label.text for label in line.labels]
        rows += ([text, "——", "."] for text in path[:-1] if text not in above)
        rows.append([path[-1], line.unit or ".", str(number)])
        above = [*above, *path]
    return rows


def damaged(rows: list[list[str]], share: float, chance: random.Random) -> list[list[str]]:
    """The labels with a share of their characters lost, and as many wrong."""

    def worn(text: str) -> str:
        if text in {"<", "^", "."} or text.replace(".", "").isdigit():
            return text
        kept = (char for char in text if chance.random() > share)
        return "".join(
            chance.choice("的一不了人我") if chance.random() < share else c for c in kept
        )

    return [[worn(text) or "." for text in row] for row in rows]


def badly_read(table: ReadTable) -> ReadTable:
    """The same with all words read without certainty."""
    return ReadTable(
        table.grid,
        tuple(
            reading
            if not reading.text or reading.text.isdigit()
            else replace(reading, probability=UNSURE, candidates=())
            for reading in table.readings
        ),
    )
