/** Where a complaint goes: rows read from the top, the first that fits wins, and its id and reason stay with the case. */
import type { Matter } from "./matters.ts";

/** Facts a row may look at; all of them must hold. */
export interface RoutingRow {
  readonly id: string;
  readonly when: {
    readonly matters?: readonly Matter[];
    readonly kind?: "complaint" | "correction";
    readonly organ?:
      | "unknown"
      | "justice"
      | "government"
      | "vertical"
      | "several"
      | "governmentUnknown"
      | "any";
  };
  /**
   * - `channel`: not taken in; the person is given the channel (纪检)
   * - `supervisor`: the justice organ of the organ's own government
   * - `supervisorOfArea`: the justice organ of the place, when the organ belongs to no local government
   * - `higherSupervisor`: the justice organ one level up, else the government itself
   * - `commonSupervisor`: the lowest justice organ that stands over every organ named
   * - `publisher`: the office that keeps the published lists
   * - `tray`: a person decides
   */
  readonly to:
    | "channel"
    | "supervisor"
    | "supervisorOfArea"
    | "higherSupervisor"
    | "commonSupervisor"
    | "publisher"
    | "tray";
  readonly tellSuperior?: boolean;
  readonly reason: string;
}

export const routingTable: readonly RoutingRow[] = [
  {
    id: "discipline",
    when: { matters: ["discipline"] },
    to: "channel",
    reason: "反映索贿受贿、以权谋私等,属纪检监察机关职责,不在本队列登记",
  },
  {
    id: "correction",
    when: { kind: "correction" },
    to: "publisher",
    reason: "对公示信息提出异议,由公示数据管理人员核对",
  },
  {
    id: "organUnknown",
    when: { organ: "unknown" },
    to: "tray",
    reason: "没有指明或未能识别被投诉机关,需人工分办",
  },
  {
    id: "joint",
    when: { organ: "several" },
    to: "commonSupervisor",
    reason: "涉及多个机关或跨区域,由共同的上一级监督机构办理",
  },
  {
    id: "justiceItself",
    when: { organ: "justice" },
    to: "higherSupervisor",
    reason: "被投诉的是监督机构本身,由上一级监督机构或本级政府办理",
  },
  {
    id: "government",
    when: { organ: "government" },
    to: "higherSupervisor",
    reason: "被投诉的是人民政府,由上一级政府的监督机构办理",
  },
  {
    id: "vertical",
    when: { organ: "vertical" },
    to: "supervisorOfArea",
    tellSuperior: true,
    reason: "垂直管理机关由所在地监督机构监督,同时告知其上一级主管部门",
  },
  {
    id: "governmentUnknown",
    when: { organ: "governmentUnknown" },
    to: "tray",
    reason: "被投诉机关隶属的政府未登记,需人工分办",
  },
  {
    id: "ownGovernment",
    when: { organ: "any" },
    to: "supervisor",
    reason: "由被投诉机关本级政府的行政执法监督机构办理",
  },
];
