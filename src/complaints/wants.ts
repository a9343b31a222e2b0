/** Plain words that open a script: a grievance told, a published fact contested, a receipt asked after. */

import type { Router } from "../answering/understand/router.ts";
import { understand } from "../answering/understand/understand.ts";
import type { TurnContext } from "../conversation.ts";
import { contests } from "./contested.ts";
import type { Triager } from "./triage.ts";

/** Below it the answering side asks back or explains how to complain. */
const SURE = 0.5;
/** A story nobody calls a complaint opens the form only when triage is this sure. */
const SURE_OF_GRIEVANCE = 0.95;
const ASKING =
  /[??]|吧$|对吧|几天|叫什么|什么名字|怎么|如何|哪里|哪儿|谁|多久|吗$|呢$|能不能|可不可以|有用|会不会/;

/** A shop, a gang, a neighbour: not for the oversight of enforcement, so no form opens; nor while danger lasts. */
const elsewhere: ReadonlySet<string> = new Set(["otherChannel", "whoHandles", "namedPerson", "emergency"]);

/**
 * A story or a plain wish opens the form; a question about complaining is a question and is answered as one.
 *
 * @returns a script's name, or undefined when the words want something else or several things.
 */
export function createWants(router: Router, triage: Triager): (context: TurnContext) => string | undefined {
  return ({ said, library, conversation, today, role, turn }) => {
    const text = said.text;
    if (text.length < 4 || role === "officer") return undefined;
    const wishes = /^(?:我)?(?:要|想|想要)?(?:投诉|举报)/.test(text) && !ASKING.test(text);
    if (contests(text)) return "correction";
    const context = {
      router,
      library,
      memory: conversation.memory,
      today,
      role,
      ...(turn.area ? { area: turn.area } : {}),
    };
    const [part, ...others] = understand(text, context).parts;
    if (wishes && !(part && elsewhere.has(part.intent) && part.confidence >= SURE)) return "complaint";
    if (!part || part.followUp) return undefined;
    if (tellsGrievance(text) && part.intent !== "relief") {
      const { kind, confidence } = triage(text, part.mentions);
      if ((kind === "enforcement" || kind === "discretion") && confidence >= SURE_OF_GRIEVANCE)
        return "complaint";
    }
    if (others.length > 0 || part.confidence < SURE) return undefined;
    if (part.intent === "complaint" && text.length >= 12 && !ASKING.test(text)) return "complaint";
    if (part.intent === "complaintStatus" && /回执|进度|我的投诉|查/.test(text)) return "status";
    return undefined;
  };
}

/** Told, not asked: the person's own story in more than one clause. */
function tellsGrievance(text: string): boolean {
  return (
    text.length >= 20 &&
    /我|俺/.test(text) &&
    !ASKING.test(text) &&
    text.split(/[,,。;;!!]/).filter(Boolean).length >= 2
  );
}
