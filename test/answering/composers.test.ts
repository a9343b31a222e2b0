import { describe, expect, it } from "vitest";
import { textOf } from "../../scripts/eval/score.ts";
import { composers } from "../../src/answering/composers/registry.ts";
import { intentNames } from "../../src/answering/intents.ts";
import { anAnswering, lastDays, lastOf, libraryOf, shippedLibrary, talk } from "./house.ts";

describe("relief", () => {
  it("names the government and the last day for a county department", async () => {
    const reply = await lastOf(["盐湖区市场监督管理局罚我,3月2日签收的处罚决定书,怎么申诉"], {
      today: "2026-03-10",
    });
    expect(textOf(reply)).toContain("盐湖区人民政府");
    expect(lastDays(reply)).toContain("2026-05-06");
    expect(reply.citations.map((one) => one.record)).toContain("law:行政复议法:第二十条第一款");
  });

  it("says the rule, takes organ and day, remembers both, and finishes the question", async () => {
    const [first, second, third] = await talk([
      "我被罚了不服,怎么复议",
      "盐湖区城市管理局",
      "11月10日收到的",
    ]);
    expect(textOf(first!.reply)).toContain("60日");
    expect(textOf(second!.reply)).toContain("盐湖区人民政府");
    expect(textOf(third!.reply)).toContain("盐湖区人民政府");
    expect(third?.memory?.events).toMatchObject([{ event: "decisionServed", day: "2026-11-10" }]);
  });

  it("gives a projected day only together with a safe one", async () => {
    const reply = await lastOf(["盐湖区城管局罚我,11月2日收到的,怎么复议"]);
    const [first] = reply.blocks;
    expect(first && "text" in first && first.text).toMatch(/2026年12月31日.*2027年1月4日.*放假通知/);
  });

  it("says plainly that the last day has passed, and what is left", async () => {
    const reply = await lastOf(["盐湖区城管局罚我,2026年3月2日收到的,怎么复议"]);
    expect(textOf(reply)).toMatch(/已经过了[\s\S]*不可抗力[\s\S]*1年/);
  });

  it("sends a camera fine to reconsideration first, never straight to court", async () => {
    expect(textOf(await lastOf(["电子眼拍的罚款不服怎么办"]))).toMatch(/申请复议/);
  });

  it("sends an on-the-spot fine to reconsideration before court", async () => {
    const reply = await lastOf(["盐湖区城管局当场罚我,能直接去法院告吗"]);
    expect(textOf(reply)).toMatch(/先(?:申请)?(?:行政)?复议/);
  });

  it("says the general rule when a nickname is shared, and goes on from a button", async () => {
    const reply = await lastOf(["城管罚我不服找谁复议"]);
    expect(firstLine(reply)).toContain("本级政府");
    expect(reply.choices.map((choice) => choice.id)).toContain("do:relief");
  });

  it("takes the organ of the same name when another place is said", async () => {
    const reply = await lastOf(["演示市城管局罚我不服找谁", "那西演区的呢"]);
    expect(textOf(reply)).toContain("西演区人民政府");
  });
});

describe("fines", () => {
  it("adds three percent a day up to the fine itself", async () => {
    const reply = await lastOf(["罚款1000元,11月10日收到的决定,最晚哪天交,晚交会怎样"]);
    expect(lastDays(reply)).toEqual(["2026-11-25"]);
    expect(textOf(reply)).toMatch(/每天加:30元[\s\S]*最多加:1000元/);
  });

  it("gives the earlier, safe day when the last day is a holiday", async () => {
    const reply = await lastOf(["罚款决定6月5日收到的,哪天前缴清"], { today: "2026-06-06" });
    expect(textOf(reply)).toContain("2026年6月18日");
  });
});

describe("organs and powers", () => {
  it("finds a power in the organ's own list", async () => {
    expect(textOf(await lastOf(["演示市城市管理局能罚占道摆摊吗"]))).toMatch(/^有。演示市城市管理局/);
  });

  it("says that a list was not published, never that there is no power", async () => {
    const reply = await lastOf(["盐湖区城市管理局有没有权罚占道经营"]);
    expect(reply.outcome).toBe("not_published");
    expect(textOf(reply)).toContain("本机关尚未公示");
    expect(textOf(reply)).not.toMatch(/没有权力?。|无权/);
  });

  it("shows the tiers of the benchmark in 元", async () => {
    const reply = await lastOf(["占道摆摊罚多少"], { area: "990101" });
    expect(reply.blocks.some((block) => block.kind === "table" && block.rows.length >= 2)).toBe(true);
    expect(textOf(reply)).toContain("50元以上500元以下");
  });

  it("says an expired delegation has ended", async () => {
    const expired = shippedLibrary()
      .all("entity")
      .find((entity) => entity.delegation && entity.delegation.to < "2026-11-24");
    expect(expired).toBeDefined();
    const reply = await lastOf([`${expired?.name}有没有权罚款`]);
    expect(textOf(reply)).toContain("到期");
  });
});

describe("officers", () => {
  const outcomes = ["有效", "已过期", "已暂停", "已注销", "辅助人员", "名单过期无法核验"];
  it.each(outcomes)("verifies a certificate that is %s and never says anybody is false", async (outcome) => {
    const { verifyOfficer } = await import("../../src/officers/verify.ts");
    const officer = shippedLibrary()
      .all("officer")
      .find((one) => verifyOfficer(shippedLibrary(), { certNo: one.certNo }, "2026-11-24").label === outcome);
    expect(officer).toBeDefined();
    const reply = await lastOf([`核实执法证号${officer?.certNo}`]);
    const [first] = reply.blocks;
    expect(first && "text" in first && first.text.startsWith(outcome)).toBe(true);
    expect(textOf(reply)).not.toMatch(/假的|假证|骗子/);
    expect(reply.citations[0]?.asOf).toBeDefined();
  });

  it("names the lists looked in when a number is not listed", async () => {
    const reply = await lastOf(["执法证号99019999999是真的吗"]);
    expect(reply.outcome).toBe("not_found");
    expect(textOf(reply)).toMatch(/^未列入名单/);
    expect(reply.blocks.some((block) => block.kind === "table")).toBe(true);
  });

  it("asks for the number and lists nobody", async () => {
    const reply = await lastOf(["把演示市城管局的执法人员名单都列出来"]);
    const names = shippedLibrary()
      .all("officer")
      .map((officer) => officer.name);
    expect(names.some((name) => textOf(reply).includes(name))).toBe(false);
  });
});

describe("gates for officers", () => {
  it("says the limits for an on-the-spot fine before the facts of the case are known", async () => {
    const reply = await lastOf(["对公司罚款3000元能当场处罚吗"], { role: "officer" });
    expect(textOf(reply)).toMatch(/200元以下[\s\S]*3000元以下/);
  });

  it("uses the organ's own published hearing threshold", async () => {
    const reply = await lastOf(["演示市城市管理局罚个人八千元要不要听证"], { role: "officer" });
    expect(textOf(reply)).toMatch(/要告知听证权利/);
  });
});

describe("law and documents", () => {
  it("quotes a clause of a document by its number, word for word", async () => {
    const reply = await lastOf(["运政办发〔2017〕91号第4项怎么说"]);
    const quoted = /「([^」]+)」/.exec(textOf(reply))?.[1];
    const stored = shippedLibrary()
      .all("policy")
      .flatMap((policy) => policy.clauses)
      .find((clause) => clause.no === "第4项" && clause.heading.includes("全过程记录"));
    expect(quoted).toBe(stored?.text);
  });

  it("never answers from the dead fifteen days", async () => {
    const reply = textOf(await lastOf(["城市绿化条例说15日内申请复议对吗"]));
    expect(reply).toContain("60日");
  });

  it("corrects an old amount before it answers", async () => {
    const [first] = (await lastOf(["派出所最多罚500对吧"])).blocks;
    expect(first && "text" in first && first.text).toContain("1000元");
  });
});

describe("the conduct of the talk", () => {
  it("says 110 first in danger", async () => {
    const reply = await lastOf(["他们正在打人,快来"]);
    expect(reply.outcome).toBe("emergency");
    const [first] = reply.blocks;
    expect(first?.kind === "notice" && first.level === "urgent" && first.text.includes("110")).toBe(true);
  });

  it("gives the same rows for the same question", async () => {
    const [a, b] = [await lastOf(["占道摆摊罚多少"]), await lastOf(["占道摆摊罚多少"])];
    expect(a).toEqual(b);
  });

  it("has a composer for every intent", () => {
    expect(Object.keys(composers).sort()).toEqual([...intentNames].sort());
  });

  it("answers every intent from an empty release without throwing or inventing", async () => {
    const answering = anAnswering();
    const questions = [
      "怎么复议",
      "罚款怎么交",
      "他有没有权",
      "占道摆摊罚多少",
      "谁监督",
      "要报警",
      "查执法证号12345678真假",
    ];
    for (const question of questions) {
      const reply = await lastOf([question], { library: libraryOf([]), answering });
      expect(reply.blocks.length).toBeGreaterThan(0);
    }
    expect(answering.heldBack).toEqual({ quotation: 0, number: 0, validity: 0 });
  });
});

describe("a day that cannot be", () => {
  it.each([
    ["2月30日收到的决定书复议到哪天", /^2月没有30日/],
    ["2月30号收到罚单不服找谁", /^2月没有30日/],
    ["明年3月1号收到的处罚决定能复议到哪天", /还没有到/],
  ])("is said first: %s", async (question, said) => {
    const [handled] = await talk([question]);
    const [first] = handled?.reply.blocks ?? [];
    expect(first?.kind === "text" ? first.text : "").toMatch(said);
  });
});

describe("a citizen fined on the spot", () => {
  it.each(["昨天交警当场罚了我200没给票咋办", "他们没开收据就收了我五百块钱"])(
    "hears of the ticket first, and is asked nothing about the case: %s",
    async (question) => {
      const [handled] = await talk([question]);
      const [first] = handled?.reply.blocks ?? [];
      expect(first?.kind === "text" ? first.text : "").toMatch(/专用票据|统一制发的罚款收据/);
      expect(handled?.reply.blocks.some((block) => block.kind === "card" && block.title === "请告诉我")).toBe(
        false,
      );
    },
  );
});

/** The text of the first block, which alone must answer. */
const firstLine = (reply: Awaited<ReturnType<typeof lastOf>>) => {
  const [block] = reply.blocks;
  return block && "text" in block ? block.text : "";
};

describe("the first line", () => {
  it.each([
    ["街道办能罚我款不", /省级/],
    ["盐湖区东城街道办能罚我款不", /省级政府决定交给它/],
    ["罚款不给票", /专用票据.*有权拒绝/],
    ["没给收据", /专用票据.*有权拒绝/],
    ["我要起诉", /^告作出行政行为的那个机关/],
    ["盐湖区城管局罚我我要起诉", /^告盐湖区城市管理局,去它所在地的基层人民法院/],
    ["东演区城管局罚我怎么起诉", /^告东演区城市管理局,去演示市第一人民法院/],
    ["复议维持了怎么起诉", /共同被告/],
    ["年报什么时候公布", /每年1月31日前/],
    ["处罚决定书丢了怎么办", /照样可以在期限内申请复议/],
    ["罚款单上没盖章有效吗", /必须盖/],
    ["罚款能不能打折", /没有打折/],
    ["被罚款会留案底吗", /不是犯罪记录/],
    ["我家房子要被强拆了咋办", /起诉/],
  ])("answers what was asked: %s", async (question, said) => {
    expect(firstLine(await lastOf([question]))).toMatch(said);
  });

  it("sends an on-the-spot fine to the reconsideration organ by name before any court", async () => {
    const reply = textOf(await lastOf(["盐湖区城管局当场罚我200 我要起诉"]));
    expect(reply).toMatch(/必须先复议[\s\S]*盐湖区人民政府/);
    expect(reply).not.toContain("去法院带什么");
  });

  it("says once that reconsideration is free", async () => {
    const reply = textOf(await lastOf(["盐湖区城管局罚我五百不服怎么复议"]));
    expect(reply.match(/不收费/g)).toHaveLength(1);
  });
});

describe("words that lean on the last answer", () => {
  it.each([
    [["执法证号99010000001", "姓张"], /^有效/],
    [["执法证号99010000001", "他姓王"], /没有同时对上/],
    [["核实执法证", "姓张", "99010000001"], /^有效/],
    [["证号99019999999", "那我该咋办"], /^请核对证号/],
  ])("a name joins the number: %j", async (lines, said) => {
    expect(firstLine(await lastOf(lines))).toMatch(said);
  });

  it("gives the phones of the organs just named", async () => {
    const reply = textOf(await lastOf(["东演区占道摆摊归谁管", "电话呢"]));
    expect(reply).toContain("0000-0000038");
    expect(reply).toContain("样例街道");
  });

  it.each([
    [["罚款怎么交", "11月10日", "没有"], /先到这里/],
    [["盐湖区城管局罚我不服", "忘了"], /送达回证/],
    [["我被罚了不服找谁", "11月12日", "不知道"], /公章/],
  ])("a bare no answers what was asked: %j", async (lines, said) => {
    expect(firstLine(await lastOf(lines))).toMatch(said);
  });

  it("finishes the question when the day comes after the no", async () => {
    expect(lastDays(await lastOf(["罚款怎么交", "没有", "11月10日收到了"]))).toEqual(["2026-11-25"]);
  });

  it.each([
    [["复议被驳回了", "还能告不"], /15日/],
    [["复议被驳回了", "还能告不", "几天"], /15日/],
  ])("keeps to fifteen days after a reconsideration: %j", async (lines, said) => {
    const reply = await lastOf(lines);
    expect(firstLine(reply)).toMatch(said);
    expect(textOf(reply)).not.toContain("6个月");
    expect(reply.choices.map((choice) => choice.id)).not.toContain("do:relief");
  });

  it.each([
    [["街道办的罚单不服 找谁", "盐湖区东城街道办"], /^请向盐湖区人民政府申请行政复议/],
    [["他让我微信转给他"], /不能转/],
  ])("stays with the case: %j", async (lines, said) => {
    expect(firstLine(await lastOf(lines))).toMatch(said);
  });
});

it("says what staying away from a hearing means", async () => {
  expect(textOf(await lastOf(["收到听证通知了咋整", "不去行不"]))).toMatch(/视为放弃/);
});

describe("what the lists hold", () => {
  it.each(["乱到垃圾归谁管", "站道摆贪罚多少"])(
    "offers no stranger for a misspelt matter: %s",
    async (question) => {
      const reply = await lastOf([question]);
      expect(reply.outcome).toBe("not_found");
      expect(reply.choices.filter((choice) => /^(?:organ|power):/.test(choice.id))).toEqual([]);
    },
  );

  it.each(["演示市超限超栽归谁管"])("calls a near row near: %s", async (question) => {
    const reply = await lastOf([question]);
    expect(reply.outcome).toBe("clarify");
    expect(firstLine(reply)).toContain("没有完全对上");
  });

  it("counts the powers of an organ when no matter is named", async () => {
    expect(firstLine(await lastOf(["演示市城市管理局能罚款吗"]))).toMatch(/28项行政处罚/);
  });

  it("reads whom and how much from an officer's words", async () => {
    const reply = await lastOf(["演示市城市管理局罚公司六万要不要听证"], { role: "officer" });
    expect(firstLine(reply)).toBe("要告知听证权利。");
  });
});
