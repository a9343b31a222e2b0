/** 裁量基准 and 免罚清单: the city sets them for its own (made-up) regulations; its counties apply the same. */
import type { Interval } from "../../../src/records/primitives.ts";
import type { DiscretionBenchmark, ExemptionItem } from "../../../src/records/schema.ts";
import { common, type Draft, invented, join, law, padded } from "./draft.ts";
import { openList } from "./list.ts";
import { type Domain, domains, type Matter } from "./matters.ts";
import type { OrganSeed } from "./places.ts";
import { catalogue, enforcingOrgans, heldItems, type Item, powerId } from "./powers.ts";

/** A field whose benchmarks are not published yet: a deliberate gap for the completeness check. */
const WITHOUT_BENCHMARKS = "wl";

export function benchmarkDraft(): Draft {
  const published = domains.filter((domain) => domain.key !== WITHOUT_BENCHMARKS);
  return join(...published.map((domain, index) => domainBenchmarks(domain, index + 1)), exemptions());
}

/** The city organ that publishes for a field. */
function publisherOf(domain: Domain): OrganSeed {
  const organ = enforcingOrgans().find((each) => each.domain === domain.key && each.level === "市");
  if (!organ) throw new RangeError(`no city organ for ${domain.key}`);
  return organ;
}

/** Ids of an item at every organ that holds it. */
function idsOf(domain: Domain, items: readonly Item[]): string[] {
  const wanted = new Set(items.map((item) => item.no));
  return enforcingOrgans()
    .filter((organ) => organ.domain === domain.key)
    .flatMap((organ) =>
      heldItems(organ)
        .filter((item) => wanted.has(item.no))
        .map((item) => powerId(organ.key, item)),
    );
}

function domainBenchmarks(domain: Domain, number: number): Draft {
  const publisher = publisherOf(domain);
  const format = number % 3 === 0 ? "html" : "xlsx";
  const open = openList({
    path: `裁量基准/${publisher.name}行政处罚裁量基准.${format}`,
    format,
    kind: "benchmark",
    title: `${publisher.name}行政处罚裁量基准`,
    publisher: publisher.name,
    publishedOn: "2026-05-06",
    header: ["序号", "事项代码", "违法行为", "处罚依据", "法定处罚标准", "违法程度", "适用条件", "裁量幅度"],
  });
  const groups = new Map<string, Item[]>();
  for (const item of catalogue(domain)) {
    if (item.type !== "行政处罚" || !item.matter?.fine) continue;
    const key = item.group ?? item.name;
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  const docNo = `演裁规〔2026〕${number}号`;
  const records: DiscretionBenchmark[] = [];
  for (const items of groups.values()) {
    const [item] = items;
    const matter = item?.matter;
    if (!item || !matter?.fine) continue;
    const basis = invented(domain.regulation, item.article, item.text);
    const tiers = tiersOf(matter, item.code);
    const [min, max] = matter.fine;
    const order = String(records.length + 1);
    const legal = `处${min}元以上${max}元以下罚款`;
    const source = open.addGroup(
      tiers.map((tier) => [
        order,
        item.code,
        matter.what,
        basis.raw,
        legal,
        tier.grade,
        tier.condition,
        tier.text,
      ]),
      5,
    );
    records.push({
      kind: "benchmark",
      id: `ben_demo_${domain.key}_${padded(item.no, 3)}`,
      ...common(source),
      variants:
        item.group === undefined
          ? [...matter.say, `${matter.what}凭什么罚这么多`]
          : [`${matter.what}罚多少钱`],
      powerIds: idsOf(domain, items),
      violation: matter.what,
      chosenBasis: basis,
      statutory: { penalties: ["罚款"], fine: interval(min, true, max, true) },
      issuer: publisher.name,
      issuerLevel: "市",
      docNo,
      tiers,
    });
  }
  return { records, lists: [open.list] };
}

const interval = (
  min: number,
  minIncluded: boolean,
  max: number,
  maxIncluded: boolean,
  unit = "元",
): Interval => ({
  min,
  minIncluded,
  max,
  maxIncluded,
  unit,
});

const CONDITIONS = [
  "首次被查处,主动停止违法行为并在责令的期限内改正,没有造成后果",
  "一年内第二次被查处,或者没有在责令的期限内改正",
  "一年内三次以上被查处,拒不改正,或者造成较重后果",
] as const;

/** Three tiers that meet end to end: the cut belongs to the upper tier, the statutory ends to the range. */
function tiersOf(matter: Matter, code: string): DiscretionBenchmark["tiers"] {
  const [min, max] = matter.fine ?? [0, 0];
  const first = roundTo(min + (max - min) * 0.3, min);
  const second = roundTo(min + (max - min) * 0.7, min);
  const quantities = matter.measure && quantitiesOf(matter.measure);
  const bounds = [
    interval(min, true, first, false),
    interval(first, true, second, false),
    interval(second, true, max, true),
  ];
  return (["较轻", "一般", "较重"] as const).map((grade, index) => {
    const fine = bounds[index] ?? interval(min, true, max, true);
    const quantity = quantities?.[index];
    const condition = quantity?.say ?? CONDITIONS[index] ?? "";
    const upper = fine.maxIncluded ? `${fine.max}元以下` : `不满${fine.max}元`;
    return {
      code: `${code}-${index + 1}`,
      grade,
      order: index + 1,
      condition,
      quantity: quantity && { measure: quantity.measure, range: quantity.range },
      penalties: ["罚款"],
      fine,
      text: `责令改正,处${fine.min}元以上${upper}的罚款。`,
    };
  });
}

/** To a whole ten (or five below a hundred), as published tables are. */
function roundTo(amount: number, least: number): number {
  const step = least < 100 ? 5 : 10;
  return Math.round(amount / step) * step;
}

function quantitiesOf([measure, unit, low, high]: NonNullable<Matter["measure"]>) {
  return [
    { measure, range: interval(0, false, low, false, unit), say: `${measure}不满${low}${unit}` },
    {
      measure,
      range: interval(low, true, high, false, unit),
      say: `${measure}${low}${unit}以上不满${high}${unit}`,
    },
    {
      measure,
      range: { ...interval(high, true, high, false, unit), max: null },
      say: `${measure}${high}${unit}以上`,
    },
  ];
}

/** Every third matter of a field may go unpunished the first time. */
function exemptions(): Draft {
  const open = openList({
    path: "裁量基准/演示市轻微违法不予处罚清单.html",
    format: "html",
    kind: "exemption",
    title: "演示市轻微违法不予处罚清单",
    publisher: "演示市司法局",
    publishedOn: "2026-06-01",
    header: ["序号", "违法行为", "不予处罚类型", "适用条件", "后续措施", "法律依据"],
  });
  const records: ExemptionItem[] = [];
  for (const domain of domains) {
    for (const item of catalogue(domain)) {
      if (!item.matter || item.group !== undefined || item.no % 3 !== 1) continue;
      const first = item.no % 2 === 1;
      const kind = first ? "首违不罚" : "轻微不罚";
      const conditions = first
        ? ["十二个月内初次违法", "危害后果轻微", "在责令的期限内改正"]
        : ["违法行为轻微", "及时改正", "没有造成危害后果"];
      const basis = [law("行政处罚法", "第三十三条第一款")];
      const measures = "予以教育,签订改正承诺,登记备查。";
      const source = open.add([
        String(records.length + 1),
        item.matter.what,
        kind,
        conditions.join(";"),
        measures,
        basis.map((each) => each.raw).join(),
      ]);
      records.push({
        kind: "exemption",
        id: `exe_demo_${domain.key}_${padded(item.no, 3)}`,
        ...common(source),
        variants: [
          `第一次${item.matter.what}能不能不罚`,
          `${item.matter.what}已经改了还罚吗`,
          `初次${item.matter.what}免罚`,
        ],
        powerIds: idsOf(domain, [item]),
        violation: item.matter.what,
        exemptionKind: kind,
        conditions,
        window: first ? "12个月" : undefined,
        measures,
        issuer: "演示市司法局",
        basis,
      });
    }
  }
  return { records, lists: [open.list] };
}
