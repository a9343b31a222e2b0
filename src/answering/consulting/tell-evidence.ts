/** What a model pointed to, told by our own telling: a point, a published answer, a row, or what a composer computes. */
import { isCurrent } from "../../records/library.ts";
import { topicOfGate } from "../../tools/law.ts";
import { law as words } from "../../wording/law.ts";
import { type Answer, type Ask, newPage } from "../answer.ts";
import { composers } from "../composers/registry.ts";
import type { Intent } from "../intents.ts";
import { join } from "../joining.ts";
import { pointOf, tellPoint } from "../telling/point.ts";
import type { Part } from "../understanding.ts";
import type { Consulted, Question } from "./consultant.ts";

/** Stands on every answer a model had a hand in. */
export const BY_MODEL = "借助模型理解";
const MOST_BESIDE = 2;
const LONGEST_ROW = 300;

/** What our own reading read: a model may say which of several is meant, and nothing else. */
export function questionOf({ part }: Ask, before: string | undefined): Question {
  const { organs, areas, amountsYuan } = part.mentions;
  return {
    text: part.text,
    ...(before ? { before } : {}),
    read: {
      organs: organs.map(({ said }) => said),
      areas: areas.map(({ said }) => said),
      amountsYuan,
    },
  };
}

/** One answer to all parts, in their order; undefined when nothing pointed to says anything here and now. */
export function tellEvidence(asked: Ask, consulted: Consulted): Answer | undefined {
  const ask = { ...asked, part: meant(asked.part, consulted) };
  const answers = consulted.parts.flatMap((ids) => tellPart(ask, ids) ?? []);
  const [first] = answers;
  if (!first) return undefined;
  const joined = join(answers, false);
  return {
    ...first,
    ...joined,
    intent: first.intent,
    evidence: answers.flatMap(({ evidence }) => evidence),
    labels: [BY_MODEL],
  };
}

/** What is meant of several comes first. */
function meant(part: Part, { organ, area, amountYuan }: Consulted): Part {
  const first = <T>(all: readonly T[], is: (one: T) => boolean) => [
    ...all.filter(is),
    ...all.filter((one) => !is(one)),
  ];
  const { mentions } = part;
  return {
    ...part,
    mentions: {
      ...mentions,
      organs: first(mentions.organs, ({ said }) => said === organ),
      areas: first(mentions.areas, ({ said }) => said === area),
      amountsYuan: first(mentions.amountsYuan, (yuan) => yuan === amountYuan),
    },
  };
}

/** The first that says something leads; further points stand beside it. */
function tellPart(ask: Ask, ids: readonly string[]): Answer | undefined {
  for (const [at, id] of ids.entries()) {
    const beside = ids.slice(at + 1).flatMap((other) => pointOf(ask, other) ?? []);
    const answer = tellOne(ask, id, beside.slice(0, MOST_BESIDE));
    if (answer && answer.blocks.length > 0 && answer.outcome !== "not_found") return answer;
  }
  return undefined;
}

function tellOne(ask: Ask, id: string, beside: Parameters<typeof tellPoint>[2]): Answer | undefined {
  const point = pointOf(ask, id);
  if (point) return tellPoint(ask, point, beside);
  const [kind, name = ""] = id.split(":");
  switch (kind) {
    case "deadline": {
      const own = ask.library.current("point", ask.today).find(({ rule }) => rule === name);
      return own && tellPoint(ask, own, beside);
    }
    case "gate": {
      const intent = topicOfGate[name];
      return intent && composed(ask, intent);
    }
    case "competence":
      return composed(ask, "relief");
    default:
      return tellRow(ask, id);
  }
}

const composed = (ask: Ask, intent: Intent): Answer =>
  composers[intent]({ ...ask, part: { ...ask.part, intent } });

/** A text in its own words; an organ by its card; any other row as it is published. */
function tellRow(ask: Ask, id: string): Answer | undefined {
  const [recordId = "", locator] = id.split("#");
  const record = ask.library.find(recordId);
  if (!record || !isCurrent(record, ask.today)) return undefined;
  if (record.kind === "faq")
    return newPage(ask).text(record.answer, record).done("answered", { direct: true });
  if (record.kind === "entity") {
    const mentions = { ...ask.part.mentions, organs: [{ said: record.name, entityIds: [record.id] }] };
    return composed({ ...ask, part: { ...ask.part, mentions } }, "entityInfo");
  }
  const passage = ask.search.get(id);
  if (!passage) return undefined;
  const text = passage.text.slice(0, LONGEST_ROW);
  const page = newPage(ask, "lawLookup");
  if (locator)
    page.text(words.quote(passage.name ?? `${passage.title} ${locator}`, text), { record, locator });
  else page.text(text, record);
  return page.done("answered", { direct: true });
}
