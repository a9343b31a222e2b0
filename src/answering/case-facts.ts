/** Facts of a case read from an officer's words, for the gates; nothing is filled in that was not said. */
import {
  type CaseFacts,
  type FactName,
  factQuestions,
  type Measure,
  parseFacts,
} from "../law/gates/facts.ts";
import type { Ask } from "./answer.ts";

const measureWords: readonly (readonly [Measure, RegExp])[] = [
  ["warning", /警告/],
  ["publicCriticism", /通报批评/],
  ["fine", /罚款|罚\s*[\d一二两三四五六七八九十百千万]|罚了?多少|元(?:的)?罚/],
  ["confiscateGains", /没收.{0,4}(?:违法)?所得/],
  ["confiscateProperty", /没收.{0,4}(?:非法)?(?:财物|物品|货物|东西|工具)/],
  ["suspendLicense", /暂扣/],
  ["downgradeQualification", /降低资质/],
  ["revokeLicense", /吊销/],
  ["suspendBusiness", /停产停业|责令停业|停业整顿|关停/],
  ["closeBusiness", /责令关闭/],
  ["restrictOccupation", /限制从业/],
  ["detention", /拘留/],
];

const sceneWords: readonly (readonly [NonNullable<CaseFacts["scene"]>, RegExp])[] = [
  ["hearing", /听证/],
  ["coercion", /查封|扣押|强制|强拆|扣(?:车|货|东西)/],
  ["disputedService", /(?:留置|公告)送达|拒(?:签|收)/],
  ["service", /送达/],
  ["onTheSpotPenalty", /当场处罚|简易程序|当场罚/],
  ["interview", /询问|笔录/],
  ["evidence", /取证|证据保全|登记保存|抽样/],
  ["review", /法制审核/],
  ["inspection", /检查|抽查|执法现场|现场执法/],
];

export function caseFactsOf(ask: Ask, organName = ""): CaseFacts {
  const text = ask.part.text;
  const measures = measureWords.filter(([, pattern]) => pattern.test(text)).map(([measure]) => measure);
  const amount = ask.part.mentions.amountsYuan[0];
  const scene = sceneWords.find(([, pattern]) => pattern.test(text))?.[0];
  const party = ask.part.mentions.party ?? ask.memory.party;
  const field = /治安|派出所|公安(?!交)/.test(text + organName)
    ? ("publicSecurity" as const)
    : /交警|道路交通|交通违法/.test(text + organName)
      ? ("traffic" as const)
      : /市场监管|市监/.test(text + organName)
        ? ("market" as const)
        : undefined;
  const said: CaseFacts = {
    ...(field ? { field } : {}),
    ...(measures.length > 0 || amount !== undefined
      ? { measures: amount !== undefined && !measures.includes("fine") ? [...measures, "fine"] : measures }
      : {}),
    ...(amount !== undefined ? { fineYuan: amount } : {}),
    ...(party ? { party: party === "person" ? "citizen" : "organization" } : {}),
    ...(scene ? { scene } : {}),
    ...(/当场处罚|简易程序/.test(text) ? { decidedOnTheSpot: true } : {}),
    ...(/没有?异议|无异议|认罚/.test(text)
      ? { partyObjects: false }
      : /有异议|不认/.test(text)
        ? { partyObjects: true }
        : {}),
    ...(/全程(?:同步)?(?:录音)?录像/.test(text) && !/要不要|需不需要|必须|是否|吗/.test(text)
      ? { fullRecording: true }
      : {}),
    ...(/听证(?:后|完|过)|经过听证|开完听证/.test(text) ? { hearingHeld: true } : {}),
    ...(/公共利益/.test(text) ? { majorPublicInterest: true } : {}),
    ...(/疑难|复杂/.test(text) ? { complexLaw: true, seriousOrComplex: true } : {}),
    ...(/情节(?:严重|复杂)|重大违法/.test(text) ? { seriousOrComplex: true } : {}),
    ...(/查封|扣押|强拆|强制拆除|人身自由/.test(text) ? { libertyLifeProperty: true } : {}),
    ...(/试点/.test(text) ? { pilotUnit: true } : {}),
    ...(/边远|水上|交通不便|山区/.test(text) ? { remoteArea: true } : {}),
    ...(/(?:当事人|他|自己)(?:主动)?(?:提出|要求)/.test(text) ? { partyRequests: true } : {}),
    ...(/难以执行|跑了就|外地人/.test(text) ? { hardToEnforceLater: true } : {}),
    ...(/灭失|以后难以取得|可能(?:转移|销毁)/.test(text) ? { evidenceMayBeLost: true } : {}),
    ...(/紧急/.test(text) ? { urgent: true } : {}),
    ...(/协管|辅助人员|辅警|受委托/.test(text) ? { entrusted: true } : {}),
    ...(/生活必需品/.test(text) ? { dailyNecessity: true } : {}),
    ...(/涉嫌犯罪|构成犯罪|够刑事/.test(text) ? { crimeSuspected: true } : {}),
    ...(/事实(?:清楚|确凿)/.test(text) ? { factsClear: true } : {}),
  };
  const age = /(\d{1,2})\s*(?:周)?岁/.exec(text)?.[1];
  return { ...rememberedFacts(ask), ...said, ...(age ? { age: Number(age) } : {}) };
}

/** Facts given earlier in the conversation that the gates know. */
function rememberedFacts(ask: Ask): CaseFacts {
  const known = Object.entries(ask.memory.facts ?? {}).filter(([name]) => name in factQuestions);
  const given = Object.fromEntries(
    known.map(([name, value]) => [
      name,
      typeof value === "string" && value.startsWith("[") ? JSON.parse(value) : value,
    ]),
  );
  return parseFacts(given);
}

/** As it is kept in memory: lists as JSON text. */
export function keptFacts(facts: CaseFacts): Record<string, string | number | boolean> {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]): [string, string | number | boolean][] => {
      if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
        return [[name, value]];
      return Array.isArray(value) ? [[name, JSON.stringify(value)]] : [];
    }),
  );
}

/** A fact given by a button: `majorPublicInterest=true`, `scene=inspection`. Undefined when it is none of ours. */
export function readFact(
  said: string,
): { readonly name: FactName; readonly value: string | boolean } | undefined {
  const [name, value] = said.split("=");
  if (!name || value === undefined || !(name in factQuestions)) return undefined;
  const fact = name as FactName;
  return { name: fact, value: value === "true" ? true : value === "false" ? false : value };
}
