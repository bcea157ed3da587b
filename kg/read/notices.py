"""What stands among the paragraphs of an article and is not the article.

Captions, credits, source lines, adverts, calls to follow or download, notices of copyright,
headings of related links. Each rule is a pattern of the whole line; long paragraphs are
never notices, except those that say so in their first words.
"""

from __future__ import annotations

import re

LONGEST, _LONGEST_NOTICE = 120, 1500
_END = r"[。．.!！>》\s）)】\]]*$"

_CAPTION = re.compile(
    r"^[▲△▼▽↑↓]\s*(?=.{2,80}$)(?!.*。.)"
    r"|^图为|^(?:资料图片?|资料照片|图片?说明|配图|题图|头图|封面图|首图|[上下左右]图)(?:\s*[:：为丨|]|[（(]|$)"
    r"|^图\s?[\d一二三四五六七八九十]{1,2}\s*[:：.、丨|]"
    r"|(?:图片?来源|图片?[来源]自|图源|图片?版权|视频截图|图据|图自)\s?[:：/／丨|]\s?[^。！？]{0,30}$|图源\s?\S{2,12}$|^[（(]?图片[来源]自\S{2,12}$"
    r"|(?:供图|摄影|视觉中国|摄图网)\s?[:：/／丨|]\s?\S{2,20}$|(?:供图|视觉中国|摄图网\d*|[/／丨]\s?图)[)）]?$"
    r"|(?:[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]\s[\u4e00-\u9fff])\s?[/／]?\s?(?<![拍录航])(?:摄|攝)[)）]?$"
    r"|(?:记者|通讯员|\s)\s?[\u4e00-\u9fff]{2,4}\s?(?:摄影|图)[)）]?$"
    r"|(?:新华社|中新社|人民图片|中新图片|CFP|IC\s?photo)\s?(?:发|图|摄|供图)(?:[（(][^（）()]{1,20}[)）])?$"
    r"|^(?:图|图片|图表|制图|漫画|海报)\s?[/／丨|:：]\s?\S{2,20}$",
    re.IGNORECASE,
)
_ORIGINAL_TITLE = re.compile(r"^[（(【\[]?\s*原\s?[标標][题題]\s*[:：】\s]")
_SOURCE = re.compile(
    r"^[（(【\[]?\s*(?:文章|本文|稿件|信息|内容|新闻|資料|资料)?(?:来源|來源|出处|转自|摘自|稿源|据)\s*[:：丨|｜]\s*"
    r"(?P<name>[^。；;]{2,40}?)[)）】\]]?$"
)
_ADVERT = re.compile(
    r"^海量资讯、精准解读|^炒股就看|分析师研报，权威|股市瞬息万变，投资难以决策|(?:>>|＞＞|»|→)\s*$|【下载地址】"
    r"|扫(?:描|一扫)?.{0,12}二维码|二维码.{0,10}(?:关注|下载|查看|加入)|长按.{0,10}(?:识别|图片|二维码|关注)"
    r"|(?:关注|搜索|订阅|添加|加入).{0,24}(?:公众号|公號|微信号|微信ID|官微|订阅号|视频号|小程序|微信群|交流群|头条号)"
    r"|微信(?:公众号|号|ID)\s*[:：]|^(?:欢迎|敬请)(?:关注|订阅|下载|投稿|转发|扫码)"
    r"|点击.{0,6}(?:上方|下方|左下角|右上角|这里|此处|蓝字|图片|链接|原文|关键字|名片|卡片|进入|查看|阅读|下载|关注|收听|观看|图标)"
    r"|(?:下载|打开|安装|尽在|请到).{0,14}(?:APP|客户端)"
    + _END
    + r"|^(?:更多|查看更多).{0,30}(?:关注|点击|请|尽在|下载|>>|＞＞|»)"
    r"|^(?:点赞|转发|分享|收藏|在看|打赏).{0,20}(?:点赞|转发|分享|收藏|在看|支持)"
    r"|(?:新闻|爆料|报料|投稿|不良信息举报|广告|客服|商务合作)(?:热线|电话|邮箱|微信)\s*[:：]|^(?:读者|客服|订阅)热线"
    r"|^(?:广告|推广|赞助内容|【?广告】?|AD|ADVERTISEMENT)"
    + _END
    + r"|^【?(?:广告|推广)】?\s*[:：].{2,100}$",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"未经.{0,20}(?:授权|许可|同意|允许).{0,30}(?:转载|使用|摘编|复制|引用|镜像)"
    r"|(?:如需|谢绝|严禁|禁止|请勿|擅自)转载|转载.{0,12}(?:请|须|需|务必)?(?:注明|联系|标明)|^转载与合作"
    r"|版权(?:归|所有|声明)|著作权归|(?:免责|版权|特别|郑重)(?:声明|提示)\s*[:：】]?|原创(?:文章|内容)?[｜|丨]"
    r"|不构成.{0,12}投资建议|据此(?:操作|入市|投资)|投资有风险|市场有风险|如有侵权|侵权.{0,6}(?:删除|联系)"
    r"|本文.{0,20}(?:不代表|仅代表|系作者).{0,20}(?:立场|观点)|仅代表作者(?:本人|个人)?(?:观点|立场)"
)
_SPEAKS_TO_READER = re.compile(
    r"^[（(【\[※*＊\s]*(?:扫|长按|点击|关注|搜索|欢迎|敬请|更多|查看|下载|打开|请|您|如需|如有|如若|凡|未经|转载|版权|免责|特别|郑重|声明"
    r"|本文|本网|本刊|本报|本站|本平台|以上|文中|文章|注[:：]|投资|市场有风险|风险提示|内容|任何|严禁|谢绝|证券|作者|图片)"
)
_LABELLED_NOTICE = re.compile(
    r"^[（(【\[※*＊\s]*(?:(?:免责|版权|特别|郑重|权利|法律|转载|本[网站报刊]|[\u4e00-\u9fff]{1,5}[网报社浪站])?声明"
    r"|投稿须知|免责条款|特别提醒)\s*[:：】\])）]"
)
_FURNITURE = re.compile(
    r"^[-—–\s（(【\[]*(?:END|完结|The End|返回(?:顶部|首页|列表|搜狐.{0,10})|分享(?:到|至|本文)?.{0,20}"
    r"|打印(?:本页|本文)?|关闭(?:窗口|本页)?|[大中小]?字[号体][:：]?.{0,12}|大\s?中\s?小|[上下]一[篇条页].{0,60}"
    r"|网友评论|我要评论|发表评论|评论\(?\d*\)?|举报|反馈|收藏|点赞|首页|正文"
    r"|当前位置[:：].{0,60}|您(?:现在)?的位置[:：]?.{0,60}|点击数?[:：].{0,12}|浏览次?数?[:：].{0,12}"
    r"|阅读[:：]?\s?\d+|\d+\s?(?:阅读|评论|点赞|次浏览)|本文字数.{0,20}|关键[词字][:：].{0,60}|标签[:：].{0,60}"
    r"|《[^《》]{2,14}》\s*[（(][^（）()]{0,30}版\s*[)）]|责编邮箱.{0,40}|查看原文|阅读原文|阅读全文|展开全文|加载(?:更多|中).{0,6}|视频加载中.{0,10}|用微信扫.{0,20})"
    r"[-—–\s）)】\]。.>》]*$",
    re.IGNORECASE,
)
_ABOUT_WRITER = re.compile(
    r"^[（(【]\s*(?:(?:本文)?作者(?:系|为|是|单位|简介|[:：]).{2,80}|.{2,40}对(?:本|此)文(?:亦|也)有贡献)[)）】]$"
)
_RELATED = re.compile(
    r"^[【\[（(>》▼◆■●\s]*(?:相关公司股票走势|图片新闻|最新活动|推荐专题|(?:相关|延伸|推荐|更多|热门|热点|精彩|往期|猜你|编辑|大家都在|今日|关联|扩展|热文)"
    r"(?:的)?(?:阅读|新闻|链接|报道|推荐|专题|文章|资讯|内容|回顾|喜欢|稿件|搜|看|热点|排行|信息|热闻|附件)(?:喜欢|文章)?)"
    r"[】\]）)：:>》\s…]*$"
)


def is_notice(line: str) -> bool:
    """Whether a whole line is a caption, an advert, a notice or page furniture."""
    if _LABELLED_NOTICE.match(line) and len(line) < _LONGEST_NOTICE:
        return True
    if len(line) > LONGEST:
        return False
    if _ORIGINAL_TITLE.match(line) or _FURNITURE.match(line) or _ABOUT_WRITER.match(line):
        return True
    if _RIGHTS.search(line):
        return not _told(line)
    if _ADVERT.search(line):
        return not _told(line) and (len(line) <= 50 or not line.endswith("。"))
    return is_caption(line)


def is_caption(line: str) -> bool:
    """Whether a whole line describes a picture or says whose it is."""
    return len(line) <= 100 and bool(_CAPTION.search(line)) and line.count("。") <= 1


def source_named(line: str) -> str | None:
    """The outlet of a line that says nothing but where the article is from."""
    match = _SOURCE.match(line) if len(line) <= 60 else None
    return match["name"].strip() if match else None


def heads_related_links(line: str) -> bool:
    """Whether a line is the heading of a list of other articles."""
    return len(line) <= 24 and bool(_RELATED.match(line))


def _told(line: str) -> bool:
    """News may tell of scanning codes or of rights, in sentences; a notice speaks to the reader."""
    return line.endswith(("。", "。”")) and not _SPEAKS_TO_READER.match(line)
