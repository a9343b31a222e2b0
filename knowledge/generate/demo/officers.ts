/**
 * 执法人员: about four hundred invented people, and among them every way a certificate can stand.
 * 辅助人员 have a list of their own: in a list of officers the importer refuses them.
 */
import { type List, type OpenList, openList } from "./list.ts";
import { domainOf } from "./matters.ts";
import type { OrganSeed } from "./places.ts";
import { enforcingOrgans } from "./powers.ts";
import type { Random } from "./random.ts";
import { padded } from "./words.ts";

const OFFICERS = 400;
const SURNAMES = [..."张王李赵刘陈杨黄周吴徐孙马朱胡郭何林高罗"];
/** 张例甲, 王样乙: nobody is called that. */
const MIDDLES = ["例", "样"] as const;
const STEMS = [..."甲乙丙丁戊己庚辛壬癸"];
const POSTS = ["科员", "副科长", "科长", "一级行政执法员", "二级行政执法员", "四级调研员"] as const;

/** Only one officer with a valid certificate: a deliberate gap, two are needed for the ordinary procedure. */
const UNDERSTAFFED = "by_yjj";

/** How a certificate stands; every `step`-th officer after `offset` is of that kind. */
type Standing =
  | "有效"
  | "已过期"
  | "暂停"
  | "注销"
  | "辅助"
  | "部委未备案"
  | "部委已备案"
  | "名单过期"
  | "年月"
  | "监督";

function standingOf(index: number, organ: OrganSeed): Standing {
  if (organ.key === UNDERSTAFFED && index > 0) return "已过期";
  if (index % 40 === 3) return "暂停";
  if (index % 40 === 7) return "注销";
  if (index % 20 === 11) return "辅助";
  if (index % 20 === 13) return "已过期";
  if (index % 40 === 17) return "部委未备案";
  if (index % 40 === 19) return "部委已备案";
  if (index % 50 === 23) return "名单过期";
  if (index % 50 === 29) return "年月";
  if (organ.domain === "sf" && index % 3 === 0) return "监督";
  return "有效";
}

export function officerLists(random: Random): readonly List[] {
  const auxiliaries = openList({
    path: "执法人员/演示市行政执法辅助人员名单.xlsx",
    format: "xlsx",
    kind: "officer",
    title: "演示市行政执法辅助人员名单",
    publisher: "演示市司法局",
    publishedOn: "2026-05-20",
    header: ["序号", "姓名", "单位", "所在科室", "岗位", "工作证号", "复核日期"],
  });
  const holders = enforcingOrgans();
  let serial = 0;
  const lists = holders.map((organ, position): List => {
    const share = Math.floor(OFFICERS / holders.length) + (position < OFFICERS % holders.length ? 1 : 0);
    const format = position % 3 === 1 ? "csv" : "xlsx";
    const open = openList({
      path: `执法人员/${organ.name}行政执法人员名单.${format}`,
      format,
      kind: "officer",
      title: `${organ.name}行政执法人员名单`,
      publisher: organ.name,
      publishedOn: "2026-05-20",
      entity: organ.name,
      header: [
        "序号",
        "姓名",
        "单位",
        "所在科室",
        "职务",
        "证件类型",
        "执法证号",
        "执法类别",
        "发证机关",
        "有效期至",
        "证件状态",
        "备案情况",
        "复核日期",
      ],
    });
    for (let turn = 0; turn < share; turn += 1) {
      serial += 1;
      const standing = organ.key === UNDERSTAFFED ? standingOf(turn, organ) : standingOf(serial, organ);
      if (standing === "辅助") addAuxiliary(serial, organ, auxiliaries);
      else addOfficer(serial, standing, organ, open, random);
    }
    return open.list;
  });
  return [...lists, auxiliaries.list];
}

const REVIEWED = "2027-12-31";

function addAuxiliary(serial: number, organ: OrganSeed, open: OpenList): void {
  const { office } = domainOf(organ.domain ?? "");
  open.add(
    open.next(),
    nameOf(serial),
    organ.name,
    office,
    "执法辅助人员",
    certNoOf(serial, "辅助"),
    REVIEWED,
  );
}

function addOfficer(
  serial: number,
  standing: Exclude<Standing, "辅助">,
  organ: OrganSeed,
  open: OpenList,
  random: Random,
): void {
  const { office, field } = domainOf(organ.domain ?? "");
  const ofMinistry = standing === "部委已备案" || standing === "部委未备案";
  open.add(
    open.next(),
    nameOf(serial),
    organ.name,
    office,
    random.pick(POSTS),
    standing === "监督" ? "行政执法监督证" : ofMinistry ? "部委证件" : "行政执法证",
    certNoOf(serial, standing),
    field,
    ofMinistry ? "国家演示总局" : "演示省人民政府",
    validUntilOf(standing, random),
    standing === "暂停" || standing === "注销" ? standing : "有效",
    ofMinistry ? (standing === "部委已备案" ? "已向司法局备案" : "未向司法局备案") : "",
    standing === "名单过期" ? "2026-10-31" : REVIEWED,
  );
}

/** Names go round after four hundred; two people of one name then hold two certificates. */
function nameOf(serial: number): string {
  const index = serial - 1;
  const surname = SURNAMES[index % SURNAMES.length] ?? "";
  const stem = STEMS[Math.floor(index / SURNAMES.length) % STEMS.length] ?? "";
  return `${surname}${MIDDLES[Math.floor(index / 200) % 2] ?? ""}${stem}`;
}

/** Eleven digits beginning with 99, which no province uses; ministry cards and staff cards look otherwise. */
function certNoOf(serial: number, standing: Standing): string {
  if (standing === "辅助") return `演辅${padded(serial, 5)}`;
  if (standing.startsWith("部委")) return `YB-${padded(serial, 6)}`;
  return `99010${padded(serial, 6)}`;
}

function validUntilOf(standing: Standing, random: Random): string {
  switch (standing) {
    case "已过期":
      return `2025-0${random.between(1, 9)}-30`.replace("-02-30", "-02-28");
    case "年月":
      return `2030-0${random.between(1, 9)}`;
    default:
      return `20${random.between(29, 31)}-12-31`;
  }
}
