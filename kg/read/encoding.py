"""Bytes to text: the encodings that Chinese texts come in, told apart even when short."""

from __future__ import annotations

import re
from functools import cache

from charset_normalizer import from_bytes

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{2,20})|<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w-]{2,20})",
    re.IGNORECASE,
)
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "hz": "hz", "big5": "cp950"}
_SAMPLE = 40_000
_FAULTS = 0.002
"""Share of undecodable characters that a text may have and still be read."""
COMMON = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法"
    "所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四"
    "日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代"
    "想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农"
    "指区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联认六共权收证改"
    "清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报类八离华名确才科张信马节话米整空元况今集温传土许步群"
    "广石记需段研界林律叫且究观越织装市县省村街镇企业银行投资发展改革创新项目工程推动建设国家政府会议主席书记委员总理部长局长"
)
"""Characters that make up about half of any modern Chinese text."""
_TRADITIONAL = (
    "這為個國時來們對會發動產種學經進著電裡體機當從業應開還與關線內數無問義樣間實現點統較將組見計別處給門領東導壓爭濟階"
    "術極聯認權證轉單風帶場車務萬達議聲報類離華確張馬節話況傳許廣記織裝縣鎮銀資書員總長區號"
)


def decode(data: bytes) -> str | None:
    """`data` as text, or None when it is no text that we can name the encoding of."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _tolerant(data[len(mark) :], name)
    if declared := _declared(data):
        text = _strict(data, declared)
        if text is not None and "\x00" not in text:
            return text
    text = _strict(data, "utf-8")
    if text is not None and "\x00" not in text:
        return text
    return _guessed(data)


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data[:4096])
    if not match:
        return None
    name = (match[1] or match[2]).decode("ascii", "ignore").lower()
    return _SUPERSETS.get(name, name)


def _guessed(data: bytes) -> str | None:
    names = ["utf-16-le", "utf-16-be"] if b"\x00" in data[:_SAMPLE] else ["gb18030", "cp950", "utf-8"]
    if len(data) % 2 == 0 and b"\x00" not in data[:_SAMPLE]:
        names += ["utf-16-le", "utf-16-be"]
    scored = sorted((-_likeness(data, name), order, name) for order, name in enumerate(names))
    score, _, best = scored[0]
    if score < -0.15:
        return _tolerant(data, best)
    if b"\x00" in data[:_SAMPLE]:
        return None
    match = from_bytes(data[:_SAMPLE]).best()
    return _tolerant(data, match.encoding) if match else None


def _likeness(data: bytes, encoding: str) -> float:
    """How much a sample, decoded so, looks like Chinese: the share of very common characters."""
    text = data[:_SAMPLE].decode(encoding, "replace")
    letters = [char for char in text if not char.isascii()]
    if not letters:
        return 0.0
    common = _common()
    return (sum(char in common for char in letters) - 5 * letters.count("\ufffd")) / len(letters)


@cache
def _common() -> frozenset[str]:
    return frozenset(COMMON + _TRADITIONAL + "，。、：；“”《》（）「」？！　")


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _tolerant(data: bytes, encoding: str) -> str | None:
    """Decoded text with the odd broken character marked; None when they are more than a few."""
    text = data.decode(encoding, "replace")
    faults = text.count("\ufffd")
    return text if faults <= max(1, _FAULTS * len(text)) else None
