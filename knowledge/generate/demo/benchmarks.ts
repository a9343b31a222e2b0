/** 裁量基准 and 免罚清单: the city sets them for its own (made-up) regulations; its counties apply the same. */
import { type List, openList } from "./list.ts";
import { type Domain, domains, type Matter } from "./matters.ts";
import type { OrganSeed } from "./places.ts";
import { catalogue, enforcingOrgans, type Item } from "./powers.ts";
import { asked, invented, laws } from "./words.ts";

/** A field whose benchmarks are not published yet: a deliberate gap for the completeness check. */
const WITHOUT_BENCHMARKS = "wl";

export const benchmarkLists = (): readonly List[] => [
  ...domains
    .filter((domain) => domain.key !== WITHOUT_BENCHMARKS)
    .map((domain, index) => domainBenchmarks(domain, index + 1)),
  exemptions(),
];

/** The city organ that publishes for a field. */
function publisherOf(domain: Domain): OrganSeed {
  const organ = enforcingOrgans().find((each) => each.domain === domain.key && each.level === "市");
  if (!organ) throw new RangeError(`no city organ for ${domain.key}`);
  return organ;
}

function domainBenchmarks(domain: Domain, number: number): List {
  const publisher = publisherOf(domain);
  const format = number % 3 === 0 ? "html" : "xlsx";
  const open = openList({
    path: `裁量基准/${publisher.name}行政处罚裁量基准.${format}`,
    format,
    kind: "benchmark",
    title: `${publisher.name}行政处罚裁量基准(演裁规〔2026〕${number}号)`,
    publisher: publisher.name,
    publishedOn: "2026-05-06",
    entity: publisher.name,
    header: [
      "序号",
      "事项代码",
      "违法行为",
      "处罚依据",
      "法定处罚标准",
      "常见问法",
      "违法程度",
      "适用条件",
      "裁量幅度",
    ],
  });
  const groups = new Map<string, Item[]>();
  for (const item of catalogue(domain)) {
    if (item.type !== "行政处罚" || !item.matter?.fine) continue;
    const key = item.group ?? item.name;
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  let order = 0;
  for (const items of groups.values()) {
    const [item] = items;
    const matter = item?.matter;
    if (!item || !matter?.fine) continue;
    const [min, max] = matter.fine;
    order += 1;
    const shared = [
      String(order),
      items.map(({ code }) => code).join("、"),
      matter.what,
      `【地方性法规】${invented(domain.regulation, item.article, item.text)}`,
      `处${min}元以上${max}元以下罚款`,
      item.group === undefined
        ? asked(...matter.say, `${matter.what}凭什么罚这么多`)
        : asked(`${matter.what}罚多少钱`),
    ];
    open.addGroup(
      tiersOf(matter).map((tier) => [...shared, ...tier]),
      shared.length,
    );
  }
  return open.list;
}

const CONDITIONS = [
  "首次被查处,主动停止违法行为并在责令的期限内改正,没有造成后果",
  "一年内第二次被查处,或者没有在责令的期限内改正",
  "一年内三次以上被查处,拒不改正,或者造成较重后果",
] as const;

/** Grade, condition and amounts of three tiers that meet end to end: the cut belongs to the upper tier. */
function tiersOf(matter: Matter): readonly (readonly [string, string, string])[] {
  const [min, max] = matter.fine ?? [0, 0];
  const first = roundTo(min + (max - min) * 0.3, min);
  const second = roundTo(min + (max - min) * 0.7, min);
  const conditions = matter.measure ? quantitiesOf(matter.measure) : CONDITIONS;
  return [
    ["较轻", conditions[0], `责令改正,处${min}元以上不满${first}元的罚款。`],
    ["一般", conditions[1], `责令改正,处${first}元以上不满${second}元的罚款。`],
    ["较重", conditions[2], `责令改正,处${second}元以上${max}元以下的罚款。`],
  ];
}

/** To a whole ten (or five below a hundred), as published tables are. */
function roundTo(amount: number, least: number): number {
  const step = least < 100 ? 5 : 10;
  return Math.round(amount / step) * step;
}

function quantitiesOf([measure, unit, low, high]: NonNullable<Matter["measure"]>) {
  return [
    `${measure}不满${low}${unit}`,
    `${measure}${low}${unit}以上不满${high}${unit}`,
    `${measure}${high}${unit}以上`,
  ] as const;
}

/** Every third matter of a field may go unpunished the first time. */
function exemptions(): List {
  const open = openList({
    path: "裁量基准/演示市轻微违法不予处罚清单.html",
    format: "html",
    kind: "exemption",
    title: "演示市轻微违法不予处罚清单",
    publisher: "演示市司法局",
    publishedOn: "2026-06-01",
    header: ["序号", "违法行为", "不予处罚类型", "适用条件", "后续措施", "法律依据", "常见问法"],
  });
  for (const domain of domains) {
    for (const { matter, group, no } of catalogue(domain)) {
      if (!matter || group !== undefined || no % 3 !== 1) continue;
      const first = no % 2 === 1;
      open.add(
        open.next(),
        matter.what,
        first ? "首违不罚" : "轻微不罚",
        first
          ? "十二个月内初次违法;危害后果轻微;在责令的期限内改正"
          : "违法行为轻微;及时改正;没有造成危害后果",
        "予以教育,签订改正承诺,登记备查。",
        laws(["行政处罚法", "第三十三条第一款"]),
        asked(`第一次${matter.what}能不能不罚`, `${matter.what}已经改了还罚吗`, `初次${matter.what}免罚`),
      );
    }
  }
  return open.list;
}
