/** 复议机关: which organ reviews a respondent's act (复议法第二十四、二十五、二十七、二十八条). */
import { cite } from "./cite.ts";
import { type Finding, found, human, type OrganOption } from "./finding.ts";
import type { SaidRef } from "./legal-ref.ts";
import type { Organ, OrganLookup } from "./organ.ts";

/** The reviewers of the respondents' act: one, several to choose from, or a question for a person. */
export function reconsiderationOrgans(respondents: readonly OrganOption[], lookup: OrganLookup): Finding {
  const findings = respondents.map(({ organ }) => reviewerOf(organ, lookup));
  const [first, ...others] = findings;
  if (first?.kind !== "found") return first ?? human("没有被申请人。");
  for (const other of others) {
    if (other.kind !== "found") return other;
    if (!sameOrgans(first.options, other.options)) {
      return human(
        "共同作出行为的机关,上级不是同一个,法律没有明确规定向谁申请,需人工核对。",
        cite("复议法", "24", "I"),
      );
    }
  }
  return first;
}

const sameOrgans = (a: readonly OrganOption[], b: readonly OrganOption[]) =>
  a.length === b.length && a.every((option) => b.some((other) => other.organ.id === option.organ.id));

function reviewerOf(organ: Organ, lookup: OrganLookup): Finding {
  const to = (id: string | undefined, what: string, why: string, ...basis: SaidRef[]): Finding => {
    const reviewer = id ? lookup(id) : undefined;
    return reviewer
      ? withOffice(found(reviewer, why, ...basis))
      : human(`登记信息里没有“${organ.name}”的${what},需人工核对。`, ...basis);
  };

  if (organ.vertical && organ.nature !== "stateCouncilDepartment") {
    const basis = cite("复议法", "27");
    return to(organ.superior, "上一级主管部门", "它是垂直领导的机关,向上一级主管部门申请。", basis);
  }
  if (organ.isJustice && organ.nature === "department") return reviewersOfJustice(organ, lookup);

  switch (organ.nature) {
    case "stateCouncilDepartment":
      return withOffice(found(organ, "对国务院部门的行为,向该部门自己申请。", cite("复议法", "25")));
    case "government":
      return organ.level === "省"
        ? withOffice(found(organ, "对省级政府的行为,向省级政府自己申请。", cite("复议法", "24.2")))
        : to(
            organ.parentGovernment,
            "上一级人民政府",
            "对下级政府的行为,向上一级人民政府申请。",
            cite("复议法", "24.1(2)"),
          );
    case "department":
      return to(
        organ.parentGovernment,
        "本级人民政府",
        "对政府工作部门的行为,向本级人民政府申请。",
        cite("复议法", "24.1(1)"),
      );
    case "dispatchedOrgan":
      return to(
        organ.dispatchedBy ?? organ.parentGovernment,
        "设立它的人民政府",
        "它是政府的派出机关,向设立它的人民政府申请。",
        cite("复议法", "24.1(3)"),
      );
    case "authorizedOrganization":
      return reviewerOfAuthorized(organ, lookup, to);
    case "dispatchedBody":
    case "internalOrgan":
      return reviewersOfDispatched(organ, lookup, to);
    default:
      return human(`“${organ.name}”的法律性质没有登记清楚,需人工核对。`, cite("复议法", "24"));
  }
}

type To = (id: string | undefined, what: string, why: string, ...basis: SaidRef[]) => Finding;

function reviewersOfJustice(organ: Organ, lookup: OrganLookup): Finding {
  const basis = cite("复议法", "28");
  const government = organ.parentGovernment ? lookup(organ.parentGovernment) : undefined;
  const superior = organ.superior ? lookup(organ.superior) : undefined;
  const options: OrganOption[] = [];
  if (government) options.push({ organ: government, why: "可以向本级人民政府申请。", basis: [basis] });
  if (superior)
    options.push({ organ: superior, why: "也可以向上一级司法行政部门申请,由您选择。", basis: [basis] });
  const [head, ...rest] = options;
  return head
    ? { kind: "found", options: [head, ...rest] }
    : human(`登记信息里没有“${organ.name}”的本级政府和上一级司法行政部门,需人工核对。`, basis);
}

/** 管理它的政府, or 管理它的部门的本级政府 or, for a State Council department, that department. */
function reviewerOfAuthorized(organ: Organ, lookup: OrganLookup, to: To): Finding {
  const manager = organ.dispatchedBy ? lookup(organ.dispatchedBy) : undefined;
  if (manager?.nature === "stateCouncilDepartment") {
    return withOffice(found(manager, "它由国务院部门管理,向该部门申请。", cite("复议法", "25")));
  }
  if (manager?.vertical)
    return to(
      manager.id,
      "管理它的主管部门",
      "它由垂直领导的机关管理,向该机关申请。",
      cite("复议法", "27", "I"),
    );
  const government =
    manager?.nature === "government" ? manager.id : (manager?.parentGovernment ?? organ.parentGovernment);
  return to(
    government,
    "本级人民政府",
    "它是授权组织,向管理它的政府(或管理它的部门的本级政府)申请。",
    cite("复议法", "24.1(4)"),
  );
}

/** A body acting in its own name: the department's government; also the place's government when so set up by a city's department. */
function reviewersOfDispatched(organ: Organ, lookup: OrganLookup, to: To): Finding {
  const basis = cite("复议法", "24.4");
  const department = organ.dispatchedBy ? lookup(organ.dispatchedBy) : undefined;
  if (!department) return human(`登记信息里没有设立“${organ.name}”的部门,需人工核对。`, basis);
  if (department.nature === "stateCouncilDepartment") {
    return withOffice(found(department, "它是国务院部门的派出机构,向该部门申请。", cite("复议法", "25")));
  }
  const own = to(
    department.parentGovernment,
    "设立部门的本级人民政府",
    "它是部门的派出机构,向设立它的部门的本级人民政府申请。",
    basis,
  );
  if (own.kind !== "found" || !organ.byDivision || department.level !== "市") return own;
  const local = organ.localGovernment ? lookup(organ.localGovernment) : undefined;
  if (!local || local.id === own.options[0].organ.id) return own;
  const also = withOffice(found(local, "它按行政区划设立,也可以向所在地人民政府申请,由您选择。", basis));
  return also.kind === "found" ? { kind: "found", options: [...own.options, ...also.options] } : own;
}

/** A local government's justice department handles its reconsiderations (复议法第四条第二款). */
function withOffice(finding: Finding): Finding {
  if (finding.kind !== "found") return finding;
  const [head, ...rest] = finding.options.map((option) =>
    option.organ.nature === "government" && option.organ.level !== "乡"
      ? { ...option, office: `${option.organ.name}的司法行政部门(行政复议机构)` }
      : option,
  );
  return head ? { kind: "found", options: [head, ...rest] } : finding;
}
