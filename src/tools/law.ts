/** `computeDeadline`, `findCompetence`, `checkGate`: the pure rules of law, each with its articles. */
import { z } from "zod";
import type { Intent } from "../answering/intents.ts";
import { AppError } from "../error.ts";
import { parseDay } from "../law/day.ts";
import { computeDeadline as count, findCountedRule, listRules } from "../law/deadline.ts";
import type { Finding } from "../law/finding.ts";
import { type FactName, factQuestions, type Shape } from "../law/gates/facts.ts";
import { askGate, findGate, listGates } from "../law/gates/gates.ts";
import { actKinds, competence } from "../law/jurisdiction.ts";
import type { Organ } from "../law/organ.ts";
import { cites, defineTool, newSources, refuseSwitchedOff, type Sources, sourced } from "./tool.ts";

const DayShape = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .describe("年-月-日,如 2026-03-02");

export const computeDeadline = defineTool({
  name: "computeDeadline",
  title: "算法定期限",
  description:
    "从触发日算出法定期限的最后一天,按放假安排顺延,并逐步说明怎么数。rule 写规则编号或名称,如 reconsiderationApply 或“申请行政复议”、litigationDirect、hearingRequest、finePayment。from 是收到文书或事情发生的那天,当天不算;当事人没说是哪天就先问,不要猜。",
  input: z.object({
    rule: z.string().trim().min(2).max(60),
    from: DayShape,
    extended: z.boolean().optional().describe("已经批准延长一次的写 true"),
  }),
  output: z.object({
    rule: z.string(),
    label: z.string(),
    from: z.string(),
    lastDay: z.string().describe("最后一天"),
    safeDay: z.string().describe("最稳妥的一天:这天前办好,怎么算都不晚"),
    projected: z.boolean().describe("true:那年放假安排没公布,是推算"),
    count: z.array(z.string()).describe("怎么数的"),
    caution: z.string().optional(),
    ifMissed: z.string().optional(),
    cites,
    ...sourced,
  }),
  run({ rule: said, from, extended }, house) {
    refuseSwitchedOff(house, "deadline");
    const day = parseDay(from);
    if (!day)
      throw new AppError("bad_input", { say: `日期“${from}”不存在,应写成真实的日期,如 2026-03-02。` });
    const rule = findCountedRule(ruleNamed(said));
    const {
      label,
      lastDay,
      safeDay,
      projected,
      count: steps,
      basis,
      caution,
    } = count(rule, day, house.calendar, { ...(extended ? { extended } : {}) });
    const sources = newSources(house);
    return {
      rule: rule.id,
      label,
      from,
      lastDay,
      safeDay,
      projected,
      count: [...steps],
      ...(caution ? { caution } : {}),
      ...(rule.ifMissed ? { ifMissed: rule.ifMissed } : {}),
      cites: sources.cite(...basis),
      ...sources.done(),
    };
  },
});

const MOST_NEAR = 12;

/** @throws AppError `unknown_rule` naming the rules whose names come nearest. */
function ruleNamed(said: string): string {
  const rules = listRules();
  const exact = rules.find(({ id, label }) => id === said || label === said);
  if (exact) return exact.id;
  const shared = (label: string) => [...new Set(label)].filter((one) => said.includes(one)).length;
  const near = [...rules].sort((a, b) => shared(b.label) - shared(a.label)).slice(0, MOST_NEAR);
  throw new AppError("unknown_rule", {
    say: `没有期限规则“${said}”。相近的有:${near.map(({ id, label }) => `${id}(${label})`).join("、")}。`,
  });
}

const Found = z.object({
  kind: z.enum(["found", "ask", "human"]).describe("found 找到;ask 要先问清 ask 里的事;human 要人工核对"),
  organs: z.array(z.object({ name: z.string(), why: z.string(), office: z.string().optional(), cites })),
  why: z.string().optional(),
  ask: z.string().optional(),
  cites,
});

export const findCompetence = defineTool({
  name: "findCompetence",
  title: "查复议机关、被告和法院级别",
  description:
    "按作出行为的机关(写全称或公示的简称)查:谁是被申请人、向哪个机关申请行政复议、是否必须先复议、起诉的被告和法院级别。机关没有公示就查不到,不要猜。",
  input: z.object({
    organ: z.string().trim().min(2).max(60).describe("机关全称,如“演示市公安局”"),
    act: z.enum(actKinds).optional().describe("它做了什么,决定是否必须先复议"),
  }),
  output: z.object({
    organ: z.string(),
    respondent: Found.describe("复议的被申请人"),
    reconsideration: Found.describe("复议机关"),
    priorReconsideration: z.object({
      required: z.enum(["yes", "no", "unclear"]),
      why: z.string(),
      meaning: z.string(),
      cites,
    }),
    litigation: z.array(
      z.object({
        label: z.string(),
        defendants: z.array(z.string()),
        level: z.string(),
        place: z.string(),
        cites,
      }),
    ),
    notes: z.array(z.object({ text: z.string(), cites })),
    ...sourced,
  }),
  run({ organ: said, act }, house) {
    refuseSwitchedOff(house, "relief");
    const organ = organNamed(house.library, said);
    const sources = newSources(house);
    const found = competence({ organ, ...(act ? { kind: act } : {}) }, (id) => house.library.organ(id));
    const record = house.library.entity(organ.id);
    sources.cite(record);
    return {
      organ: organ.name,
      respondent: findingOf(found.respondent, sources),
      reconsideration: findingOf(found.reconsideration, sources),
      priorReconsideration: {
        required: found.priorReconsideration.required,
        why: found.priorReconsideration.why,
        meaning: found.priorReconsideration.meaning,
        cites: sources.cite(...found.priorReconsideration.basis),
      },
      litigation: found.litigation.map(({ label, defendants, level, place, basis }) => ({
        label,
        defendants: [...defendants],
        level,
        place,
        cites: sources.cite(...basis),
      })),
      notes: found.notes.map(({ text, basis }) => ({ text, cites: sources.cite(...basis) })),
      ...sources.done(),
    };
  },
});

function findingOf(finding: Finding, sources: Sources): z.output<typeof Found> {
  if (finding.kind !== "found")
    return {
      kind: finding.kind,
      organs: [],
      why: finding.why,
      ...(finding.kind === "ask" ? { ask: finding.ask } : {}),
      cites: sources.cite(...finding.basis),
    };
  const organs = finding.options.map(({ organ, why, office, basis }) => ({
    name: organ.name,
    why,
    ...(office ? { office } : {}),
    cites: sources.cite(...basis),
  }));
  return { kind: "found", organs, cites: [...new Set(organs.flatMap((one) => one.cites))] };
}

/** @throws AppError `not_found` for an unknown name; `bad_input` for a name several organs share. */
export function organNamed(
  library: {
    entitiesNamed(name: string): readonly { readonly id: string; readonly name: string }[];
    organ(id: string): Organ | undefined;
  },
  name: string,
): Organ {
  const named = library.entitiesNamed(name);
  const [entity, ...others] = named;
  if (!entity)
    throw new AppError("not_found", {
      say: `公示的执法主体里没有“${name}”。请写全称,或先导入该机关的信息。`,
    });
  if (others.length > 0) {
    throw new AppError("bad_input", {
      say: `“${name}”有几个机关:${named.map((one) => one.name).join("、")}。请写全称。`,
    });
  }
  const organ = library.organ(entity.id);
  if (!organ) throw new AppError("not_found", { say: `没有“${name}”的登记信息。` });
  return organ;
}

/** The topic whose switch turns a gate off too; the others have none of their own. */
export const topicOfGate: Readonly<Record<string, Intent>> = {
  onTheSpotPenalty: "onTheSpotGate",
  onTheSpotCollection: "onTheSpotGate",
  singleOfficer: "certificateDuty",
  hearing: "hearingGate",
  collectiveDeliberation: "deliberationGate",
  noPenalty: "exemption",
  mayWaivePenalty: "exemption",
  transferToProsecution: "transferGate",
  evidencePreservation: "coercionGate",
  seizure: "coercionGate",
  legalReview: "legalReviewGate",
  audioVideo: "avRecordGate",
  disclosure: "disclosureDuty",
  majorPenaltyFiling: "disclosureDuty",
};

/** Only the facts some gate reads. */
const factNames = [...new Set(listGates().flatMap(({ facts }) => facts))];

export const checkGate = defineTool({
  name: "checkGate",
  title: "办案前的判断:能不能、要不要",
  description: `执法人员动手前的判断,按案情给出是、否,或者还要先问清什么,附条款。可问:${listGates()
    .map(({ id, title }) => `${id} ${title}`)
    .join("、")}。不知道的案情不要填,它会说还要问什么。`,
  input: z.object({
    gate: z.enum(listGates().map(({ id }) => id) as [string, ...string[]]),
    facts: z
      .strictObject(Object.fromEntries(factNames.map((name) => [name, shapeOf(name).optional()])))
      .optional(),
  }),
  output: z.object({
    gate: z.string(),
    title: z.string(),
    answer: z.enum(["yes", "no", "depends"]),
    ask: z.array(z.object({ fact: z.string(), ask: z.string() })).describe("depends 时还要问清的"),
    reasons: z.array(z.string()),
    documents: z.array(z.string()),
    caution: z.string().optional(),
    cites,
    ...sourced,
  }),
  run({ gate, facts = {} }, house) {
    const { title } = findGate(gate);
    const topic = topicOfGate[gate];
    if (topic) refuseSwitchedOff(house, topic);
    const { answer, on, reasons, documents, caution, basis } = askGate(gate, facts);
    const sources = newSources(house);
    return {
      gate,
      title,
      answer,
      ask: (on ?? []).map(({ fact, ask }) => ({ fact, ask })),
      reasons: [...reasons],
      documents: [...documents],
      ...(caution ? { caution } : {}),
      cites: sources.cite(...basis),
      ...sources.done(),
    };
  },
});

function shapeOf(name: FactName): z.ZodType {
  const { ask, shape } = factQuestions[name];
  return schemaOf(shape).describe(ask);
}

function schemaOf(shape: Shape): z.ZodType {
  if (shape === "boolean") return z.boolean();
  if (shape === "number") return z.number().min(0);
  if (shape === "threshold")
    return z.object({
      personYuan: z.number().min(0).optional(),
      organizationYuan: z.number().min(0).optional(),
      source: z.string().max(200),
    });
  if ("listOf" in shape) return z.array(z.enum(shape.listOf as [string, ...string[]]));
  return z.enum(shape as readonly string[] as [string, ...string[]]);
}
