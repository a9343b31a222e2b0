/** Who answers for an act, who reviews it, and who is sued (复议法第十九条、第二十四至二十八条; 行诉法第二十六条). */
import { cite } from "./cite.ts";
import { type CourtNotice, type Litigation, litigationWays } from "./court.ts";
import { type Finding, found, human, type OrganOption } from "./finding.ts";
import type { SaidRef } from "./legal-ref.ts";
import type { Organ, OrganLookup } from "./organ.ts";
import { type ActKind, type PriorReconsideration, priorReconsideration } from "./prior-reconsideration.ts";
import { reconsiderationOrgans } from "./reconsideration-organ.ts";

export type { CourtLevel, CourtNotice, Litigation } from "./court.ts";
export type { Finding, OrganOption } from "./finding.ts";
export { type ActKind, actKinds, type PriorReconsideration } from "./prior-reconsideration.ts";

export interface Act {
  /** The organ that signed (署名机关). */
  readonly organ: Organ;
  /** Others that signed with it (共同行为). */
  readonly jointOrgans?: readonly Organ[];
  readonly kind?: ActKind;
  /** Organ whose approval a statute requires, when it approved. */
  readonly approvedBy?: Organ;
  /** The decision concerns real estate (不动产). */
  readonly realEstate?: boolean;
  /** Personal liberty was restricted (限制人身自由). */
  readonly liberty?: boolean;
}

export interface Note {
  readonly text: string;
  readonly basis: readonly SaidRef[];
}

export interface Competence {
  readonly respondent: Finding;
  readonly reconsideration: Finding;
  readonly priorReconsideration: PriorReconsideration;
  /** Empty when it is not known who answers. */
  readonly litigation: readonly Litigation[];
  readonly notes: readonly Note[];
}

/**
 * The competence for an act, from the organ register.
 *
 * Never guesses: a missing link in the register or an unsettled question gives `ask` or `human`.
 * Court places come only from `courts`, a published notice.
 */
export function competence(act: Act, lookup: OrganLookup, courts?: CourtNotice): Competence {
  const respondent = findRespondent(act, lookup);
  const defendant = findDefendant(act, lookup);
  const reconsideration =
    respondent.kind === "found" ? reconsiderationOrgans(respondent.options, lookup) : respondent;
  const prior = priorReconsideration(act.kind);
  return {
    respondent,
    reconsideration,
    priorReconsideration: prior,
    litigation:
      defendant.kind === "found"
        ? litigationWays(
            defendant.options.map((option) => option.organ),
            reconsideration.kind === "found" ? reconsideration.options.map((option) => option.organ) : [],
            act.kind === undefined || act.kind === "other"
              ? "unlessPrior"
              : prior.required === "no"
                ? "allowed"
                : "barred",
            { ...act, courts },
          )
        : [],
    notes: notesFor(act, reconsideration),
  };
}

/** 被申请人 (复议法第十九条; 复议条例第十二至十四条). */
export function findRespondent(act: Act, lookup: OrganLookup): Finding {
  if (act.approvedBy) {
    return found(act.approvedBy, "法律规定须经它批准才能作出,由批准机关作被申请人。", cite("复议条例", "13"));
  }
  return answerable(act, lookup, "respondent");
}

/** 被告 when sued directly. Differs from the respondent for approved acts: the signing organ is sued (行诉解释第十九条). */
export function findDefendant(act: Act, lookup: OrganLookup): Finding {
  return answerable(act, lookup, "defendant");
}

type Side = "respondent" | "defendant";

function answerable(act: Act, lookup: OrganLookup, side: Side): Finding {
  const joint = act.jointOrgans ?? [];
  const first = answersFor(act.organ, lookup, side);
  if (joint.length === 0 || first.kind !== "found") return first;
  const options: OrganOption[] = [...first.options];
  for (const organ of joint) {
    const next = answersFor(organ, lookup, side);
    if (next.kind !== "found") return next;
    for (const option of next.options) {
      if (!options.some((known) => known.organ.id === option.organ.id)) options.push(option);
    }
  }
  const basis = side === "respondent" ? cite("复议法", "19.2") : cite("行诉法", "26.4");
  const [head, ...rest] = options.map((option) => ({
    ...option,
    why: options.length > 1 ? "以共同名义作出,署名的机关共同承担。" : option.why,
    basis: [...option.basis, basis],
  }));
  return head ? { kind: "found", options: [head, ...rest] } : first;
}

/** Follows 委托, 派出 and 继续行使职权 until an organ that answers in its own name. */
function answersFor(
  organ: Organ,
  lookup: OrganLookup,
  side: Side,
  seen: ReadonlySet<string> = new Set(),
): Finding {
  if (seen.has(organ.id)) return human(`“${organ.name}”的登记关系互相指向,需人工核对。`);
  const follow = (id: string | undefined, what: string, ...basis: SaidRef[]): Finding => {
    const next = id ? lookup(id) : undefined;
    if (!next) return human(`登记信息里没有“${organ.name}”的${what},需人工核对。`, ...basis);
    const onward = answersFor(next, lookup, side, new Set([...seen, organ.id]));
    if (onward.kind !== "found") return onward;
    const [option] = onward.options;
    return found(
      option.organ,
      sayWhy(organ, option.organ, what),
      ...basis,
      ...(next.id === option.organ.id ? [] : option.basis),
    );
  };
  const ref = (reconsider: SaidRef, sue: SaidRef) => (side === "respondent" ? reconsider : sue);

  if (organ.abolished) {
    return follow(
      organ.continuedBy,
      "继续行使职权的机关",
      ref(cite("复议法", "19.4"), cite("行诉法", "26.6")),
    );
  }
  switch (organ.nature) {
    case "entrustedOrganization":
      return follow(organ.delegatedBy, "委托机关", ref(cite("复议法", "19.3"), cite("行诉法", "26.5")));
    case "internalOrgan":
    case "dispatchedBody":
      if (organ.ownNameAuthorized === undefined && organ.nature === "dispatchedBody")
        return askOwnName(organ);
      return organ.ownNameAuthorized
        ? found(
            organ,
            "法律、法规、规章授权它以自己的名义作出,由它自己承担。",
            ref(cite("复议条例", "14"), cite("行诉解释", "20")),
          )
        : follow(organ.dispatchedBy, "设立机关", ref(cite("复议条例", "14"), cite("行诉解释", "20")));
    case "developmentZone":
      return human(
        "开发区管委会的法律性质各地不同(派出机关、派出机构或授权组织),登记未写明,需人工核对。",
        ref(cite("复议法", "24"), cite("行诉解释", "21")),
      );
    default:
      return found(organ, "由作出行为的机关承担。", ref(cite("复议法", "19.1"), cite("行诉法", "26.1")));
  }
}

function sayWhy(organ: Organ, by: Organ, what: string): string {
  switch (what) {
    case "委托机关":
      return `“${organ.name}”受委托办事,由委托机关“${by.name}”承担。`;
    case "设立机关":
      return `“${organ.name}”未经授权以自己名义执法,由设立它的“${by.name}”承担。`;
    default:
      return `“${organ.name}”已撤销或职权已变更,由“${by.name}”承担。`;
  }
}

function askOwnName(organ: Organ): Finding {
  return {
    kind: "ask",
    why: `“${organ.name}”是派出机构;以谁的名义作出,找的机关可能不同。`,
    ask: "决定书上盖的是派出机构自己的章,还是它所属部门的章?",
    basis: [cite("复议法", "24.4"), cite("复议条例", "14")],
  };
}

function notesFor(act: Act, reconsideration: Finding): Note[] {
  const notes: Note[] = [
    {
      text: "行政复议不收费;邮寄、当面、指定网上渠道或口头申请都可以。",
      basis: [cite("复议法", "22"), cite("复议法", "87")],
    },
    { text: "复议受理后,复议期间不能同时起诉。", basis: [cite("复议法", "29.1")] },
  ];
  if (act.kind === "onTheSpotPenalty" || act.kind === "cameraPenalty") {
    notes.unshift({
      text: "也可以把复议申请交给作出处罚的机关,由它处理或转送。",
      basis: [cite("复议法", "32")],
    });
  }
  if (act.approvedBy) {
    notes.push({
      text: "起诉时的被告是文书上署名的机关,与复议的被申请人不同。",
      basis: [cite("行诉解释", "19")],
    });
  }
  const reviewsItself =
    reconsideration.kind === "found" &&
    reconsideration.options.some(
      ({ organ }) =>
        organ.nature === "stateCouncilDepartment" || (organ.nature === "government" && organ.level === "省"),
    ) &&
    reconsideration.options[0].basis.some((ref) => /第二十五条|第二十四条第二款/.test(ref.article));
  if (reviewsItself) {
    notes.push({
      text: "对复议决定不服,可以起诉,也可以申请国务院裁决;国务院的裁决是最终裁决。",
      basis: [cite("复议法", "26")],
    });
  }
  return notes;
}
