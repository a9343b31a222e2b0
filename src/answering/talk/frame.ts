/** The case frame: what a message says of the case is kept, whichever answer it gets. */
import type { Memory } from "../../conversation.ts";
import { actOf } from "../act.ts";
import type { Ask } from "../answer.ts";
import { organOf } from "../place.ts";
import { asks, speaksAsOfficer } from "../reading/polarity.ts";

/** Done to the person who speaks, also where they ask about it. */
const OWN = /我|俺|咱/;

/** What this message adds to the case. Days are merged apart (`mergeEvents`); a sum only asked about is nobody's fine. */
export function framed(ask: Ask): Partial<Memory> {
  const { part, memory } = ask;
  const { mentions, text } = part;
  const organ = mentions.organs.length > 0 ? organOf(ask) : undefined;
  const [codes, ...others] = mentions.areas.map((one) => one.codes);
  const area = others.length === 0 && codes?.length === 1 ? codes[0] : undefined;
  const [amount] = asks(text) ? [] : mentions.amountsYuan;
  const act = asks(text) && !OWN.test(text) ? undefined : actOf(text);
  return {
    ...(organ?.kind === "known" ? { organ: organ.entity.id, area: organ.entity.area } : area ? { area } : {}),
    ...(amount !== undefined ? { amountYuan: amount } : {}),
    ...(act && (memory.act === undefined || act !== "penalty") ? { act } : {}),
    ...(speaksAsOfficer(text) ? { speaker: "officer" as const } : {}),
  };
}
