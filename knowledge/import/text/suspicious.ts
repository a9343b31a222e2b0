/** Signs that a text is not what the organ published: planted adverts, shuffled characters, converted script. */
import { keyText } from "./clean.ts";

/**
 * Wording of adverts, never the bare subject: 赌博 and 淫秽物品 occur in genuine power lists.
 * Matched on text without white space.
 */
const ADVERTS: readonly RegExp[] = [
  /(?:\d{2,4}|bet|万博|亚博|开云|乐鱼|必威|华体会|皇冠)体育(?:投注|官网|平台|app|下载|注册|直播|娱乐)?/i,
  /体育投注|真人(?:娱乐|视讯|荷官)|(?:在线|网上)(?:投注|娱乐城|赌场)|投注(?:网站?|平台|官网)/,
  /(?:百家乐|老虎机|时时彩|六合彩|北京赛车|幸运飞艇|快三|彩票|棋牌|捕鱼)(?:[^,。;]{0,4})(?:官网|注册|平台|网址|下载|app|代理|开户|计划群)/i,
  /澳门(?:新?葡京|威尼斯人?|金沙|银河|太阳城|永利)|(?:新)?葡京(?:娱乐|赌场|棋牌)|太阳城集团|金沙娱乐/,
  /博彩(?:网|平台|公司|官网|娱乐|app)|送彩金|首存送|注册(?:即)?送\d+|(?:开户|注册)送(?:彩金|体验金|现金)/i,
  /bet\d{2,4}|\d{2,4}bet|1xbet|w88|dafabet/i,
  /(?:成人|黄色|色情|情色|三级|无码|激情)(?:视频|电影|小说|影院|直播|图片|网站在线)(?:在线|免费|观看|播放|下载)?/,
  /久久(?:精品|综合|视频|免费)|一区二区|国产精品|免费观看在线|av(?:在线|视频|影院)/i,
  /(?:裸聊|约炮|同城约会|援交|一夜情|包养网|楼凤|外围女)/,
  /(?:加微信|加qq|加扣扣|v信|vx)[号::]?[a-z0-9_-]{5,}/i,
  /(?:刷单兼职|无抵押秒批|网贷秒下款|代办信用卡|办证刻章|私服发布)/,
];

/** The advert found in `text`, or undefined. */
export function findAdvert(text: string): string | undefined {
  if (text.length < 3) return undefined;
  const plain = keyText(text);
  for (const advert of ADVERTS) {
    const match = advert.exec(plain);
    if (match) return match[0].slice(0, 20);
  }
  return undefined;
}

/** Characters that official Chinese text is full of: a long text nearly without them is not running text. */
const COMMON = new Set(
  "的一不在是有人和法第条定规行政机关处罚理管以上下或者应当依照本由对为其他及与职责权事项元日款十二三四五六七八九百年月国家市县区部门单位个公民组织执监督检查申请期限工作作出可未经并从非情节严重万内中地方务人员实施要全主体业经营生产安".split(
    "",
  ),
);
const PAIRS =
  /行政|规定|处罚|机关|应当|依法|或者|管理|许可|监督|检查|执法|部门|单位|罚款|违法|以上|以下|责令|改正|申请|实施|办法|条例|法律|法规|组织|公民|人员|职责|第[一二三四五六七八九十\d]/g;

/**
 * Why a long text looks shuffled or garbled, or undefined. Judged only from 120 Chinese characters on:
 * genuine lists of the kind hold 30–55 % of the common characters and 5–15 % of characters in common pairs.
 */
export function findScramble(text: string): string | undefined {
  const plain = keyText(text);
  const garbled = plain.match(/[\ufffd\ue000-\uf8ff]|锟斤拷|烫烫|屯屯/g)?.length ?? 0;
  if (garbled > 0 && garbled / Math.max(plain.length, 1) > 0.01) return "含大量无法显示的字符";
  const chinese = plain.replace(/[^\u4e00-\u9fff]/g, "");
  if (chinese.length < 120) return undefined;
  let common = 0;
  for (const character of chinese) if (COMMON.has(character)) common++;
  if (common / chinese.length < 0.12) return "常用字比例过低";
  const inPairs = (plain.match(PAIRS)?.length ?? 0) * 2;
  if (inPairs / chinese.length < 0.012 && chinese.length >= 200) return "文字次序不成词句";
  return undefined;
}

/** Traditional characters that a simplified text cannot hold; two different ones mean a converted copy. */
const TRADITIONAL =
  /[階範圍內條門間關規處罰執權責務項證書職機應當對實標準據類單時長發東車馬見貝頁風飛鳥龍國會學體業產質濟監檢審許認請議設訴訟違舊與為無從後個來這還進運過達選適遷邊鄉鎮縣區號碼電話]/g;

/** Distinct traditional characters in `text`. */
export function traditionalIn(text: string): string[] {
  return [...new Set(text.match(TRADITIONAL) ?? [])];
}
