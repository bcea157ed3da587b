"""Bylines: who wrote an article, taken out of the text that carries them.

A byline is a role (记者, 通讯员, 作者…) followed by names, alone on a line, in brackets, or before
the first sentence; a dateline (新华社北京10月12日电) may stand before it. Editors, proofreaders and
photographers stand in credits and are not authors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐"
    "费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝"
    "董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔"
    "吉钮龚程嵇邢裴陆荣翁荀羊甄曲家封芮储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙"
    "叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温"
    "别庄晏柴瞿阎充慕连茹习艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩聂晁勾敖融冷訾辛阚那简饶空曾"
    "沙养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公岳帅缑亢况有琴商佘佟信言福仝肖涂代付闫覃苑缴母肇原鹿银冼战展揭农"
    "赵錢孫吳鄭馮陳褚衛蔣韓楊許呂張嚴華謝鄒喻蘇魯韋馬鳳費賀湯羅畢鄔傅齊顧黃蕭談龐項閔賈婁顏鍾駱蔡樊淩霍虞盧應鄧單諸鈕龔陸榮劉葉"
    "黎賴藺喬譚勞連習簡饒聶豐關遊"
)
_HAN = r"\u4e00-\u9fff"
_WRITER = (
    r"(?:首席|资深|高级|特约|特派|实习|见习|驻[^\s（）()，。]{1,8}|本报|本刊|本网|全媒体|融媒体|调查|一线)*"
    r"(?:记者|記者|通讯员|通訊員|实习生|作者|撰文|撰稿人?|采写|采访|文字|主笔|特约撰稿人?|文)"
)
_SCHOLAR = r"(?:研究员|观察员|评论员|分析师)"
"""Writers only at the head of a text: elsewhere they are people in the news."""
_OTHER = (
    r"(?:责任|文字|新媒体|值班|实习|见习|视频|图片|美术|网络|每经|执行|本期)*"
    r"(?:编辑|責任編輯|編輯|责编|校对|校對|校|审校|审核|审读|复审|终审|初审|一审|二审|三审|监制|总监制|统筹|主编|编审|编委|总编辑?|"
    r"策划|制作|制图|剪辑|摄影|攝影|摄像|拍摄|视觉|美编|设计|出品|主播|配音|排版|翻译|编译|来源|视频|图片|图|签发|责校|版式)"
)
_REACH = 120
"""A byline ends within this many characters of the head of its paragraph."""
_MARK = r"\s*[:：|丨｜/／]\s*"
_ROLE = re.compile(rf"(?P<writer>{_WRITER}|{_SCHOLAR})|(?P<other>{_OTHER})")
_OUTLET = rf"[{_HAN}\w.·&（）()《》“”—-]{{0,24}}?"
_DATELINE = (
    rf"[{_HAN}\w·—-]{{1,16}}?(?:社|网|報|报|台|刊|讯|经纬|财经|客户端)\s?[{_HAN}]{{0,16}}?"
    r"\s?\d{1,2}\s?月\s?\d{1,2}\s?日\s?(?:电|讯|電|訊|消息)"
)
_AWAY = rf"(?:[{_HAN}、]{{2,12}}?(?:报道|報道|報導)|发自[{_HAN}、]{{2,12}})"

_OUTLETS = rf"{_OUTLET}(?:\s{_OUTLET})?"
_OPEN, _CLOSED = r"[（(【〔\[]", r"[)）】〕\]]"
_INSIDE = r"[^（）()【】〔〕\[\]]"
_BULLET = re.compile(r"[□■●◆◇○▪★☆]\s*")
_ALONE = re.compile(
    rf"^{_OPEN}?\s*(?:{_OUTLETS}{_WRITER}|{_OTHER})(?:{_MARK}|\s+|(?=[{_HAN}]))(?P<rest>.{{2,80}}?){_CLOSED}?$"
)
_BRACKETED_START = re.compile(
    rf"^(?P<line>(?:{_DATELINE}|{_OUTLET}))\s?{_OPEN}(?P<who>{_INSIDE}{{2,60}}){_CLOSED}\s*[:：]?\s*"
)
_BARE_DATELINE = re.compile(
    rf"^(?P<line>{_DATELINE})[\s，,:：]+|^{_OPEN}(?P<held>{_DATELINE}){_CLOSED}\s*"
    rf"|^[{_HAN}\w·—-]{{1,14}}?(?:报|報|网|網|社|台|刊|公司|财经|客户端)[讯訊][\s，,:：]+"
)
_WHOLE_DATELINE = re.compile(_DATELINE)
_TOKEN = re.compile(rf"[{_HAN}]{{2,4}}(?:·[{_HAN}]{{1,6}}){{0,4}}(?![{_HAN}])|[{_HAN}]\s[{_HAN}](?![{_HAN}])")
_GAP = re.compile(r"[\s、，,]+")
_SPACES = re.compile(r"\s+")
_FROM_WHERE = re.compile(
    rf"(?:^|[\s／/]+)(?:{_AWAY}|摄|文|电|讯)$"
    r"|(?:台北|臺北|新北|桃園|新竹|台中|臺中|嘉義|台南|臺南|高雄|屏東|花蓮|台東|金門|香港|北京|上海|華盛頓|東京|綜合)?\d{1,2}日[電电]$"
)
_FROM_AFAR = re.compile(rf"\s+{_AWAY}(?:[\s，,：:]+|$)")
_AT_ONCE = re.compile(r"[\d“《「『\"（(]")
_PARTED = re.compile(rf"{_MARK}|\s|[^{_HAN}]")
_CALLED = tuple("记者 記者 通讯员 通訊員 实习生 作者 编辑 編輯 责编 校对 校對 研究员 评论员 观察员".split())
"""Roles that may stand before a name with nothing between: 记者张三; but 设计方案 is no designer's name."""
_CREDITED = re.compile(
    rf"^{_MARK}[{_HAN}A-Za-z0-9_]{{2,14}}(?:[\s、，,]+[{_HAN}A-Za-z0-9_]{{2,14}}){{0,9}}[\s)）]*$"
)
"""What an editor's credit may name: anybody, as nothing is taken from it."""
_BRACKETED_END = re.compile(rf"\s*{_OPEN}(?P<who>{_INSIDE}{{2,90}}){_CLOSED}\s*$")


@dataclass(frozen=True, slots=True)
class Byline:
    """A text without its byline: the writers named, the dateline before them, and the rest."""

    rest: str
    writers: tuple[str, ...] = ()
    dateline: str = ""


def is_name(text: str) -> bool:
    """Whether `text` can be a person's name: a surname first, two to four characters, or with ·.

    >>> is_name("陶力"), is_name("近日"), is_name("欧阳娜娜"), is_name("北京报道")
    (True, False, True, False)
    """
    plain = "".join(text.split())
    if not re.fullmatch(rf"[{_HAN}]{{2,4}}|[{_HAN}]+(?:·[{_HAN}]+)+", plain):
        return False
    if plain.endswith(("报道", "获悉", "了解", "注意", "综合", "整理", "编译", "消息", "讯", "电")):
        return False
    return "·" in plain or plain[0] in _SURNAMES


def cut_byline(paragraph: str, *, opening: bool = True) -> Byline:
    """`paragraph` without a byline at its head or its end; an empty rest when it is nothing else.

    Unbracketed names before a sentence are a byline only in an `opening` paragraph.

    >>> cut_byline("中证网（记者 高改芳 见习记者 乔翔）10月12日，大会召开。")
    Byline(rest='10月12日，大会召开。', writers=('高改芳', '乔翔'), dateline='中证网')
    """
    if len(paragraph) <= _REACH and (writers := _whole(paragraph)) is not None:
        return Byline("", writers)
    head = _head(paragraph[:_REACH], opening)
    rest, writers, dateline = head.rest + paragraph[_REACH:], head.writers, head.dateline
    tail = _BRACKETED_END.search(rest, max(0, len(rest) - 96))
    if tail and (found := _roles(tail["who"])) is not None:
        rest, writers = rest[: tail.start()], (*writers, *found)
    elif tail and _WHOLE_DATELINE.fullmatch(tail["who"]):
        rest, dateline = rest[: tail.start()], dateline or tail["who"]
    return Byline(rest, writers, dateline)


def writers_in(line: str) -> tuple[str, ...]:
    """The names in a field that holds authors: `记者 张三、李四`, `张三 李四`, `文/张三`."""
    line = line[:_REACH]
    if (found := _whole(line) or _roles(line)) is not None:
        return found
    names = [part.strip() for part in re.split(r"[、，,;；/|]", line) if part.strip()]
    if len(names) == 1 and all(is_name(part) for part in names[0].split()):
        return tuple(names[0].split())
    return tuple(names)


def _whole(paragraph: str) -> tuple[str, ...] | None:
    line = _BULLET.sub("", paragraph, count=1) if _BULLET.match(paragraph) else paragraph
    return _roles(line.strip("（）()【】〔〕[] \u3000\xa0")) if _ALONE.match(line) else None


def _head(head: str, opening: bool) -> Byline:
    """The writers and the dateline at the head, and what follows them."""
    match = _BRACKETED_START.match(head)
    if match and (found := _roles(match["who"])) is not None:
        return Byline(head[match.end() :], found, match["line"])
    match = _BARE_DATELINE.match(head)
    if match:
        inner = _head(head[match.end() :], opening)
        return Byline(inner.rest, inner.writers, match["line"] or match["held"] or "")
    return _unbracketed(head) if opening else Byline(head)


def _unbracketed(head: str) -> Byline:
    """A byline that only spaces part from the text: `本报记者 张三 北京报道 9月3日，…`."""
    role = _ROLE.search(head[:32])
    if not role or not role["writer"] or not re.fullmatch(_OUTLETS, head[: role.start()]):
        return Byline(head)
    scholar = bool(re.fullmatch(_SCHOLAR, role[0]))
    place, writers = role.end(), []
    while True:
        gap = _GAP.match(head, place)
        start = gap.end() if gap else place
        role = _ROLE.match(head, start)
        token = _TOKEN.match(head, start)
        if role and role["writer"]:
            place = role.end()
        elif token and is_name(token[0]):
            writers.append("".join(token[0].split()))
            place = token.end()
        else:
            break
    away = _FROM_AFAR.match(head, place)
    gap = away or _SPACES.match(head, place)
    if not writers or not gap or (scholar and not away and not _AT_ONCE.match(head, gap.end())):
        return Byline(head)
    return Byline(head[gap.end() :], tuple(dict.fromkeys(writers)))


def _roles(text: str) -> tuple[str, ...] | None:
    """The writers among roles and their names; None when `text` is anything else than that.

    >>> _roles("每经记者 夏冰    每经编辑 陈俊杰"), _roles("记者从会上获悉")
    (('夏冰',), None)
    """
    marks = list(_ROLE.finditer(text))
    if not marks:
        return None
    marks = _outermost(marks, text)
    if len(text[: marks[0].start()]) > 24 or re.search(r"[。！？，]", text[: marks[0].start()]):
        return None
    writers: list[str] = []
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        stretch = text[mark.end() : following.start() if following else len(text)]
        if len(marks) == 1 and stretch and not (_PARTED.match(stretch) or mark[0].endswith(_CALLED)):
            return None
        names = _names(stretch, last=following is None)
        if names is None and (mark["writer"] or not _CREDITED.match(stretch)):
            return None
        if mark["writer"]:
            writers.extend(name for name in names or () if name not in writers)
    return tuple(writers)


def _outermost(marks: list[re.Match[str]], text: str) -> list[re.Match[str]]:
    """The marks that begin a word: 编辑 inside 每经编辑 is one, 文 inside 文静 is a name."""
    kept = []
    for mark in marks:
        after = text[mark.end() : mark.end() + 1]
        alone = not after or not re.match(rf"[{_HAN}]", after)
        if len(mark[0]) == 1 and not (alone and re.match(_MARK, text[mark.end() :])):
            continue
        kept.append(mark)
    return kept or marks[:1]


def _names(stretch: str, *, last: bool) -> list[str] | None:
    """The names in what follows a role; None when there is anything else but an outlet before a role."""
    stretch = re.sub(rf"^{_MARK}", "", stretch).strip("：:|丨｜/／ \u3000\xa0，,、;；")
    if last:
        stretch = _FROM_WHERE.sub("", stretch).strip()
    stretch = re.sub(rf"(?<![{_HAN}])([{_HAN}])\s([{_HAN}])(?![{_HAN}])", r"\1\2", stretch)
    parts = [part for part in re.split(r"[\s、，,;；/／&|丨｜和]+", stretch) if part]
    if not parts:
        return [] if not last else None
    names = [part for part in parts if is_name(part)]
    others = [part for part in parts if not is_name(part)]
    if others and (last or parts[-1] not in others or len(others) > 1):
        return names if names and all(_code(part) for part in others) else None
    return names


def _code(part: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-z0-9_\-()（）]{1,12}", part))
