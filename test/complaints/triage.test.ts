import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { triageModelPath } from "../../knowledge/train/route-triage.ts";
import { createTriage, triageKinds } from "../../src/complaints/triage.ts";
import { mentions } from "../answering/understand/readings.ts";

const triage = createTriage(JSON.parse(readFileSync(triageModelPath, "utf8")));
const judge = (text: string) => triage(text, mentions(text));

describe("where a grievance belongs", () => {
  it.each([
    ["三个人来我店里不亮证就翻东西还罚了五百不给票", "enforcement"],
    ["同一条街都是占道,别人罚五十我罚五百,太不公平", "discretion"],
    ["收到罚款五千的决定书,事实不对,我不服要求撤销", "relief"],
    ["那个科长收了我八千块好处费", "discipline"],
    ["派出所民警讯问时打我耳光", "police"],
    ["超市买的牛奶过期了老板不给退", "consumer"],
    ["小区路灯坏了两个月没人修", "hotline"],
    ["法院判完两年了执行不到钱,法官不管", "litigationRelated"],
    ["要求公开征收补偿方案文件", "disclosure"],
    ["强拆砸坏我的机器,要求赔偿损失", "compensation"],
    ["没钱请律师,想申请法律援助", "legalAid"],
    ["房东不退我押金", "civil"],
    ["有人拿着刀在我店里", "emergency"],
    ["复议期限多少天", "question"],
    ["wo yao jubao chengguan da ren", "enforcement"],
    ["我要投诉执法不亮证", "enforcement"],
  ])("%s → %s", (text, kind) => {
    expect(judge(text).kind).toBe(kind);
  });

  it("cuts a message into matters of different kinds", () => {
    const { matters } = judge("城管不亮证就扣了我的秤,还骂人。小区路灯坏了半个月没人修。");
    expect(matters).toEqual(["城管不亮证就扣了我的秤,还骂人。", "小区路灯坏了半个月没人修。"]);
  });

  it("keeps an angry paragraph of one kind whole", () => {
    const text = "他们来了三个人,不亮证,还骂我!凭什么罚我?不给票据!我要投诉!";
    expect(judge(text).matters).toEqual([text]);
  });

  it("takes only enforcement matters into the queue", () => {
    const taken = Object.entries(triageKinds).filter(([, kind]) => kind.intake);
    expect(taken.map(([name]) => name)).toEqual(["enforcement", "discretion", "inaction"]);
  });

  it("marks secondary sources in the basis", () => {
    expect(triageKinds.enforcement.basis.map((ref) => ref.mark)).toContain("S");
  });
});
