/** Powers, their benchmarks and tiers. */
import type { Interval, LegalBasis } from "../primitives.ts";
import type { DiscretionBenchmark, PublishedRecord } from "../schema.ts";
import { type IntegrityRule, type RecordSet, repealedReason, say } from "./rule.ts";

const penaltyEquipment: IntegrityRule = {
  id: "R3",
  holds: "每项行政处罚有程序、复议和诉讼渠道、监督方式,有裁量基准或写明无裁量空间",
  *check(set) {
    const channels = channelsByEntity(set);
    const benchmarked = new Set(set.of("benchmark").flatMap((benchmark) => benchmark.powerIds));
    const silent = new Set<string>();
    for (const power of set.of("power")) {
      if (power.powerType !== "行政处罚" || power.status !== "published") continue;
      if (!hasProcedure(set, power)) {
        const message = `行政处罚${say(power)}没有对应的执法程序(流程步骤),不能发布。请导入本机关处罚程序。`;
        yield { severity: "E", record: power.id, message };
      }
      if (!benchmarked.has(power.id) && !power.noDiscretion) {
        const message = `行政处罚${say(power)}没有裁量基准,也没有注明“无裁量空间”(行政处罚法第三十四条)。`;
        yield { severity: "W", record: power.id, message };
      }
      if (silent.has(power.entityId)) continue;
      silent.add(power.entityId);
      const entity = set.entity(power.entityId);
      const known = channels.get(power.entityId) ?? new Set<string>();
      for (const kind of ["行政复议", "行政诉讼", "监督方式"]) {
        if (known.has(kind)) continue;
        const name = entity ? say(entity) : power.entityId;
        const message = `${name}有行政处罚职权,但没有公示${kind}渠道,其处罚事项不能发布。请导入该渠道。`;
        yield { severity: "E", record: power.entityId, message };
      }
    }
  },
};

function channelsByEntity(set: RecordSet): Map<string, Set<string>> {
  const channels = new Map<string, Set<string>>();
  const note = (id: string, kind: string) => {
    const known = channels.get(id) ?? new Set<string>();
    channels.set(id, known.add(kind));
  };
  for (const relief of set.of("relief")) for (const id of relief.entityIds) note(id, relief.reliefKind);
  for (const channel of set.of("supervision")) for (const id of channel.entityIds) note(id, "监督方式");
  return channels;
}

function hasProcedure(set: RecordSet, power: PublishedRecord & { kind: "power" }): boolean {
  if (power.procedureIds.some((id) => set.byId.has(id))) return true;
  return set
    .of("procedure")
    .some(
      (procedure) =>
        procedure.dataset === power.dataset &&
        procedure.powerType === power.powerType &&
        (procedure.entityId === undefined || procedure.entityId === power.entityId) &&
        (procedure.powerIds.length === 0 || procedure.powerIds.includes(power.id)),
    );
}

/** Grades that may lie below the statutory range (行政处罚法第三十二、三十三条). */
const BELOW = /不予|减轻/;

const tiers: IntegrityRule = {
  id: "R4",
  holds: "裁量档次在法定幅度之内,依次排列,不重叠、不留空档",
  *check(set) {
    for (const benchmark of set.of("benchmark")) {
      for (const measure of ["fine", "multiple"] as const) {
        for (const fault of faultsOf(benchmark, measure)) {
          yield { ...fault, record: benchmark.id, message: `裁量基准${say(benchmark)}${fault.message}` };
        }
      }
    }
  },
};

/** What R4 compares of a tier. */
export interface MeasuredTier {
  readonly grade: string;
  /** Tiers with the same words of condition are not compared: they differ in whom they meet. */
  readonly condition: string;
  readonly range: Interval;
}

/** A fault of one tier, or of the later of two; positions are those of the tiers handed in. */
export interface TierFault {
  readonly is: "swapped" | "outside" | "open" | "overlap" | "gap" | "touching";
  readonly at: number;
  /** The tier with the smaller amount. */
  readonly other?: number;
}

/** What each fault is worth, at import as at publication. */
export const tierSeverity = {
  swapped: "E",
  outside: "E",
  overlap: "E",
  open: "W",
  gap: "W",
  touching: "W",
} as const satisfies Record<TierFault["is"], "E" | "W">;

/**
 * Tiers of one measure against the law and each other, by amount. Neighbours that both hold their common end are
 * `touching`, no overlap: 以上 and 以下 include the number (民法典第一千二百五十九条), and lists write both.
 */
export function tierFaults(tiers: readonly MeasuredTier[], statutory: Interval | undefined): TierFault[] {
  const faults: TierFault[] = [];
  const placed: { at: number; tier: MeasuredTier }[] = [];
  for (const [at, tier] of tiers.entries()) {
    const { min, max, unit } = tier.range;
    if (min !== null && max !== null && min > max) {
      faults.push({ is: "swapped", at });
      continue;
    }
    placed.push({ at, tier });
    if (!statutory || statutory.unit !== unit || BELOW.test(tier.grade)) continue;
    if (!inside(tier.range, statutory)) faults.push({ is: "outside", at });
    else if ((min === null && statutory.min !== null) || (max === null && statutory.max !== null))
      faults.push({ is: "open", at });
  }
  placed.sort(
    (a, b) => lowOf(a.tier.range) - lowOf(b.tier.range) || highOf(a.tier.range) - highOf(b.tier.range),
  );
  for (const [index, next] of placed.entries()) {
    const before = placed[index - 1];
    const is = before && between(before.tier, next.tier);
    if (is) faults.push({ is, at: next.at, other: before.at });
  }
  return faults;
}

function between(a: MeasuredTier, b: MeasuredTier): TierFault["is"] | undefined {
  if (a.range.unit !== b.range.unit || a.condition === b.condition) return undefined;
  const [end, start] = [highOf(a.range), lowOf(b.range)];
  if (end > start) return "overlap";
  // What lies below the law need not reach up to it.
  if (BELOW.test(a.grade)) return undefined;
  const { maxIncluded } = a.range;
  const { minIncluded } = b.range;
  if (end < start || (!maxIncluded && !minIncluded)) return "gap";
  return maxIncluded && minIncluded && a.range.min !== a.range.max ? "touching" : undefined;
}

const lowOf = ({ min }: Interval): number => min ?? 0;
const highOf = ({ max }: Interval): number => max ?? Number.POSITIVE_INFINITY;

function* faultsOf(
  benchmark: DiscretionBenchmark,
  measure: "fine" | "multiple",
): Iterable<{ severity: "E" | "W"; message: string }> {
  const statutory = benchmark.statutory[measure];
  const measured = benchmark.tiers.flatMap(({ grade, condition, [measure]: range }) =>
    range ? [{ grade, condition, range }] : [],
  );
  for (const fault of tierFaults(measured, statutory)) {
    yield { severity: tierSeverity[fault.is], message: sayFault(fault, measured, statutory) };
  }
  const own = measured.filter(({ grade }) => !BELOW.test(grade));
  const top = Math.max(...own.map(({ range }) => highOf(range)));
  if (statutory && own.length > 0 && statutory.max !== null && top < statutory.max) {
    const message = `最高一档到 ${top}${statutory.unit},没有到法定上限 ${statutory.max},请核对。`;
    yield { severity: "W", message };
  }
}

function sayFault(fault: TierFault, tiers: readonly MeasuredTier[], statutory: Interval | undefined): string {
  const { grade, range } = tiers[fault.at]!;
  const other = fault.other === undefined ? undefined : tiers[fault.other];
  const law = statutory ? sayRange(statutory) : "";
  const pair = other ? `“${other.grade}”与“${grade}”` : "";
  const ranges = other ? `(${sayRange(other.range)} 与 ${sayRange(range)})` : "";
  switch (fault.is) {
    case "swapped":
      return `“${grade}”档下限 ${range.min} 高于上限 ${range.max},请改正。`;
    case "outside":
      return `“${grade}”档 ${sayRange(range)} 超出所选依据规定的 ${law},请按法定幅度改正。`;
    case "open":
      return `“${grade}”档 ${sayRange(range)} 有一端没有写明,法定幅度为 ${law},请核对。`;
    case "overlap":
      return `${pair}的区间重叠${ranges},请改正。`;
    case "gap":
      return `${pair}之间有空档${ranges},请补齐。`;
    case "touching":
      return `${pair}都包含 ${range.min}${range.unit}${ranges},请核对该数额归哪一档。`;
  }
}

/** An open end claims nothing beyond the law; a mere end shared in another way is no excess. */
function inside({ min, max }: Interval, law: Interval): boolean {
  const within = (value: number | null) => value === null || (value >= lowOf(law) && value <= highOf(law));
  return within(min) && within(max);
}

/** `[500元, 1000元)`: the brackets say which ends belong to it. */
function sayRange({ min, minIncluded, max, maxIncluded, unit }: Interval): string {
  const low = min === null ? "(不限" : `${minIncluded ? "[" : "("}${min}${unit}`;
  const high = max === null ? "不限)" : `${max}${unit}${maxIncluded ? "]" : ")"}`;
  return `${low}—${high}`;
}

const LOCAL_RANKS = new Set(["地方性法规", "政府规章"]);

const issuers: IntegrityRule = {
  id: "R5",
  holds: "市级只对本市法规规章定裁量基准,并以规范性文件公布",
  *check(set) {
    for (const benchmark of set.of("benchmark")) {
      if (benchmark.issuerLevel !== "市" && benchmark.issuerLevel !== "县") continue;
      const rank = benchmark.chosenBasis.rank;
      if (!rank || !LOCAL_RANKS.has(rank)) {
        const message = `裁量基准${say(benchmark)}由${benchmark.issuerLevel}级制定,但依据《${benchmark.chosenBasis.title}》不是本地法规、规章;上级已有基准的只能在其幅度内细化(山西省规范行政执法裁量权办法第七条)。`;
        yield { severity: "W", record: benchmark.id, message };
      }
      if (!benchmark.docNo) {
        const message = `裁量基准${say(benchmark)}没有文号,应以行政规范性文件公布(山西省规范行政执法裁量权办法第八条)。`;
        yield { severity: "W", record: benchmark.id, message };
      }
    }
  },
};

const sameNames: IntegrityRule = {
  id: "R10",
  holds: "同一编码的事项在各清单中名称、类型一致",
  *check(set) {
    const first = new Map<string, PublishedRecord & { kind: "power" }>();
    for (const power of set.of("power")) {
      if (!power.code) continue;
      const key = `${power.dataset} ${power.code.scheme} ${power.code.value}`;
      const other = first.get(key);
      if (!other) {
        first.set(key, power);
      } else if (other.name !== power.name || other.powerType !== power.powerType) {
        const message = `编码“${power.code.value}”在${say(power)}和${say(other)}中名称或类型不一致,请统一。`;
        yield { severity: "W", record: power.id, message };
      }
    }
  },
};

const inspections: IntegrityRule = {
  id: "R11",
  holds: "有检查权的主体公布抽查事项,抽查事项有检查权或依据",
  *check(set) {
    const listed = new Set(set.of("inspection").map((item) => item.entityId));
    const holders = new Set(
      set
        .of("power")
        .filter((power) => power.powerType === "行政检查")
        .map((power) => power.entityId),
    );
    for (const id of holders) {
      const entity = set.entity(id);
      if (listed.has(id) || !entity) continue;
      const message = `${say(entity)}有行政检查职权,但没有公布随机抽查事项清单,请导入清单或说明理由。`;
      yield { severity: "W", record: id, message };
    }
  },
};

const liveLaws: IntegrityRule = {
  id: "R17",
  holds: "引用的法律法规现行有效",
  *check(set) {
    const repealed = new Map<string, string | undefined>();
    const alive = new Map<string, boolean>();
    for (const { title, repealed: dead, validity } of set.of("statute")) {
      const ended = dead || (validity.effectiveTo !== undefined && validity.effectiveTo < set.today);
      alive.set(title, alive.get(title) === true || !ended);
    }
    for (const record of set.records) {
      for (const { title } of basesOf(record)) {
        if (!repealed.has(title)) {
          const dead = alive.get(title) === false ? "库中各版本均已废止或者失效。" : undefined;
          repealed.set(title, dead ?? repealedReason(set, title));
        }
        const reason = repealed.get(title);
        if (!reason) continue;
        const message = `${say(record)}所引《${title}》已修订或废止(${reason})请核对条款序号并更新依据。`;
        yield { severity: "W", record: record.id, message };
      }
    }
  },
};

function basesOf(record: PublishedRecord): readonly LegalBasis[] {
  if (record.kind === "point") return [];
  if (record.kind === "benchmark") return [record.chosenBasis];
  return "basis" in record ? record.basis : [];
}

export const powerRules: readonly IntegrityRule[] = [
  penaltyEquipment,
  tiers,
  issuers,
  sameNames,
  inspections,
  liveLaws,
];
