"""Every word of the pages, in Chinese and English, side by side."""

from __future__ import annotations

from collections.abc import Mapping

Pair = tuple[str, str]
"""Chinese, English; `{n}` and the like stand for what the page fills in."""

_FRAME: dict[str, Pair] = {
    "brand": ("勾稽", "Gouji"),
    "review": ("复核", "Review"),
    "skip": ("跳到正文", "Skip to the content"),
    "sections": ("页面", "Pages"),
    "queue": ("逐格", "One by one"),
    "groups": ("同值", "Side by side"),
    "documents": ("文件", "Files"),
    "progress": ("进度", "Progress"),
    "help": ("帮助", "Help"),
    "language": ("English", "中文"),
    "theme": ("浅色／深色", "Light or dark"),
    "logout": ("退出", "Log out"),
    "login": ("登录", "Log in"),
    "name": ("姓名", "Name"),
    "password": ("密码", "Password"),
    "login_failed": ("姓名或密码不对。", "Name or password is wrong."),
    "close": ("关闭", "Close"),
    "dismiss": ("知道了", "Dismiss"),
    "needs_script": (
        "此页需要浏览器启用脚本。",
        "This page needs a browser that runs scripts.",
    ),
    "loading": ("读取中…", "Loading …"),
    "failed": ("服务器没有给出答复：{message}", "The server gave no answer: {message}"),
    "offline": (
        "连不上服务器。答案没有丢：{n} 个在等待发送。",
        "The server cannot be reached. Nothing is lost; answers waiting to be sent: {n}.",
    ),
    "signed_out": (
        "登录已失效。答案没有丢：{n} 个在等待发送。",
        "You are logged out. Nothing is lost; answers waiting to be sent: {n}.",
    ),
    "signed_in_other": (
        "此浏览器现在登录的是 {name}。您的答案没有丢：{n} 个在等待发送；请用您自己的姓名重新登录。",
        "{name} is logged in in this browser now. Nothing is lost; answers waiting to be sent: "
        "{n}. Log in as yourself again to send them.",
    ),
    "somebody_else_here": (
        "此浏览器现在登录的是 {name}",
        "{name} is logged in in this browser now",
    ),
    "login_again": ("在新页登录", "Log in on a new page"),
    "retry": ("再试", "Try again"),
    "no_connection": ("连不上", "it cannot be reached"),
    "login_expired": ("登录已失效，请重新登录", "you are logged out; log in again"),
}

_QUEUE: dict[str, Pair] = {
    "left": ("还有 {n} 格", "{n} left"),
    "only": ("只看：{what}", "Only: {what}"),
    "all_cells": ("看全部", "Show all"),
    "row": ("行", "Row"),
    "column": ("列", "Column"),
    "cell_picture": ("单元格的图像", "Picture of the cell"),
    "around_picture": ("单元格所在的行与列", "Its row and column on the page"),
    "no_picture": ("页面上没有找到这一格。", "The page has no such cell."),
    "picture_failed": ("图像打不开。", "The picture cannot be shown."),
    "your_answer": ("这一格印的是", "What is printed here"),
    "keys_here": (
        "数字直接输入，回车确认",
        "Type digits at once, Enter accepts",
    ),
    "accept": ("确认", "Accept"),
    "accept_blank": ("确认为空", "Accept as blank"),
    "rivals": ("其他读法", "Other readings"),
    "blank": ("空白", "Blank"),
    "unreadable": ("无法辨认", "Unreadable"),
    "undo": ("撤销", "Undo"),
    "whole_table": ("整表", "Whole table"),
    "why": ("为何要看", "Why you are asked"),
    "just_compare": ("请与图像核对", "Please compare with the picture"),
    "read_as": ("识别为“{read}”", "Read as “{read}”"),
    "announce": ("{row}，{column}：{value}", "{row}, {column}: {value}"),
    "sums": ("勾稽关系", "Sums"),
    "no_sums": ("没有哪条勾稽关系涉及这一格。", "No rule speaks of this cell."),
    "holds": ("相符", "holds"),
    "off_by": ("差 {n}", "off by {n}"),
    "open": ("未定", "open"),
    "nothing_typed": (
        "没有可确认的数：请输入，或按 B（空白）、U（无法辨认）。",
        "Nothing to accept: type a value, or press B (blank) or U (unreadable).",
    ),
    "settled": ("又有 {n} 格算清", "{n} more settled"),
    "reopened": ("{n} 格重新存疑", "{n} doubted again"),
    "this_settled": ("这一格已经算清，略过", "That cell is settled now; skipped"),
    "undone": ("已撤销", "Undone"),
    "nothing_to_undo": ("没有可撤销的", "Nothing to undo"),
    "conflict": (
        "{by} 已先答了“{cell}”：{theirs}。您的答案“{yours}”已记入历史。",
        "{by} was first at “{cell}”: {theirs}. Your answer “{yours}” is kept in the history.",
    ),
    "somebody": ("别人", "Somebody else"),
    "look_again": ("再看这一格", "Look at it again"),
    "refused": (
        "服务器没有接受“{cell}”的答案“{yours}”：{message}",
        "The answer “{yours}” for “{cell}” was not taken: {message}",
    ),
    "proposal_look": ("这些数可能放错了行列：看一看", "Numbers may be in the wrong place: look"),
    "proposal_title": ("移动这些数？", "Move these numbers?"),
    "proposal_print": (
        "栏目清楚：若原件就是这样印的，请不要移动，照印的答。",
        "The labels are clear: if the page is printed so, do not move; what is printed counts.",
    ),
    "proposal_cells": ("移动前 → 移动后", "Before → after"),
    "proposal_picture": ("这些格在表中的位置", "These cells in their table"),
    "proposal_apply": ("移动", "Move them"),
    "proposal_decline": ("位置没错，不动", "Leave them"),
    "proposal_moved": ("已移动", "Moved"),
    "proposal_left": ("没有移动，逐格去看", "Left in place; each cell is asked for itself"),
    "proposal_changed": ("这些格刚有变化，请再看", "The cells have changed; please look again"),
    "error_no_number": ("这一格容不下这样的数", "this cell cannot hold such a number"),
    "error_no_item": ("这一格已不在", "the cell is not there any more"),
    "not_kept": (
        "{n} 个答案服务器存不下：{cells}",
        "Answers that could not be kept: {n} ({cells})",
    ),
    "discard": ("放弃", "Discard"),
    "lost": (
        "别人正在看这一格；您的答案仍可提交，先后由服务器判定。",
        "Somebody else has this cell now; you may answer all the same.",
    ),
    "answered_before": ("这一格已有答案，可以更正。", "Answered before; you may correct it."),
    "no_neighbour": ("那边没有要看的格", "No cell to look at that way"),
    "all_done": ("全部看完了", "All done"),
    "all_done_more": ("没有要看的单元格了。", "No cell waits for you."),
    "others_busy": ("其余的别人正在看", "Others are at the rest"),
    "others_busy_more": (
        "还有 {n} 格，都在别人手上；有放回的会自动出现。",
        "Left: {n}, all with others; what they give back will show up here.",
    ),
}

_KEYS: dict[str, Pair] = {
    "keys": ("按键", "Keys"),
    "key_digits": ("输入新值", "start a new value"),
    "key_backspace": ("改最后一位", "take off the last digit"),
    "key_escape": ("放弃输入，回到识别值", "give up what was typed, back to the reading"),
    "key_enter": ("确认所示的值", "accept what is shown"),
    "key_rivals": ("选其他读法", "pick another reading"),
    "key_blank": ("格内无字，或只有一横一杠", "nothing is printed, or only a stroke"),
    "key_unreadable": ("有字，谁也认不出", "something is, and nobody can read it"),
    "key_move": ("看移动行列的建议", "look at a proposal to move numbers"),
    "key_undo": ("撤销上一个答案", "undo the last answer"),
    "key_arrows": ("表中相邻的格", "the cell beside it in the table"),
    "key_help": ("打开或关闭本表", "show or hide this list"),
}

_OTHERS: dict[str, Pair] = {
    "group_title": ("读作 {value} 的 {n} 格", "Read as {value}: {n}"),
    "group_blank": ("读作空白的 {n} 格", "Read as blank: {n}"),
    "group_how": (
        "点出不是这个数的格，其余一并确认。方向键移动，空格标记，回车确认其余。",
        "Mark the odd ones, accept the rest. Arrows move, space marks, Enter accepts the rest.",
    ),
    "accept_rest": ("确认其余 {n} 格", "Accept the other {n}"),
    "accept_all": ("全部 {n} 格确认", "Accept all {n}"),
    "look_on": ("往下看，还有 {n} 格没看到", "Look on: {n} not seen yet"),
    "marked": ("标出 {n} 格", "{n} marked"),
    "odd": ("不是这个数", "odd one"),
    "group_accepted": ("确认 {n} 格", "{n} accepted"),
    "group_refused": ("{n} 格别人已先答", "{n} were answered by others meanwhile"),
    "one_by_one": ("逐格去看", "Go through them one by one"),
    "no_groups": ("没有可以并排看的格了", "No cells to look at side by side"),
    "table_title": ("整表", "Table"),
    "show_values": ("在图上显示数值", "Show values over the page"),
    "page": ("第 {n} 页", "Page {n}"),
    "not_on_page": ("页面上没有的格", "Not on the page"),
    "accepted": ("已采信", "accepted"),
    "to_review": ("待看", "to review"),
    "by_hand": ("人工", "by hand"),
    "find": ("按文件名或机关查找", "Find by file name or body"),
    "by_flag": ("按原因", "By reason"),
    "file": ("文件", "File"),
    "agency": ("机关", "Body"),
    "year": ("年度", "Year"),
    "done": ("已看", "Done"),
    "settled_count": ("算清", "Settled"),
    "open_count": ("待看", "Left"),
    "tables_in": ("各表", "Tables"),
    "nothing_found": ("没有符合的文件。", "No such file."),
    "start": ("开始", "Start"),
    "leased": ("正在看", "Being looked at"),
    "median": ("每格用时", "Time per cell"),
    "finish": ("预计完成", "Expected finish"),
    "reviewer": ("复核人", "Reviewer"),
    "answers": ("答案", "Answers"),
    "pace": ("每小时", "Per hour"),
    "agreement": ("一致率", "Agreement"),
    "agreement_what": (
        "一致率：别人再看同一格时说法相同的比例。",
        "Agreement: how often a second look by somebody else says the same.",
    ),
    "nobody_yet": ("还没有人作答。", "Nobody has answered yet."),
    "seconds": ("{n} 秒", "{n} s"),
    "none_yet": ("—", "—"),
}

_PEOPLE: dict[str, Pair] = {
    "people": ("人员", "People"),
    "role": ("角色", "Role"),
    "role_reviewer": ("复核人", "Reviewer"),
    "role_admin": ("管理员", "Admin"),
    "make_reviewer": ("改为复核人", "Make reviewer"),
    "make_admin": ("改为管理员", "Make admin"),
    "new_password": ("新密码", "New password"),
    "set": ("设定", "Set"),
    "remove": ("停用", "Remove"),
    "removed": ("已停用", "removed"),
    "somebody_new": ("添加人员", "Somebody new"),
    "add": ("添加", "Add"),
    "people_what": (
        "停用的人不能再登录，答案都留存；给他们重新设定须用命令行。换了密码须重新登录。",
        "Who is removed signs in no more; their answers stay, and `gouji review people add` lets "
        "them in again. Who gets a new password signs in again.",
    ),
    "people_name": ("姓名须有 1 至 80 个可见字符。", "A name has 1 to 80 printable characters."),
    "people_password": ("密码须有 {n} 至 200 个字符。", "A password has {n} to 200 characters."),
    "people_self": ("不能停用自己或改自己的角色。", "Nobody removes or demotes themselves."),
    "people_unknown": ("没有这个人。", "There is nobody of that name."),
    "people_exists": ("已有此人。", "There is somebody of that name already."),
}

_HELP: dict[str, Pair] = {
    "help_ask": ("要答的是什么", "What is asked"),
    "help_ask_text": (
        "每次一格：图上印的是什么，就答什么。不要替报表改数：印错的数照印的答，勾稽不符会照实记录。",
        "One cell at a time: say what is printed. Do not mend the report: a number that is printed "
        "wrong is answered as it is printed, and that it does not add up is recorded.",
    ),
    "help_sums": ("勾稽关系", "The sums"),
    "help_sums_text": (
        "右侧随输入即时计算。相符是读对的旁证；不符可能是读错，也可能是印错——以图为准。",
        "They follow what you type. One that holds speaks for the reading; one that fails may be a "
        "misreading or a misprint: the picture decides.",
    ),
    "help_blank": ("空白与无法辨认", "Blank and unreadable"),
    "help_blank_text": (
        "格内没有字，或只有“/”“-”“—”“无”，是空白，不是 0。有字而认不出，按 U，不要猜。",
        "Nothing printed, or only “/”, “-”, “—” or “无”, is blank, and not 0. If something is "
        "there that you cannot make out, press U and do not guess.",
    ),
    "help_next": ("之后", "Afterwards"),
    "help_next_text": (
        "每答一格，该报告的勾稽重算一遍，因此算清的格自动离开队列。别人先答了同一格时会告诉您，"
        "两个答案都留存。",
        "After each answer the report's sums run again, and cells that this settles leave the "
        "queue. If somebody else was first you are told, and both answers are kept.",
    ),
    "help_flags": ("原因", "Reasons"),
}

FLAGS: Mapping[str, Pair] = {
    "low_confidence": ("识别没有把握", "The reader is not sure enough"),
    "corrected": ("勾稽选了另一读法", "The sums chose another reading"),
    "inferred": ("无法辨认，由勾稽推得", "Illegible; the sums leave this value"),
    "source_inconsistent": ("印得清楚，但不合勾稽", "Clearly printed, but does not add up"),
    "blank": ("似为空白", "Seems to be blank"),
    "not_found": ("页面上没有找到", "Not found on the page"),
    "unexpected_text": ("不只是一个数", "Something other than a number"),
    "reader_disagreement": ("文字层与图像不一", "Text layer and picture differ"),
    "narrative_mismatch": ("与正文所述不一", "The text gives another number"),
    "year_mismatch": ("与上一年不衔接", "Does not follow from last year"),
}

WORDS: Mapping[str, Pair] = {
    **_FRAME, **_QUEUE, **_KEYS, **_OTHERS, **_PEOPLE, **_HELP,
    **{f"flag_{flag}": pair for flag, pair in FLAGS.items()},
}  # fmt: skip
