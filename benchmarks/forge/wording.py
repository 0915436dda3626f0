"""How an office words and sets the labels of a form: as the notice does, or as seen in the wild."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

VARIANTS = {
    "2.其他法律行政法规禁止公开": ("2.其他法律行政止公开", "2.其他法律、行政法规禁止公开"),
    "3.危及“三安全一稳定”": ('3.危及"三安全一稳定"', "3.危及三安全一稳定"),
    "四、结转下年度继续办理": ("四、结转下一年度继续办理",),
    "法人或其他组织": ("法人或者其他组织",),
    "本年新公开数量": ("本年新制作数量",),
    "行政规范性文件": ("规范性文件",),
    "第二十条第(一)项": ("第二十条 第(一)项", "第二十条第一项"),
    "第二十条第(八)项": ("第二十条第(八) 项",),
    "本年增/减": ("本年增减",),
    "未经复议直接起诉": ("未经复议而直接起诉",),
    "(六)其他处理": ("(六) 其他处理",),
    "3.补正后申请内容仍不明确": ("3.补正后申请內容仍不明确",),
    "4.无正当理由大量反复申请": ("4.无正当理由大量返复申请",),
    "1.信访举报投诉类申请": ("1.信访、举报、投诉类申请",),
    "(一)政府信息公开工作专门机构数": ("(一)政府信息公开专门机构数",),
    "(三)从事政府信息公开工作人员数": ("(三)从事政府信息公开工作的人员数",),
}
"""Labels, and other wordings, typing errors among them, in which they are printed."""

BREAKS = (
    "结果|维持", "结果|纠正", "其他|结果", "尚未|审结", "商业|企业", "科研|机构", "社会|公益|组织",
    "法律|服务|机构",
)  # fmt: skip
"""Labels of narrow cells, with `|` where an office ends their lines."""

_WIDE = str.maketrans(",:;()", "，：；（）")


def wordings(labels: Sequence[str], chance: Random) -> dict[str, str]:
    """The printed text of each label, `|` where a line is ended by hand."""
    odd, broken, wide = chance.random() < 0.35, chance.random() < 0.5, chance.random() < 0.5
    lines = {label.replace("|", ""): label for label in BREAKS}
    worded = {}
    for label in labels:
        text = label
        if odd and label in VARIANTS and chance.random() < 0.4:
            text = chance.choice(VARIANTS[label])
        elif broken:
            text = lines.get(label, label)
        worded[label] = widened(text) if wide else text
    return worded


def widened(text: str) -> str:
    """With Chinese brackets, and Chinese stops where a Chinese character stands beside them."""
    return re.sub(r"[()]|(?<=[^\x00-\x7f])[,:;]|[,:;](?=[^\x00-\x7f])", _wide, text)


def _wide(match: re.Match[str]) -> str:
    return match[0].translate(_WIDE)
