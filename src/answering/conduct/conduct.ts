/** Reads the signs of conduct in a message and says what each calls for; the lawful question beside it goes on. */
import type { Answer, Ask, Page } from "../answer.ts";
import { newPage } from "../answer.ts";
import { emergency } from "../composers/conduct.ts";
import { hotlineOf } from "../composers/supervision.ts";
import type { Intent } from "../intents.ts";
import type { Classifier } from "../understand/classifier.ts";
import type { Features } from "../understand/features.ts";
import { type ConductName, type ConductSign, conductNames, conductSigns, NO_SIGN } from "./signs.ts";

/** From here a sign is acted on. A danger is heard sooner: a false alarm costs a sentence, a missed one more. */
const SURE = 0.6;
const SURE_OF_DANGER = 0.45;

/** The strongest sign of a message, when one is sure enough. */
export function conductOf(features: Features, classifier: Classifier<string>): ConductName | undefined {
  const [best] = classifier.rank(features).filter(({ name }) => name !== NO_SIGN);
  const sign = conductNames.find((name) => name === best?.name);
  if (!best || !sign) return undefined;
  const wanted = conductSigns[sign].outcome === "emergency" && sign !== "fraud" ? SURE_OF_DANGER : SURE;
  return best.confidence >= wanted ? sign : undefined;
}

/** The route a sign is known by where it has one of its own. */
const routeOf: Readonly<Partial<Record<ConductName, Intent>>> = {
  thirdPerson: "namedPerson",
  authority: "namedPerson",
  insult: "insult",
  injection: "injection",
  encoded: "injection",
};

/** What a sign calls for, alone. */
export function tellConduct(ask: Ask, name: ConductName): Answer {
  if (name === "danger") return emergency(ask);
  const intent = conductSigns[name].outcome === "emergency" ? "emergency" : (routeOf[name] ?? "legalOpinion");
  const page = addConduct(newPage(ask, intent), ask, name);
  const sign: ConductSign = conductSigns[name];
  if (sign.outcome !== "emergency")
    page.choice("start:complaint", "投诉执法人员").choice("do:relief", "不服怎么申诉");
  else page.remember({ last: { danger: name } });
  return page.done(sign.outcome, { direct: true });
}

function addConduct(page: Page, ask: Ask, name: ConductName): Page {
  const sign: ConductSign = conductSigns[name];
  for (const number of sign.call ?? []) {
    const hotline = hotlineOf(ask, number);
    if (hotline) page.notice("urgent", `请马上打${hotline.number}(${hotline.name})。`, hotline);
  }
  const basis = sign.basis ?? [];
  return page.use(sign).text(sign.more ? `${sign.say}${sign.more}` : sign.say, ...basis);
}

/** The sign's sentence before the answer to the question beside it. */
export function withConduct(ask: Ask, name: ConductName, answer: Answer): Answer {
  const said = tellConduct(ask, name);
  const shift = said.citations.length;
  const moved = answer.blocks.map((block) =>
    "cites" in block && block.cites ? { ...block, cites: block.cites.map((at) => at + shift) } : block,
  );
  return {
    ...answer,
    blocks: [...said.blocks, ...moved],
    citations: [...said.citations, ...answer.citations],
    evidence: [...said.evidence, ...answer.evidence],
  };
}
