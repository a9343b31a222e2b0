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
const BELOW = new Set(["不予处罚", "减轻", "减轻处罚"]);

const tiers: IntegrityRule = {
  id: "R4",
  holds: "裁量档次在法定幅度之内,依次排列,不重叠、不留空档",
  *check(set) {
    for (const benchmark of set.of("benchmark")) {
      for (const measure of ["fine", "multiple"] as const) {
        for (const fault of tierFaults(benchmark, measure)) {
          yield { ...fault, record: benchmark.id, message: `裁量基准${say(benchmark)}${fault.message}` };
        }
      }
    }
  },
};

function* tierFaults(
  benchmark: DiscretionBenchmark,
  measure: "fine" | "multiple",
): Iterable<{ severity: "E" | "W"; message: string }> {
  const statutory = benchmark.statutory[measure];
  const ordered = [...benchmark.tiers].sort((a, b) => a.order - b.order);
  let previous: { grade: string; range: Interval } | undefined;
  let covered = false;
  for (const tier of ordered) {
    const range = tier[measure];
    if (!range) continue;
    if (range.min !== null && range.max !== null && range.min > range.max) {
      yield { severity: "E", message: `“${tier.grade}”档下限 ${range.min} 高于上限 ${range.max},请改正。` };
      continue;
    }
    if (BELOW.has(tier.grade)) continue;
    covered = true;
    if (statutory && !inside(range, statutory)) {
      yield {
        severity: "E",
        message: `“${tier.grade}”档 ${sayRange(range)} 超出所选依据规定的 ${sayRange(statutory)},请按法定幅度改正。`,
      };
    }
    if (previous && previous.range.max !== null && range.min !== null) {
      const { grade, range: before } = previous;
      const touch = before.max === range.min;
      if (range.min < previous.range.max || (touch && before.maxIncluded && range.minIncluded)) {
        yield {
          severity: "E",
          message: `“${grade}”与“${tier.grade}”的区间重叠(${sayRange(before)} 与 ${sayRange(range)}),请改正。`,
        };
      } else if (range.min > previous.range.max || (touch && !before.maxIncluded && !range.minIncluded)) {
        yield {
          severity: "W",
          message: `“${grade}”与“${tier.grade}”之间有空档(${sayRange(before)} 与 ${sayRange(range)}),请补齐。`,
        };
      }
    }
    previous = { grade: tier.grade, range };
  }
  if (statutory && covered && previous && statutory.max !== null && previous.range.max !== statutory.max) {
    yield {
      severity: "W",
      message: `最高一档到 ${sayRange(previous.range)},没有到法定上限 ${statutory.max},请核对。`,
    };
  }
}

function inside(range: Interval, outer: Interval): boolean {
  const low =
    outer.min === null ||
    (range.min !== null &&
      (range.min > outer.min || (range.min === outer.min && (outer.minIncluded || !range.minIncluded))));
  const high =
    outer.max === null ||
    (range.max !== null &&
      (range.max < outer.max || (range.max === outer.max && (outer.maxIncluded || !range.maxIncluded))));
  return low && high;
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
