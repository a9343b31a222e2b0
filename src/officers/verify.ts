/**
 * Is this officer on a published list? Seven outcomes, each with the list, its publisher and its date.
 * Not being found is never 假: certificates of ministries and new ones may not be on the list yet.
 *
 * Source: 行政处罚法第四十二条 (qualification), 第五十五条 (show the certificate; without it the party may refuse).
 */
import type { Day } from "../law/day.ts";
import type { Library } from "../records/library.ts";
import type { Entity, Officer } from "../records/schema.ts";

export const verificationOutcomes = {
  valid: "有效",
  expired: "已过期",
  suspended: "已暂停",
  cancelled: "已注销",
  auxiliary: "辅助人员",
  unlisted: "未列入名单",
  outdatedList: "名单过期无法核验",
} as const;
export type VerificationOutcome = keyof typeof verificationOutcomes;

export interface Verification {
  readonly outcome: VerificationOutcome;
  readonly label: string;
  /** The certificate number as it was looked up. */
  readonly certNo: string;
  /** Absent when unlisted. The name is whole only when its surname was given: the list is not for harvesting. */
  readonly officer?: { readonly record: Officer; readonly shownName: string };
  readonly entity?: Entity;
  /** Why, in one sentence a citizen understands. */
  readonly say: string;
  /** What to do now. */
  readonly next: string;
}

const SHOW_AND_ASK =
  "可请对方出示执法证件,核对照片、姓名、单位、证号和有效期;不出示的,您有权拒绝接受调查或者检查。";
const ASK_ORGAN =
  "请用该单位公示的电话核实,不要用对方给的号码;也可以向本级司法行政部门(行政执法监督机构)反映。";

/**
 * Exact number only; a name narrows it further and never widens it.
 * @param name whole name or surname as given; one that does not fit counts as not listed, so that numbers cannot be guessed by it
 */
export function verifyOfficer(
  library: Library,
  asked: { certNo: string; name?: string },
  today: Day,
): Verification {
  const certNo = plainCertNo(asked.certNo);
  const record = index(library).get(certNo);
  const name = asked.name?.normalize("NFKC").replace(/\s/g, "");
  if (!record || !isListed(record, today) || (name && !record.name.startsWith(name))) {
    const who = name ? "同时符合该证号和姓名的人员" : "该证号";
    return {
      outcome: "unlisted",
      label: verificationOutcomes.unlisted,
      certNo,
      say: `已公示的执法人员名单中没有${who}。没列入不代表证件有问题:部委证件或新发证件可能尚未列入。`,
      next: `${SHOW_AND_ASK}${ASK_ORGAN}`,
    };
  }
  const outcome = outcomeOf(record, today);
  const found = library.find(record.entityId);
  return {
    outcome,
    label: verificationOutcomes[outcome],
    certNo,
    officer: {
      record,
      shownName: name ? record.name : `${record.name.slice(0, 1)}${"*".repeat(record.name.length - 1)}`,
    },
    entity: found?.kind === "entity" ? found : undefined,
    ...explain(outcome, record),
  };
}

/** On a list that is published, not taken back, and already in force. */
function isListed(record: Officer, today: Day): boolean {
  const { effectiveFrom } = record.validity;
  return (
    record.status === "published" &&
    !record.withdrawn &&
    (effectiveFrom === undefined || effectiveFrom <= today)
  );
}

function outcomeOf(officer: Officer, today: Day): Exclude<VerificationOutcome, "unlisted"> {
  if (officer.auxiliary) return "auxiliary";
  if (officer.certState === "注销") return "cancelled";
  if (officer.certState === "暂停") return "suspended";
  if (officer.validUntil !== undefined && today.slice(0, officer.validUntil.length) > officer.validUntil)
    return "expired";
  const { effectiveTo, reviewBy } = officer.validity;
  if ((effectiveTo !== undefined && today > effectiveTo) || (reviewBy !== undefined && today > reviewBy))
    return "outdatedList";
  return "valid";
}

function explain(
  outcome: Exclude<VerificationOutcome, "unlisted">,
  officer: Officer,
): { say: string; next: string } {
  const unfiled = officer.certType === "部委证件" && officer.filedWithJustice === false;
  switch (outcome) {
    case "valid":
      return {
        say: `名单中有此人,证件在有效期内。${unfiled ? "该部委证件未显示已向同级司法行政部门备案。" : ""}`,
        next: `持证不等于什么都能管:还要看事项是否属于其执法领域和区域。${SHOW_AND_ASK}`,
      };
    case "expired":
      return {
        say: `名单中有此人,但证件有效期至 ${officer.validUntil},已经过期。`,
        next: `证件过期的,可以要求另派持有效证件的人员。${ASK_ORGAN}`,
      };
    case "suspended":
      return {
        say: "名单中有此人,但其执法证件已被暂停使用。",
        next: `暂停期间不应从事执法活动。${ASK_ORGAN}`,
      };
    case "cancelled":
      return { say: "名单中有此人,但其执法证件已被注销。", next: `证件注销后不应从事执法活动。${ASK_ORGAN}` };
    case "auxiliary":
      return {
        say: "此人在公示名单中是执法辅助人员,不能从事具体行政执法工作。",
        next: `辅助人员不能单独检查、处罚或扣押。${ASK_ORGAN}`,
      };
    case "outdatedList":
      return {
        say: "名单中有此人,但这份名单已过复核日期,现在无法据此核验。",
        next: `${SHOW_AND_ASK}${ASK_ORGAN}`,
      };
  }
}

/** `１４０８ 0012` and `14080012` are the same number. */
export function plainCertNo(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\s\u200b-\u200d\ufeff]/g, "")
    .toUpperCase();
}

const indexes = new WeakMap<Library, ReadonlyMap<string, Officer>>();

function index(library: Library): ReadonlyMap<string, Officer> {
  let known = indexes.get(library);
  if (!known) {
    known = new Map(library.all("officer").map((officer) => [plainCertNo(officer.certNo), officer]));
    indexes.set(library, known);
  }
  return known;
}
