/** `verifyOfficer`: one certificate number against the published lists, counted against whoever asks. */
import { z } from "zod";
import { AppError } from "../error.ts";
import { verificationOutcomes, verifyOfficer as verify } from "../officers/verify.ts";
import { cites, defineTool, newSources, refuseSwitchedOff, sourced } from "./tool.ts";

export const verifyOfficer = defineTool({
  name: "verifyOfficer",
  title: "核验执法证号",
  description:
    "核对一个完整的执法证号是否在公示的执法人员名单中。只能逐个核对,次数有限;没有列入名单不等于证件是假的,要照 say 和 next 说。",
  input: z.object({
    certNo: z.string().trim().min(4).max(40),
    name: z.string().trim().max(20).optional().describe("姓名或姓氏;只会使结果更窄"),
  }),
  output: z.object({
    outcome: z.enum(Object.values(verificationOutcomes) as [string, ...string[]]),
    certNo: z.string(),
    name: z.string().optional().describe("没有给出姓名时只显示姓"),
    organ: z.string().optional(),
    post: z.string().optional(),
    fields: z.array(z.string()).optional(),
    validUntil: z.string().optional(),
    say: z.string(),
    next: z.string(),
    cites,
    ...sourced,
  }),
  run({ certNo, name }, house) {
    refuseSwitchedOff(house, "officerCheck");
    if (!house.refuseCheck) throw new AppError("forbidden", { say: "这里不能核验证号。" });
    const refusal = house.refuseCheck();
    if (refusal !== undefined) throw new AppError("too_many", { say: refusal });
    const found = verify(house.library, { certNo, ...(name ? { name } : {}) }, house.today);
    const sources = newSources(house);
    const { officer, entity } = found;
    return {
      outcome: found.label,
      certNo: found.certNo,
      ...(officer
        ? {
            name: officer.shownName,
            ...(entity ? { organ: entity.name } : {}),
            ...(officer.record.post ? { post: officer.record.post } : {}),
            fields: officer.record.fields,
            ...(officer.record.validUntil ? { validUntil: officer.record.validUntil } : {}),
          }
        : {}),
      say: found.say,
      next: found.next,
      cites: officer ? sources.cite(officer.record) : [],
      ...sources.done(),
    };
  },
});
