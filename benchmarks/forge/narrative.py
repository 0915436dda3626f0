"""What stands around the tables: a title, headings, a few paragraphs. All invented."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

Passage = tuple[str, str]
"""A tag (h1, h2, p, table) and its text, or the table's id."""

_PLACES = ("云溪", "平湾", "青石", "临川河", "长岭", "安丰", "东阳坡", "永泉", "白杨", "南浦")
_RANKS = ("市", "县", "区")
_BODIES = (
    "人民政府", "教育局", "民政局", "财政局", "交通运输局", "水利局", "农业农村局", "卫生健康局",
    "统计局", "市场监督管理局", "自然资源局", "人力资源和社会保障局", "城关镇人民政府",
    "河东街道办事处",
)  # fmt: skip

_SENTENCES = (
    "本单位坚持以公开为常态、不公开为例外,把政府信息公开工作列入年度重点任务。",
    "全年通过门户网站、政务新媒体和公告栏发布各类信息{n}条,内容涵盖财政预决算、行政执法和公共服务。",
    "对群众来电来访提出的问题,安排专人登记、答复并定期回访。",
    "办公室组织业务培训{few}次,{n}人次参加,进一步提高了工作人员的业务水平。",
    "政策文件印发后及时配发解读材料,采用图解、问答等形式,方便群众理解。",
    "建立了信息发布审核制度,做到先审查、后公开,一事一审,全年未发生泄密事件。",
    "对依申请公开的每一个环节建立台账,从登记、审核、办理到答复、归档均有记录。",
    "网站栏目重新梳理,撤并重复栏目{few}个,新增专题{few}个。",
    "工作考核纳入年度目标管理,由监察部门和办公室共同检查落实情况。",
    "存在的问题主要是公开内容不够丰富,个别科室主动公开的意识有待增强。",
    "下一步将健全工作机制,充实人员力量,不断提高公开的质量和时效。",
    "对照《中华人民共和国政府信息公开条例》的规定,及时更新公开指南和公开目录。",
)

_OPENING = (
    "根据《中华人民共和国政府信息公开条例》的要求,现公布{agency}{year}年政府信息公开工作年度报告。"
    "本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
)

_HEADINGS = {
    "disclosure": "二、主动公开政府信息情况",
    "applications": "三、收到和处理政府信息公开申请情况",
    "litigation": "四、政府信息公开行政复议、行政诉讼情况",
    "statistics": "{year}年度政府信息公开情况统计表",
}


def agency(chance: Random) -> str:
    """An office that does not exist."""
    return chance.choice(_PLACES) + chance.choice(_RANKS) + chance.choice(_BODIES)


def passages(name: str, year: int, tables: Sequence[str], chance: Random) -> Iterator[Passage]:
    """The report from its title to its last paragraph, with the tables in their places."""
    yield "h1", f"{name}{year}年政府信息公开工作年度报告"
    if chance.random() < 0.8:
        yield "p", _OPENING.format(agency=name, year=year)
    yield "h2", "一、总体情况"
    yield from _paragraphs(chance, 1, 3)
    for table in tables:
        yield "h2", _HEADINGS[table].format(year=year)
        if chance.random() < 0.2:
            yield from _paragraphs(chance, 1, 1)
        yield "table", table
    if chance.random() < 0.8:
        yield "h2", f"{'五' if len(tables) > 1 else '二'}、存在的主要问题及改进情况"
        yield from _paragraphs(chance, 1, 2)


def _paragraphs(chance: Random, least: int, most: int) -> Iterator[Passage]:
    for _ in range(chance.randint(least, most)):
        chosen = chance.sample(_SENTENCES, chance.randint(2, 5))
        yield (
            "p",
            "".join(s.format(n=chance.randint(12, 980), few=chance.randint(2, 9)) for s in chosen),
        )
