"""What a character stands in or ends: marks, heads of names, surnames, wording that comes again."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

import numpy as np
from numpy.typing import NDArray

SURNAMES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任"
    "沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔"
    "向汤尚温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁符阮舒纪柯梅童凌毕"
    "单季裴霍涂成苗谷曲盛冉翁蓝骆路游靳辛管柴蒙鲍华喻祁房滕屈饶解牟艾尤时穆农司卓古吉缪简车项连芦麦褚娄"
    "窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池"
    "查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阙花权强帅屠豆"
    "朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阳鹿谯咸洪傅常萧湛贝雍揭宿亓逄綦璩濮逯邸幸茅蒲竺郏缑干乌衣肇"
)
"""Most frequent family names of one character; every one covers at least a few ten thousand people."""

ORG_HEADS: Final = (
    "公司 集团 银行 委员会 管委会 发改委 国资委 经信委 科委 党委 市委 省委 区委 县委 党组 政府 总局 "
    "分局 局 厅 部 办公室 办公厅 大学 学院 学校 研究院 研究所 实验室 医院 协会 学会 商会 联合会 联盟 "
    "总会 促进会 理事会 董事会 基金会 基金 证券 保险 交易所 事务所 法院 检察院 公安厅 领导小组 指挥部 "
    "人大常委会 常委会 政协 纪委 监委 工委 团委 总工会 工会 妇联 出版社 电视台 报社 中心 控股 股份 科技 "
    "资本 投资 期货 信托 租赁 汽车 药业 电气 能源 电力 石化 航空 传媒 俱乐部 合作社 供销社 部队 军区 "
    "支队 大队 组织 国资办 网信办 外办 工厂 分行 支行 院 所 社 厂 店 署 委 办 处 司 站"
).split()
EVENT_HEADS: Final = (
    "大会 会议 年会 论坛 峰会 发布会 座谈会 研讨会 推进会 交流会 对接会 推介会 说明会 通气会 吹风会 "
    "动员会 启动会 现场会 洽谈会 招聘会 听证会 拍卖会 博览会 展览会 交易会 进博会 服贸会 消博会 广交会 "
    "高交会 展会 展览 展 大赛 竞赛 比赛 联赛 锦标赛 挑战赛 邀请赛 运动会 奥运会 冬奥会 亚运会 世界杯 "
    "仪式 典礼 开幕式 闭幕式 签约 揭牌 沙龙 讲座 培训班 研修班 活动 活动周 宣传周 宣传月 文化节 艺术节 "
    "电影节 购物节 节 周 赛 对话 会谈 会见 会晤 访问 调研 考察 路演 巡展 晚会 音乐会 演出 庆典 全会 "
    "例会 全体会议 常务会议 工作会议 联席会议 圆桌会议 视频会议 电视电话会议 两会 会"
).split()
PROGRAMME_HEADS: Final = (
    "规划 计划 方案 意见 办法 条例 规定 细则 通知 公告 公报 决定 决议 纲要 指南 指引 标准 规范 目录 "
    "清单 名单 白皮书 蓝皮书 绿皮书 报告 年报 协议 协定 公约 宣言 倡议 声明 共识 法 法案 章程 准则 制度 "
    "机制 政策 若干措施 措施 举措 行动 专项行动 行动计划 工程 项目 专项 课题 战略 改革 试点 示范 模式 "
    "体系 平台 基地 系统 应用 小程序 网站 数据库 服务中心 创新中心 孵化器 加速器 基金 通道 走廊 带 圈 "
    "网 云 港 库 码 一件事 一网通办 指数 榜单 奖 合同 贷款 债券 目标 任务 理念 框架 议程 议定书 备忘录 "
    "三年行动"
).split()
PLACE_HEADS: Final = (
    "省 市 区 县 州 盟 旗 镇 乡 村 街道 社区 新区 新片区 开发区 高新区 自贸区 自贸港 示范区 试验区 "
    "先行区 功能区 保税区 合作区 园区 产业园 科技园 工业园 科学城 科创城 新城 城 港 机场 车站 火车站 "
    "高铁站 码头 大厦 广场 中心 展览馆 体育馆 博物馆 图书馆 会展中心 会议中心 酒店 宾馆 公园 湖 河 江 "
    "山 岛 海 湾 路 街 大道 大桥 隧道 三角洲 平原 高原 流域 经济带 经济圈 城市群 都市圈 半岛 群岛 国 "
    "共和国 地区 自治区 自治州 自治县"
).split()
POST_HEADS: Final = (
    "书记 副书记 主席 副主席 主任 副主任 省长 副省长 市长 副市长 区长 副区长 县长 副县长 镇长 部长 "
    "副部长 局长 副局长 厅长 副厅长 司长 副司长 处长 副处长 科长 院长 副院长 所长 副所长 校长 副校长 "
    "行长 副行长 会长 副会长 理事长 副理事长 秘书长 副秘书长 董事长 副董事长 董事 监事 总裁 副总裁 "
    "总经理 副总经理 经理 总监 首席 经济师 会计师 工程师 总工程师 发言人 委员 常委 代表 总理 副总理 "
    "总统 首相 大使 院士 教授 研究员 专家 博士 校友 巡视员 政委 司令员 主编 创始人 合伙人 负责人 CEO "
    "先生 女士 同志 记者 站长 队长 组长 副组长"
).split()

_HEADS = tuple(
    re.compile("|".join(sorted(map(re.escape, heads), key=lambda head: (-len(head), head))))
    for heads in (ORG_HEADS, EVENT_HEADS, PROGRAMME_HEADS, PLACE_HEADS, POST_HEADS)
)
_MARKS = (re.compile(r"《[^《》\n]*》"), re.compile(r"“[^“”\n]*”"), re.compile(r"（[^（）\n]*）"))
WINDOW = 4
"""Wording of this many characters that stands in the text twice is seldom chance."""

REPEATS: Final = 2
"""The last columns: wording that the text repeats, wording of the headline."""

SIZE: Final = len(_MARKS) + 2 * len(_HEADS) + 1 + REPEATS


def clues(text: str, title: str = "") -> NDArray[np.float32]:
    """One row a character of `text`, one column a clue, 1 where it holds."""
    table = np.zeros((len(text), SIZE), dtype=np.float32)
    for column, mark in enumerate(_MARKS):
        for match in mark.finditer(text):
            table[match.start() : match.end(), column] = 1
    column = len(_MARKS)
    for heads in _HEADS:
        for match in heads.finditer(text):
            table[match.start() : match.end(), column] = 1
            table[match.end() - 1, column + 1] = 1
        column += 2
    table[:, column] = [char in SURNAMES for char in text]
    _mark_repeats(table[:, column + 1 :], text, title)
    return table


def _mark_repeats(table: NDArray[np.float32], text: str, title: str) -> None:
    windows = [text[i : i + WINDOW] for i in range(len(text) - WINDOW + 1)]
    seen = Counter(windows)
    headline = {title[i : i + WINDOW] for i in range(len(title) - WINDOW + 1)}
    for start, window in enumerate(windows):
        if seen[window] > 1:
            table[start : start + WINDOW, 0] = 1
        if window in headline:
            table[start : start + WINDOW, 1] = 1
