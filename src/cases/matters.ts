import { readable } from "../turn.ts";

/** What a complaint is about: the closed list used by triage, routing and statistics. */
export const matters = {
  certificate: "不亮证、一人执法、无资格执法",
  procedure: "程序违法(不告知、不听取申辩、不送达等)",
  fine: "乱罚款、不给票据",
  fee: "乱收费、乱摊派",
  inspection: "乱检查、频繁检查",
  coercion: "违法查封、扣押或强制执行",
  discretion: "裁量畸轻畸重、同案不同罚",
  inaction: "不作为、推诿、拖延",
  attitude: "态度粗暴、不文明执法",
  selective: "选择性执法、趋利执法",
  crossRegion: "异地执法、越权执法",
  discipline: "索贿受贿、以权谋私",
  disclosure: "该公示的不公示",
  correction: "公示信息有误",
  other: "其他执法问题",
} as const;
export type Matter = keyof typeof matters;
export const matterNames = Object.keys(matters) as Matter[];

const signs: readonly (readonly [Matter, RegExp])[] = [
  [
    "discipline",
    /索贿|受贿|行贿|索要(?:钱|好处|财物|红包)|收(?:了)?(?:红包|好处|黑钱|回扣)|吃拿卡要|以权谋私|贪污/,
  ],
  [
    "certificate",
    /不(?:亮|出示|给看)[^。]{0,4}证|没(?:有)?(?:亮|出示|带)[^。]{0,4}证|无证执法|(?:一|1)个人(?:就)?(?:来|执法|检查)|没有执法资格/,
  ],
  ["crossRegion", /异地(?:执法|抓捕)|外地(?:的)?(?:执法|公安|警察|市场监管)|跨(?:省|市|区)执法|越权/],
  [
    "coercion",
    /查封|封(?:了)?我|扣押|扣(?:了|走)我?|扣的|暂扣|强拆|拆(?:了)?我|强制执行|(?:拖|拉|搬|收)走|掀(?:了|翻)?|没收(?:了)?我/,
  ],
  [
    "inspection",
    /(?:乱|频繁|反复|天天|重复|多次)(?:来)?检查|检查(?:太多|太频繁|次数(?:太)?多)|来(?:查|检查)?了?[几两三四五六七八九十\d]+[次回趟]/,
  ],
  ["fee", /乱收费|摊派|赞助费|强制(?:缴费|收费)|收(?:了)?(?:保证金|管理费|检测费)/],
  ["discretion", /畸[轻重]|罚(?:得)?太(?:重|多|高|狠)|同案不同罚|别人(?:才|只)罚|处罚不公/],
  ["selective", /选择性执法|趋利|只(?:罚|查|管)我|(?:完成|有)罚款(?:指标|任务)|逐利/],
  ["fine", /乱罚|罚款|(?:不|没)(?:给|开)[^。]{0,4}(?:票|收据|发票)/],
  ["procedure", /程序|(?:没|不)(?:有)?(?:告知|送达|听取|听我|让我(?:说|申辩)|给(?:我)?决定书)|申辩|没有文书/],
  ["inaction", /不作为|不(?:管|处理|理|受理|答复|回复)|推诿|踢皮球|拖(?:着|延)|有案不立/],
  ["attitude", /态度|骂|粗暴|打(?:人|了?(?:我|俺|他|她|老人|孩子))|动手|推(?:搡|我)|凶|恐吓|威胁/],
  ["disclosure", /(?:不|没|未)(?:有)?公[示开]/],
];

/** The first matter whose words stand in the text; `other` when none does. Chosen by a person in doubt. */
export function matterOf(text: string): Matter {
  const read = readable(text);
  return signs.find(([, words]) => words.test(read))?.[0] ?? "other";
}
