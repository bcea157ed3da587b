/* Everything the page says by itself, in both languages; names and sentences are data and stay as they are. */
const WORDS = {
  zh: {
    locale: "zh-CN", other: "English", otherHint: "Switch to English",
    types: { Organisation: "机构", Person: "人物", Programme: "政策与项目", Event: "会议与活动", Place: "地点" },
    subtypes: { GovernmentBody: "党政机关", Company: "企业", Institution: "事业单位与社会组织", Official: "官员", Policy: "政策文件", Initiative: "行动与工程", Platform: "平台" },
    views: { graph: "关系图", timeline: "时间线", targets: "目标", table: "表格" },
    untitled: "政脉知识图谱",
    about: "从 {articles} 篇文章{span}中读出 {entities} 个实体、{facts} 条事实，每条事实都附原文。",
    brief: "{articles} 篇文章 · {entities} 个实体 · {facts} 条事实",
    span: "（{from} 至 {to}）", spanOne: "（{from}）",
    searchHint: "搜索名称、别名、拼音或首字母", searchLabel: "搜索实体", noHits: "没有找到“{q}”。可以试试简称、拼音（guoziwei）或首字母（gzw）。",
    also: "又名", hits: "{n} 个结果", searchEmpty: "从重要的开始",
    showing: "显示 {n} / {all} 个实体，{e} 条关系", capped: "相邻实体太多，显示最重要的 {n} 个（共 {all} 个）",
    nothing: "这些条件下没有可显示的关系。", relax: "清除筛选", more: "再显示 {n} 个", loneOn: "显示没有关系的 {n} 个", loneOff: "收起没有关系的实体",
    back: "后退", forward: "前进", reset: "回到开头", resetHint: "回到最初的视图，清除筛选和移动过的位置", save: "保存与分享", png: "图片（PNG，2 倍）", csvNodes: "表格：实体（CSV）", csvFacts: "表格：事实（CSV）", print: "打印", link: "复制此视图的链接", copied: "链接已复制", copyFail: "请从地址栏复制链接",
    dark: "深色", light: "浅色", theme: "切换深色与浅色", zoomIn: "放大", zoomOut: "缩小", fit: "看全图", groupsOn: "按群落看", groupsOff: "退出群落", groupOf: "{name} 等", scattered: "零散实体", groupHint: "点开一个群落看它的成员；再按 Esc 收起", filters: "图例与筛选", panel: "详情", close: "关闭", closePanel: "收起详情", openPanel: "展开详情", tools: "工具",
    legend: "类型", relations: "关系", sources: "来源", times: "时间", publisher: "媒体", article: "文章", anyPublisher: "全部媒体", anyArticle: "全部文章", from: "从", to: "到", undated: "含没有日期的", all: "全选", none: "全不选", only: "只看", clear: "清除", timeNote: "按事件日期；没有则按报道日期", months: "每月事实数",
    people: "主要人物", events: "会议与活动", programmes: "政策与项目", bodies: "主要机构", places: "地点", goals: "要达到的目标", articles: "来源文章", start: "从这里开始", tapHint: "点任何名称，看它的事实和原文。",
    byYear: "到 {y}", inYear: "{y}", noYear: "没有写明时间", yearUnit: "{y} 年", goalsCount: "{n} 项", allGoals: "全部 {n} 项目标与数据",
    facts: "{n} 条事实", factsTitle: "事实", sourcesN: "{n} 个来源", voicesN: "{n} 个来源，{v} 个独立", reprint: "同一报道的转载", odd: "说法不一", odds: "另有不同说法", odd_post: "一职多人", odd_date: "日期不一", odd_target: "数值不一", sentencesN: "{n} 句原文", sentence1: "原文", confidence: "可信度", seen: "原文提及", seenMore: "共提及 {n} 次，见于 {a} 篇文章", noFacts: "文章只提到它，没有说它与其他实体的关系。", aliases: "又名", implied: "文中未直接写出，由上下文推知", posts: "职务", postsOver: "任职", asOf: "见于 {d} 报道", unknownArticle: "来源未知", until: "至", now: "—", hide: "隐藏", expand: "展开", focus1: "周围一层", focus2: "周围两层", pathFrom: "找路径", pathTitle: "从 {a} 到…", pathHint: "选择终点", pathFacts: "这条路径上的事实", status: { former: "曾任", acting: "代理", elect: "候任" }, series: "同一系列", changes: "机构沿革", change: { renamed: "更名", merged: "合并", split: "分立", founded: "在其基础上组建" }, noPath: "{a} 与 {b} 之间没有路径。", pathLen: "{a} → {b}：{n} 步", depth: "层数", around: "{a} 周围", unfocus: "返回总览", hiddenN: "已隐藏 {n} 个", unhide: "恢复", between: "两者之间的 {n} 条事实", open: "打开原文", onlyArticle: "只看这篇文章", allArticles: "看全部文章", mentionsIn: "提到的实体", noTitle: "（无标题）", factTitle: "事实", edgesFacts: "{n} 条", authors: "记者", context: "上下文",
    timelineTitle: "何时发生了什么", timelineNone: "没有带日期的事件或任期。", tenures: "任期", events2: "事件与文件", targetsTitle: "要达到什么、何时达到", targetsNone: "没有写明数字目标。",
    tableTitle: "图中显示的内容", tableEntities: "实体", tableFacts: "事实", cols: { name: "名称", type: "类型", sub: "细类", facts: "事实", articles: "文章", mentions: "提及", subject: "主体", relation: "关系", object: "客体或数值", when: "时间", sources: "来源", conf: "可信度" }, tableMore: "再显示 {n} 行", sortHint: "点列名排序", rows: "{n} 行",
    basis: ["", "事件日期", "报道日期"], canvas: "关系图。方向键在相邻实体间移动，回车打开，加减号缩放；“表格”里有同样的内容。", keys: "快捷键：/ 搜索，方向键移动，回车打开，Esc 返回", legendKey: "图例", generated: "由政脉生成", oldBrowser: "浏览器太旧，无法解开数据。请用 2023 年以后的 Chrome、Edge、Firefox 或 Safari 打开。", broken: "数据损坏，页面无法打开。", role: "职务", skip: "跳到表格", unlinked: "没有关系", moreBelow: "更多", less: "收起", list: "、", comma: "，", stop: "。",
  },
  en: {
    locale: "en", other: "中文", otherHint: "切换到中文",
    types: { Organisation: "Organisations", Person: "People", Programme: "Policies & projects", Event: "Events", Place: "Places" },
    kinds: { Organisation: "Organisation", Person: "Person", Programme: "Policy or project", Event: "Event", Place: "Place" },
    subtypes: { GovernmentBody: "Government body", Company: "Company", Institution: "Institution", Official: "Official", Policy: "Policy document", Initiative: "Initiative", Platform: "Platform" },
    views: { graph: "Graph", timeline: "Timeline", targets: "Targets", table: "Table" },
    untitled: "Zhengmai knowledge graph",
    about: "{entities} entities and {facts} facts read from {articles} articles{span}; every fact with its sentence.",
    brief: "{articles} articles · {entities} entities · {facts} facts",
    span: " ({from} to {to})", spanOne: " ({from})",
    searchHint: "Search by name, alias, pinyin or initials", searchLabel: "Search entities", noHits: "Nothing found for “{q}”. Try a short form, pinyin (guoziwei) or initials (gzw).",
    also: "also", hits: "{n} results", searchEmpty: "Start with the important ones",
    showing: "Showing {n} of {all} entities, {e} links", capped: "Too many neighbours: the {n} most important of {all} are shown",
    nothing: "No links match these filters.", relax: "Clear filters", more: "Show {n} more", loneOn: "Show {n} without links", loneOff: "Hide entities without links",
    back: "Back", forward: "Forward", reset: "Start over", resetHint: "Return to the first view; clears filters and moved positions", save: "Save and share", png: "Image (PNG, 2×)", csvNodes: "Table: entities (CSV)", csvFacts: "Table: facts (CSV)", print: "Print", link: "Copy a link to this view", copied: "Link copied", copyFail: "Please copy the link from the address bar",
    dark: "Dark", light: "Light", theme: "Switch between dark and light", zoomIn: "Zoom in", zoomOut: "Zoom out", fit: "Fit to screen", groupsOn: "Communities", groupsOff: "Leave communities", groupOf: "{name} …", scattered: "Scattered", groupHint: "Open a community to see its members; Esc closes it", filters: "Legend and filters", panel: "Details", close: "Close", closePanel: "Collapse details", openPanel: "Expand details", tools: "Tools",
    legend: "Types", relations: "Relations", sources: "Sources", times: "Time", publisher: "Publisher", article: "Article", anyPublisher: "All publishers", anyArticle: "All articles", from: "From", to: "To", undated: "include undated", all: "All", none: "None", only: "Only", clear: "Clear", timeNote: "By date of the event, else of the report", months: "Facts by month",
    people: "People", events: "Events", programmes: "Policies and projects", bodies: "Organisations", places: "Places", goals: "Targets", articles: "Source articles", start: "Start here", tapHint: "Click any name to see its facts and sentences.",
    byYear: "By {y}", inYear: "{y}", noYear: "No time stated", yearUnit: "{y}", goalsCount: "{n}", allGoals: "All {n} targets and figures",
    facts: "{n} facts", factsTitle: "Facts", sourcesN: "{n} sources", voicesN: "{n} sources, {v} independent", reprint: "reprint of the same story", odd: "Disputed", odds: "Others say otherwise", odd_post: "one post, several holders", odd_date: "several dates", odd_target: "several values", sentencesN: "{n} sentences", sentence1: "sentence", confidence: "Confidence", seen: "Mentioned in", seenMore: "{n} mentions in {a} articles", noFacts: "The articles only mention it; they state no relation to other entities.", aliases: "Also known as", implied: "Not named in the text but certain from it", posts: "Posts", postsOver: "Tenures", asOf: "as reported {d}", unknownArticle: "Unknown source", until: "to", now: "—", hide: "Hide", expand: "Expand", focus1: "Neighbours", focus2: "Two steps", pathFrom: "Path to…", pathTitle: "From {a} to…", pathHint: "Choose the other end", pathFacts: "The facts along this path", status: { former: "former", acting: "acting", elect: "elect" }, series: "Same series", changes: "Changes of the body", change: { renamed: "renamed", merged: "merged", split: "split", founded: "founded on its basis" }, noPath: "There is no path between {a} and {b}.", pathLen: "{a} → {b}: {n} steps", depth: "Depth", around: "Around {a}", unfocus: "Back to overview", hiddenN: "{n} hidden", unhide: "Restore", between: "{n} facts between the two", open: "Open article", onlyArticle: "Only this article", allArticles: "All articles", mentionsIn: "Entities mentioned", noTitle: "(untitled)", factTitle: "Fact", edgesFacts: "{n}", authors: "By", context: "Context",
    timelineTitle: "What happened when", timelineNone: "No dated events or tenures.", tenures: "Tenures", events2: "Events and documents", targetsTitle: "What is to be reached, and when", targetsNone: "No numeric targets are stated.",
    tableTitle: "What the graph shows", tableEntities: "Entities", tableFacts: "Facts", cols: { name: "Name", type: "Type", sub: "Subtype", facts: "Facts", articles: "Articles", mentions: "Mentions", subject: "Subject", relation: "Relation", object: "Object or value", when: "When", sources: "Sources", conf: "Confidence" }, tableMore: "Show {n} more rows", sortHint: "Click a column to sort", rows: "{n} rows",
    basis: ["", "date of the event", "date of the report"], canvas: "Graph. Arrow keys move between neighbours, Enter opens, plus and minus zoom; “Table” holds the same content.", keys: "Keys: / search, arrows move, Enter opens, Esc goes back", legendKey: "Legend", generated: "Made with Zhengmai", oldBrowser: "This browser is too old to unpack the data. Use Chrome, Edge, Firefox or Safari from 2023 or later.", broken: "The data is damaged; the page cannot open.", role: "Post", skip: "Skip to table", unlinked: "no links", moreBelow: "More", less: "Less", list: ", ", comma: ", ", stop: ".",
  },
};

/* Verb on an edge, heading on the subject's card, heading on the object's card. */
const RELATION_WORDS = {
  holdsPost: { zh: ["任职", "职务", "任职者"], en: ["holds a post at", "Posts", "Office holders"] },
  speaksAt: { zh: ["发言", "发言于", "发言者"], en: ["speaks at", "Speaks at", "Speakers"] },
  chairs: { zh: ["主持", "主持", "主持人"], en: ["chairs", "Chairs", "Chaired by"] },
  attends: { zh: ["出席", "出席", "出席者"], en: ["attends", "Attends", "Attended by"] },
  organises: { zh: ["主办", "主办", "主办方"], en: ["organises", "Organises", "Organised by"] },
  coOrganises: { zh: ["承办", "承办、协办", "承办、协办方"], en: ["co-organises", "Co-organises", "Undertaken by"] },
  issues: { zh: ["发布", "发布", "发布方"], en: ["issues", "Issues", "Issued by"] },
  launches: { zh: ["启动", "启动、推出", "启动、推出方"], en: ["launches", "Launches", "Launched by"] },
  implements: { zh: ["实施", "实施", "实施方"], en: ["implements", "Implements", "Implemented by"] },
  participatesIn: { zh: ["参与", "参与", "参与者"], en: ["takes part in", "Takes part in", "Participants"] },
  partOf: { zh: ["属于", "属于", "组成部分"], en: ["is part of", "Part of", "Parts"] },
  locatedIn: { zh: ["位于", "地点", "位于此地"], en: ["is located in", "Place", "Located here"] },
  cooperatesWith: { zh: ["合作", "合作方", "合作方"], en: ["cooperates with", "Cooperates with", "Cooperates with"] },
  invests: { zh: ["投资", "投资、持股", "投资方"], en: ["invests in", "Invests in", "Investors"] },
  basedOn: { zh: ["依据", "依据", "以此为依据"], en: ["is based on", "Based on", "Basis of"] },
  hasTarget: { zh: ["目标", "目标与数据", "目标与数据"], en: ["has the target", "Targets and figures", "Targets and figures"] },
  date: { zh: ["日期", "日期", "日期"], en: ["takes place on", "Date", "Date"] },
};

const t = (key, values) => {
  const text = WORDS[S.lang][key] ?? key;
  return values ? text.replace(/\{(\w+)\}/g, (_, name) => String(values[name])) : text;
};
const typeWord = (type) => WORDS[S.lang].types[G.types[type]];
const kindWord = (type) => WORDS[S.lang].kinds?.[G.types[type]] ?? typeWord(type);
const subtypeWord = (sub) => (sub < 0 ? "" : WORDS[S.lang].subtypes[G.subtypes[sub]]);
const relationWord = (p, form = 0) => RELATION_WORDS[G.relations[p]]?.[S.lang][form] ?? String(G.relations[p] ?? "");
const count = (n) => n.toLocaleString("en").replace(/,/g, "\u2009");
const dayWord = (iso) => {
  if (!iso) return "";
  const [y, m, d] = iso.split("-").map(Number);
  if (S.lang === "en" || !y) return iso;
  return d ? `${y}年${m}月${d}日` : m ? `${y}年${m}月` : `${y}年`;
};
