/** Reads the signs of conduct in a message and says what each calls for; the lawful question beside it goes on. */
import type { Answer, Ask } from "../answer.ts";
import { newPage } from "../answer.ts";
import { emergency } from "../composers/conduct.ts";
import { hotlineOf } from "../composers/supervision.ts";
import { tellsInjury } from "../reading/polarity.ts";
import type { Classifier } from "../understand/classifier.ts";
import type { Features } from "../understand/features.ts";
import { type ConductName, type ConductSign, conductNames, conductSigns, NO_SIGN } from "./signs.ts";

/** The strongest sign of a message, when one is sure enough. */
export function conductOf(features: Features, classifier: Classifier<string>): ConductName | undefined {
  const best = classifier.rank(features).find(({ name }) => name !== NO_SIGN);
  const sign = conductNames.find((name) => name === best?.name);
  return best && sign && best.confidence >= conductSigns[sign].from ? sign : undefined;
}

/** The kind of a danger that is certain; `danger` where none stands out. */
export function dangerOf(features: Features, classifier: Classifier<string>): ConductName {
  const kinds = classifier.rank(features).flatMap(({ name, confidence }) => {
    const sign = conductNames.find((known) => known === name);
    return sign && conductSigns[sign].outcome === "emergency" ? [{ sign, confidence }] : [];
  });
  const [best] = kinds;
  return best && best.confidence >= TELLS_KIND ? best.sign : "danger";
}
const TELLS_KIND = 0.2;

/** What is said when the danger named before is over. */
export function tellOver(ask: Ask, name: ConductName): Answer {
  const sign: ConductSign = conductSigns[name];
  return newPage(ask, sign.route)
    .use(sign)
    .text(sign.over ?? sign.say)
    .choice("start:complaint", "投诉执法人员")
    .choice("do:relief", "不服怎么申诉")
    .done("answered", { direct: true });
}

/** What a sign calls for, alone. */
export function tellConduct(ask: Ask, name: ConductName): Answer {
  if (name === "danger") return emergency(ask);
  const sign: ConductSign = conductSigns[name];
  const page = newPage(ask, sign.route);
  const calls = [...new Set([...(sign.call ?? []), ...(hurts(sign, ask) ? ["120"] : [])])];
  for (const number of calls) {
    const hotline = hotlineOf(ask, number);
    if (hotline) page.notice("urgent", `请马上打${hotline.number}(${hotline.name})。`, hotline);
  }
  page.use(sign).text(`${sign.say}${sign.more ?? ""}`, ...(sign.basis ?? []));
  if (sign.outcome === "emergency") page.remember({ last: { danger: name } });
  else page.choice("start:complaint", "投诉执法人员").choice("do:relief", "不服怎么申诉");
  return page.done(sign.outcome, { direct: true });
}

/** Somebody was hit and is hurt: an ambulance too. */
const hurts = (sign: ConductSign, { part }: Ask): boolean =>
  sign.outcome === "emergency" && tellsInjury(part.text);

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
