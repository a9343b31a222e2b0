/** A data folder with one filed report in it, made by the real house. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setCurrent, writeRelease } from "../../knowledge/release/folder.ts";
import { readShipped } from "../../knowledge/release/shipped.ts";
import { type House, openHouse } from "../../scripts/chaos/house.ts";

export const NOW = new Date("2026-11-24T01:00:00Z");
export const PLANTED = { name: "欧阳瑾瑜", contact: "13900008888", address: "chat-7741-oyang" };
export const STORY = "十一月三日上午,城管队员没有出示证件就在市场门口罚了我二百元,没有给票据。";

export interface Filed {
  readonly house: House;
  readonly receipt: string;
  readonly caseId: string;
  readonly acknowledgement: string;
}

/** Opens a house in `folder` as an installation has it: database, keys, releases and evidence side by side. */
export async function openDataFolder(folder: string): Promise<House> {
  const releases = join(folder, "releases");
  mkdirSync(releases, { recursive: true });
  const organs = readShipped({ demo: true }).filter(
    (record) => record.kind === "entity" && record.dataset === "demo",
  );
  const names = { preparedBy: "甲", publishedBy: "乙" };
  setCurrent(releases, writeRelease(releases, organs, names, NOW).id);
  return openHouse(folder, releases, () => NOW);
}

export async function fileReport(house: House): Promise<Filed> {
  const file = {
    name: `${PLANTED.name}的录音说明.txt`,
    claimedType: "text/plain",
    bytes: new TextEncoder().encode(`说话人${PLANTED.name},电话${PLANTED.contact}`),
  };
  const kept = await house.complaints.keep([file], "telegram", "talk", NOW);
  const { receipt, caseId, acknowledgement } = await house.complaints.file(
    {
      id: "a-submission-of-the-operations-tests",
      kind: "complaint",
      secrecy: "named",
      identity: { v: 1, name: PLANTED.name, contact: PLANTED.contact },
      door: "telegram",
      address: PLANTED.address,
      key: kept.key,
      evidence: [...kept.evidence],
      filing: { v: 1, what: `${STORY}我叫${PLANTED.name}。`, matter: "fine", organIds: ["ent_demo_cgj"] },
    },
    NOW,
  );
  return { house, receipt, caseId, acknowledgement };
}
