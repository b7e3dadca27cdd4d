"""What the short lines of an official document say: a title, an office, a note, a name.

The word lists are those of GB/T 9704 and of the statutes' drafting rules: the kinds of
documents, the endings of offices' names, the offices that persons sign with.
"""

from __future__ import annotations

import re

from publishing.clauses.parser.dates import DATE

LONGEST_TITLE_LINE = 60

# Kinds that a title with 关于 ends with, and further words that end titles of what is issued.
_LETTERS = (
    "通知|意见|决定|决议|公报|公告|通告|通报|报告|请示|批复|议案|函|纪要|命令|令|答复|建议|提案|"
    "办法|规定|规则|细则|条例|方案|规划|纲要|计划|要点|解释|说明|安排|措施|实施意见|声明|公示|倡议书"
)
_WORKS = (
    "制度|章程|准则|守则|标准|规范|规程|指南|指引|目录|清单|名单|政策|分工|总结|解读|法|法典|修正案|"
    "协议|合同|公约|承诺书|表|程序|流程|机制|体系|纲领|简报|讲话|致辞|手册|须知|文本|格式|样式|式样|"
    "图|案|稿|预案|书|名册|要求|任务|重点|事项|要览|汇编|明细|范围|情况|图解|问答|大纲|意见书|税则"
)
_ENDS_LETTER = re.compile(rf"(?:{_LETTERS})$")
_ENDS_WORK = re.compile(rf"(?:{_LETTERS}|{_WORKS})$")
_PASSED_ON = re.compile(r"印发|转发|批转|关于(?:公布|发布|下发)")
_SUFFIX = re.compile(r"(?:[（(][^（）()]{1,24}[）)])+$")
_GOES_ON = re.compile(r"^(?:的|和|与|及|暨|以及|等|、)")

_OFFICE = re.compile(
    r"(?:政府|办公厅|办公室|委员会|国务院|局|厅|部|院|委|会|处|署|行|公司|中心|站|所|镇|乡|街道|"
    r"党委|党组|党校|法院|检察院|总社|集团|大学|学院|学校|医院|组|科|社|馆|台|团|队|银行|军委|"
    r"人大|政协|支部|分局|办|办事处|居委|村委|联席会议|指挥部|基金|协会|工会|妇联|政务服务网|"
    r"公安部|管委会|理事会|代表大会|联合会|红十字会)(?:[（(](?:代章|印章|盖章|章|公章)[）)])?$"
)
_OFFICER = (
    r"(?:代)?(?:总理|主席|省长|州长|市长|县长|区长|镇长|乡长|主任|部长|局长|署长|行长|院长|检察长|"
    r"委员长|秘书长|会长|总书记|书记|厅长|司长|关长|社长|台长|审计长|理事长|盟长|旗长)"
)
_PERSON = re.compile(rf"{_OFFICER}[:：]?[\u4e00-\u9fff·]{{2,6}}$")
_JUNK = "&;abcdefghijklmnopqrstuvwxyz"  # rests of HTML such as &nbsp;
_SENTENCE = re.compile(r"[。；：，？！;:,?!]")
_SIGN_STOPS = re.compile(r"[。；，、？！;,?!“”《》]")

_NOTE = re.compile(
    r"(?:抄送|抄报|分送|主送|报送|发送|主题词|联系人|联系电话|联系方式|联系地址|联系单位|电话|传真|"
    r"邮箱|电子邮箱|校对|打字|共印|公开方式|公开属性|公开形式|公开类别|信息公开选项|信息公开类别|"
    r"发布范围|印发机关|承办单位|承办单位联系人|经办人|政务公开属性)\s*[:：]"
)
_META = re.compile(
    r"(?:索引号|主题分类|发文机关|发文字号|成文日期|发布日期|标题|有效性|公文种类|体裁分类|"
    r"组配分类|名称|文号|信息来源|发文单位|生成日期|公开日期|时效性|公布日期|施行日期|关键词|来源|"
    r"发布机构|统一登记号|实施日期|生效日期|废止日期|主题词|签发人|份号|密级|紧急程度)[:：]"
)
_SECRECY = re.compile(
    r"(?:绝密|机密|秘密|内部|特急|加急|平急|特提|急件)(?:★.{0,8})?|No\.?\d{1,8}|\d{6}"
)
_ENACTED = re.compile(
    r"通过|公布|发布|施行|实施|修订|修正|修改|批准|颁布|备案|生效|废止|公告|令|印发|审议|起施|根据|执行|废止"
)
_ANY_DATE = re.compile(DATE)
_DATED = re.compile(rf"^[（(〔]?\s*(?:根据|自)?\s*{DATE}")
_ENACTED_ON = re.compile(rf"{DATE}|施行|通过$|公布$")
_RECIPIENT_NOT = re.compile(
    r"如下|以下|下列|事项|现将|根据|为了|按照|规定|主要是|包括|认为|决定|要求|意见|指出|同意|答复如|情况"
)
_OPENING = re.compile(r"(?:关于|印发|转发|批转|对)")


def squeeze(text: str) -> str:
    """The text without its white space: 国 务 院 and 国务院 compare equal."""
    return "".join(text.split())


def is_title_line(squeezed: str) -> bool:
    """Whether a line could be (a piece of) a title: short, and no sentence."""
    if not squeezed or len(squeezed) > LONGEST_TITLE_LINE:
        return False
    return _SENTENCE.search(re.sub(r"[《“][^《》“”]*[》”]", "", squeezed)) is None


def ends_title(squeezed: str) -> bool:
    """Whether a title is complete: brackets closed, and its last word names a document."""
    bare = _SUFFIX.sub("", squeezed) or squeezed
    for opening, closing in ("《》", "“”", "（）", "()"):
        if bare.count(opening) > bare.count(closing):
            return False
    passed_on = _PASSED_ON.search(bare)
    if passed_on and not re.search(r"的(?:命令|令|通知|函|公告|决定|意见|通告|批复)$", bare):
        return False
    return (_ENDS_LETTER if "关于" in bare else _ENDS_WORK).search(bare) is not None


def goes_on(squeezed: str) -> bool:
    """Whether a line can only be the rest of the one above it (…的通知)."""
    return _GOES_ON.match(squeezed) is not None


def is_title_suffix(squeezed: str) -> bool:
    """（试行）, （征求意见稿）, （2021—2025年）: a line in brackets that belongs to the title."""
    return (
        _SUFFIX.fullmatch(squeezed) is not None
        and _ENACTED.search(squeezed) is None
        and _ANY_DATE.search(squeezed) is None
    )


def opens_title(squeezed: str) -> bool:
    """A title without the office's name, which then stands on a line before it."""
    return _OPENING.match(squeezed) is not None


def is_office(squeezed: str) -> bool:
    """Whether a short line names an office, as a signature does."""
    return (
        2 <= len(squeezed) <= 40
        and _OFFICE.search(squeezed) is not None
        and _SIGN_STOPS.search(squeezed) is None
        and _PASSED_ON.search(squeezed) is None
        and "关于" not in squeezed
        and _ENACTED_ON.search(squeezed) is None
    )


def is_letterhead(squeezed: str) -> bool:
    """社溪镇人民政府文件: the head of the paper, an office's name and 文件."""
    return squeezed.endswith("文件") and is_office(squeezed.removesuffix("文件"))


def is_signer(squeezed: str) -> bool:
    """Whether a short line is what a document is signed with: an office or an officer."""
    squeezed = squeezed.rstrip(_JUNK)
    return is_office(squeezed) or (len(squeezed) <= 16 and _PERSON.search(squeezed) is not None)


def may_sign(squeezed: str) -> bool:
    """A looser look, for the one line right above a date."""
    return (
        2 <= len(squeezed) <= 30
        and _SIGN_STOPS.search(squeezed) is None
        and not squeezed.endswith(("：", ":"))
        and not ends_title(squeezed)
    )


def is_bracketed_note(squeezed: str) -> bool:
    """（此件公开发布）, （本文有删减）."""
    return squeezed[:1] in "（(【" and squeezed[-1:] in "）)】" and len(squeezed) <= 80


def is_closing_note(text: str) -> bool:
    """抄送：…, 联系人：…: what stands below signature and date."""
    return _NOTE.match(text) is not None


def is_head_note(squeezed: str) -> bool:
    """A line above the body that is no title: secrecy, urgency, fields of a web page, dates."""
    if _META.match(squeezed) or _SECRECY.fullmatch(squeezed):
        return True
    return _DATED.match(squeezed) is not None and _ENACTED.search(squeezed) is not None


def is_recipient(squeezed: str) -> bool:
    """各村（居）委会，镇直各单位：: whom the document is sent to."""
    if squeezed[-1:] in ("：", ":"):
        return (
            1 < len(squeezed) <= 400
            and "。" not in squeezed
            and _RECIPIENT_NOT.search(squeezed) is None
        )
    return squeezed[:1] == "各" and len(squeezed) <= 100 and _SIGN_END.search(squeezed) is None


_SIGN_END = re.compile(r"[。；：！？]")


def readable(pieces: list[str]) -> str:
    """A title in one line: lines joined, words that were spread or broken closed up."""
    joined = ""
    for piece in pieces:
        joined = joined + " " + piece if joined else piece
    words = joined.split()
    title = words[0] if words else ""
    for word in words[1:]:
        latin = title[-1].isascii() and word[0].isascii()
        title += f" {word}" if latin else word
    return title
