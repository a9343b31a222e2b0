/** 随机抽查事项. */
import { parseDateRange } from "../parse/date.ts";
import {
  type Builder,
  basesOf,
  type Context,
  type DataRow,
  get,
  headerOf,
  idOf,
  maybe,
  organOf,
  required,
} from "./context.ts";
import { readLevel } from "./power.ts";

export const buildInspection: Builder = ([row], context) => {
  const organ = organOf(row, context);
  const name = required(row, "name", "抽查事项", context).replace(/\n/g, "");
  const basis = basesOf(row, context, "E37");
  const target = required(row, "target", "检查对象", context).replace(/\n/g, "");
  const partners = get(row, "partners")
    .split(/[、,,;;\n]+/)
    .filter((part) => part !== "");
  if (!organ) return [];
  const dates = parseDateRange(get(row, "dates"));
  if (get(row, "dates") !== "" && !dates)
    context.report("W51", row, "dates", {
      column: headerOf(row, "dates", "检查时间"),
      v: get(row, "dates").slice(0, 40),
      why: "不是起止日期",
    });
  const category = get(row, "category");
  return [
    {
      kind: "inspection",
      id: idOf("inspection", context.dataset, organ.name, name, target),
      entityId: organ.id,
      ...maybe("domain", get(row, "domain").replace(/\n/g, "")),
      name,
      ...maybe("content", get(row, "content")),
      basis,
      target,
      ...(/重点/.test(category) ? { category: "重点" } : /一般/.test(category) ? { category: "一般" } : {}),
      methods: get(row, "methods")
        .split(/[、,,;;\n]+/)
        .filter((part) => part !== ""),
      ratio: readRatio(row, context),
      frequency: readFrequency(row, context),
      ...(dates ? { dateFrom: dates.from, dateTo: dates.to } : {}),
      partnerNames: partners,
      level: readLevel(get(row, "level")) ?? organ.level,
      joint: partners.length > 0,
    },
  ];
};

function readRatio(row: DataRow, context: Context): Record<string, unknown> {
  const text = get(row, "ratio");
  if (text === "") return { kind: "text", text: "本机关尚未公示" };
  const plain = text.normalize("NFKC").replace(/\s/g, "");
  const column = headerOf(row, "ratio", "抽查比例");
  const shown = text.slice(0, 60);
  if (/^[^\d≥≤><不至按约抽比例全最少于低高]{1,2}\d+(\.\d+)?%/.test(plain)) {
    context.report("W36", row, "ratio", { v: text });
    return { kind: "text", text: shown };
  }
  const cell = row.fields.ratio?.[0];
  if (cell?.numeric !== undefined && !plain.endsWith("%")) {
    context.report("W51", row, "ratio", { column, v: text, why: "只有数字,没有单位" });
    return { kind: "text", text: shown };
  }
  const share = plain.split(/[,,;;]/)[0] ?? plain;
  const range = /^(\d+(?:\.\d+)?)%?(?:-|—|~|至|–)(\d+(?:\.\d+)?)(%|家|户|个|件)$/.exec(share);
  if (range && Number(range[1]) <= Number(range[2]))
    return {
      kind: range[3] === "%" ? "percent" : "range",
      min: Number(range[1]),
      max: Number(range[2]),
      text: shown,
    };
  const least = /^(?:不低于|不少于|≥|>=|至少|大于等于)(\d+(?:\.\d+)?)(%|家|户|个|件)$/.exec(share);
  if (least) return { kind: least[2] === "%" ? "percent" : "count", min: Number(least[1]), text: shown };
  const most = /^(?:不超过|≤|不高于)(\d+(?:\.\d+)?)(%|家|户|个|件)$/.exec(share);
  if (most) return { kind: most[2] === "%" ? "percent" : "count", max: Number(most[1]), text: shown };
  const one = /^(?:按)?(?:抽查)?(?:比例)?(\d+(?:\.\d+)?)(%|家|户|个|件)$/.exec(share);
  if (one?.[2] === "%" && Number(one[1]) === 100) return { kind: "all", text: shown };
  if (one)
    return {
      kind: one[2] === "%" ? "percent" : "count",
      min: Number(one[1]),
      max: Number(one[1]),
      text: shown,
    };
  if (/^(全覆盖|全部|全数|100%全覆盖)$/.test(share)) return { kind: "all", text: shown };
  context.report("W51", row, "ratio", { column, v: shown, why: "未能识别比例" });
  return { kind: "text", text: shown };
}

function readFrequency(row: DataRow, context: Context): Record<string, unknown> {
  const own = get(row, "frequency");
  const text = own || get(row, "ratio");
  const plain = text.normalize("NFKC").replace(/\s/g, "");
  const half = /每?半年(?:度)?(?:至少|不少于)?([一1])次/.test(plain);
  if (half) return { times: 2, period: "年", text: text.slice(0, 60) };
  // 每两年一次 is no number of times in a year: the unit must be one.
  const match =
    /(?<![\d半两二三四五六七八九十个])(?:每)?(?<!\d)[一1]?(年|季度|季|月|周|日)(?:度)?(?:至少|不少于|不超过)?([\d一二两三四五六七八九十]+)次/.exec(
      plain,
    ) ?? /^([\d一二两三四五六七八九十]+)次\/(年|季度|季|月|周|日)/.exec(plain);
  if (!match && own !== "" && !/不定期|随机|适时/.test(own))
    context.report("W51", row, "frequency", {
      column: headerOf(row, "frequency", "抽查频次"),
      v: own.slice(0, 40),
      why: "未能识别频次",
    });
  if (!match) return { period: "不定期", text: own.slice(0, 60) || "本机关尚未公示" };
  const [unit, count] = /[年季月周日]/.test(match[1]!) ? [match[1]!, match[2]!] : [match[2]!, match[1]!];
  const times = /^\d+$/.test(count)
    ? Number(count)
    : "一二三四五六七八九十".indexOf(count.replace("两", "二")) + 1;
  return { ...(times > 0 ? { times } : {}), period: unit[0], text: text.slice(0, 60) };
}
