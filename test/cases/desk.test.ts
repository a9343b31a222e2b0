import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Account } from "../../src/cases/accounts.ts";
import type { MoveFields } from "../../src/cases/states.ts";
import { sweepDeadlines } from "../../src/cases/sweep.ts";
import type { Submission } from "../../src/complaints/filing.ts";
import { buildCalendar } from "../../src/law/calendar.ts";
import { calendar, NOW, openTown, type Town } from "./town.ts";

const TEXT = "演示市城管局执法人员不出示证件就扣走了我的车";
let town: Town;
let keeper: Account;
let li: Account;
let zhang: Account;
beforeEach(async () => {
  town = await openTown();
  keeper = await town.account({ name: "keeper", entity: "*", roles: ["admin", "reviewer", "auditor"] });
  li = await town.account({ name: "li" });
  zhang = await town.account({ name: "zhang" });
});
afterEach(() => town.close());

let count = 0;
function aSubmission(more: Partial<Submission["filing"]> = {}, rest: Partial<Submission> = {}): Submission {
  count += 1;
  return {
    id: `submission-${count}-${"x".repeat(20)}`,
    kind: "complaint",
    door: "web",
    secrecy: "named",
    identity: { v: 1, name: "赵测试", contact: "13900005555" },
    filing: {
      v: 1,
      what: TEXT,
      matter: "coercion",
      organIds: ["ent_cgj"],
      officerIds: ["off_wang"],
      area: "990100",
      ...more,
    },
    ...rest,
  };
}
const file = async (more?: Partial<Submission["filing"]>, rest?: Partial<Submission>) =>
  (await town.app.complaints.file(aSubmission(more, rest), town.app.now())).caseId;

const act = (id: string, move: string, fields: MoveFields, by = li) =>
  town.app.desk.act(by, id, move, fields);

describe("the desk", () => {
  it("shows a case to its office and to nobody else", async () => {
    const id = await file();
    const other = await town.account({ name: "county", entity: "ent_xsfj" });
    expect((await town.app.desk.list(li)).cases.map((one) => one.id)).toEqual([id]);
    expect((await town.app.desk.list(other)).total).toBe(0);
    await expect(town.app.desk.load(other, id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("never shows text or identity to the organ complained of, its parts, or the officer, on any route", async () => {
    const id = await file();
    const all = ["supervisor", "reviewer", "admin", "auditor", "editor", "liaison"] as const;
    const parties = [
      await town.account({ name: "organ", entity: "ent_cgj", roles: [...all] }),
      await town.account({ name: "brigade", entity: "ent_cgj_one", roles: [...all] }),
      await town.account({ name: "officer", entity: "ent_sfj", roles: [...all], officer: "off_wang" }),
    ];
    const { desk } = town.app;
    for (const account of parties) {
      expect((await desk.list(account)).total).toBe(0);
      for (const attempt of [
        () => desk.load(account, id),
        () => desk.reveal(account, id, "name", "核实情况"),
        () => desk.export(account, id, "核实情况"),
        () => desk.write(account, id, "你是谁"),
        () => desk.act(account, id, "accept", { note: "受理" }),
        () => desk.preview(account, id, "issueNotice", {}),
        () => desk.file(account, id, "x"),
      ]) {
        await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
      }
      expect(JSON.stringify(await desk.statistics(account, "2026-01-01", "2026-12-31"))).not.toContain(
        "城市管理局",
      );
    }
  });

  it("gives the organ complained of a neutral 核查通知 and takes its answer", async () => {
    const id = await file();
    await act(id, "accept", { note: "受理" });
    await act(id, "handle", { note: "自办" });
    await act(id, "inquire", { recipient: "ent_cgj", note: "投诉人说没有出示证件" });
    const liaison = await town.account({ name: "liaison", entity: "ent_cgj", roles: ["liaison"] });
    const [notice] = await town.app.desk.inquiries.list(liaison);
    expect(notice?.text).toContain("核查");
    for (const secret of [TEXT, "赵测试", id, "没有出示"]) expect(notice?.text).not.toContain(secret);
    await town.app.desk.inquiries.answer(liaison, notice?.id ?? "", "已查,当日有出警记录");
    const view = await town.app.desk.load(li, id);
    expect(view.documents[0]).toMatchObject({ status: "answered", answer: "已查,当日有出警记录" });
  });

  it("reveals one identity field for a reason, and keeps who, when and why", async () => {
    const id = await file();
    const { desk } = town.app;
    expect(JSON.stringify(await desk.load(li, id))).not.toContain("赵测试");
    await expect(desk.reveal(li, id, "name", "")).rejects.toMatchObject({ code: "bad_input" });
    expect(await desk.reveal(li, id, "name", "电话核实现场情况")).toBe("赵测试");
    const [entry] = await desk.audit(keeper);
    expect(entry).toMatchObject({
      actor: li.id,
      action: "identity.name",
      subject: id,
      reason: "电话核实现场情况",
    });
    expect(await desk.verifyChains(keeper)).toBeUndefined();
  });

  it("marks every line of an export with its reader", async () => {
    const id = await file();
    const text = await town.app.desk.export(li, id, "案卷评查用");
    for (const line of text.split("\n")) expect(line).toContain("li(li)");
    expect(text).not.toContain("赵测试");
  });

  it("notices when somebody rewrites the history of a case or the access log", async () => {
    const id = await file();
    await act(id, "accept", { note: "受理" });
    const { db } = town.app.store;
    await db.updateTable("case_event").set({ actor: "someone" }).where("no", "=", 2).execute();
    expect(await town.app.desk.verifyChains(keeper)).toContain(id);
    await db.updateTable("audit").set({ reason: "x" }).where("no", "=", 1).execute();
    expect(await town.app.desk.verifyChains(keeper)).toContain("访问日志");
  });

  it("lets one of two officials who act at once win, and tells the other", async () => {
    const id = await file();
    await act(id, "accept", { note: "一" });
    const outcomes = await Promise.allSettled([
      town.app.desk.act(li, id, "handle", { note: "二" }, 2),
      town.app.desk.act(zhang, id, "refer", { referTo: "ent_xscj", note: "三" }, 2),
    ]);
    expect(outcomes.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  });

  it("walks from filing to closing, with a second person where the table asks for one", async () => {
    const id = await file();
    const steps: readonly [string, MoveFields, Account?][] = [
      ["assign", { assignee: "li" }],
      ["accept", { note: "受理" }],
      ["handle", { note: "自办" }],
      ["inquire", { recipient: "ent_cgj" }],
      ["record", { finding: "未出示证件属实" }],
    ];
    for (const [move, fields] of steps) await act(id, move, fields);
    const notice = {
      recipient: "ent_cgj",
      told: "2026 年 11 月 20 日的一次检查中,一名执法人员未出示证件。",
      legalBasis: "某条例第三条",
    };
    const { desk } = town.app;
    await expect(act(id, "issueNotice", notice)).rejects.toMatchObject({ code: "bad_input" });
    for (const told of [TEXT, "反映人赵测试", "请联系 139-0000-5555", `办件 ${id}`]) {
      await expect(act(id, "issueNotice", { ...notice, told }, zhang)).rejects.toMatchObject({
        code: "bad_input",
        detail: { field: "told" },
      });
    }
    const shown = await desk.preview(zhang, id, "issueNotice", notice);
    expect(shown).toContain("文号在发出时编");
    await act(id, "issueNotice", notice, zhang);
    const liaison = await town.account({ name: "liaison", entity: "ent_cgj", roles: ["liaison"] });
    const received = (await desk.inquiries.list(liaison)).find(({ kind }) => kind === "notice");
    expect(received?.number).toBe("演示市司法局监通〔2026〕1号");
    expect(received?.text).toContain("演示市司法局监通〔2026〕1号");
    expect(received?.text).toContain("2026年12月22日 前");
    for (const secret of ["未出示证件属实", "待编", TEXT, id]) expect(received?.text).not.toContain(secret);

    await act(id, "feedBack", { finding: "属实", result: "属实", toComplainant: "已责令改正" });
    await expect(act(id, "close", { note: "办结" }, zhang)).rejects.toThrow(/还没有答复,不能办结/);
    expect((await desk.load(li, id)).clocks.map(({ name }) => name)).toContain("notice");
    await desk.inquiries.answer(liaison, received?.id ?? "", "已改正");
    expect(await desk.count(li, { only: "answered" })).toBe(1);
    const [inquiry] = (await desk.load(zhang, id)).documents;
    await act(id, "waive", { document: inquiry?.id ?? "", reason: "已在通知书答复中说明" }, zhang);
    await act(id, "close", { note: "办结" }, zhang);
    const view = await town.app.desk.load(li, id);
    expect(view).toMatchObject({ status: "closed", result: "属实" });
    expect(view.dueDay).toBeUndefined();
    expect(view.messages.at(-1)?.text).toBe("已责令改正");
    const counted = await town.app.desk.statistics(li, "2026-11-01", "2026-11-30");
    expect(counted).toMatchObject({ filed: 1, closed: 1, byResult: [{ label: "属实", count: 1 }] });
  });

  it("is searched by number, organ, place, matter, person and words, within what the reader may see", async () => {
    const id = await file();
    await file({ organIds: ["ent_xscj"], matter: "fee", what: "收了保证金不退", area: "990102" });
    await act(id, "assign", { assignee: "li" });
    const { desk } = town.app;
    const found = async (words: string, by = li) =>
      (await desk.list(by, { words })).cases.map((one) => one.id);
    for (const words of [id.slice(-6), "城管局", "扣押", "li", "扣走了我的车"])
      expect(await found(words), words).toEqual([id]);
    expect(await found("不存在的词")).toEqual([]);
    const organ = await town.account({ name: "organ", entity: "ent_cgj" });
    expect(await found("扣走了我的车", organ)).toEqual([]);
    expect(await desk.count(li, { only: "unassigned" })).toBe(0);
    expect(await desk.listForExport(li, { words: "城管局" })).toHaveLength(1);
  });

  it("counts as late what is late today, not what will be by the end of the month", async () => {
    town.at(new Date("2026-11-10T02:00:00Z"));
    await file();
    const late = async () => (await town.app.desk.statistics(li, "2026-11-01", "2026-11-30")).late;
    expect(await late()).toBe(0);
    town.at(new Date("2026-11-20T02:00:00Z"));
    expect(await late()).toBe(1);
  });

  it("sends back twice with an item of the power list, then designates", async () => {
    const id = await file();
    await act(id, "accept", { note: "受理" });
    await act(id, "refer", { referTo: "ent_xscj", note: "转办" });
    const back = { powerItem: "pow_none", legalBasis: "某法第一条", reason: "不属我局" };
    await expect(act(id, "sendBack", back)).rejects.toMatchObject({ code: "unknown_value" });
  });

  it("puts what no rule fits into the human tray, from which a person routes it", async () => {
    const id = await file({ organIds: [], organName: "某某队" });
    expect((await town.app.desk.list(li)).total).toBe(0);
    expect((await town.app.desk.list(keeper, { only: "tray" })).cases.map((one) => one.id)).toEqual([id]);
    expect((await town.app.desk.alarms(keeper)).map((alarm) => alarm.kind)).toContain("tray");
    await act(id, "route", { office: "ent_sfj", reason: "属本市" }, keeper);
    expect((await town.app.desk.list(li)).total).toBe(1);
  });

  it("does not open for complaints once nobody is there to take them", async () => {
    await town.app.desk.accounts.update(keeper.id, { disabled: true }, keeper.id, NOW);
    expect((await town.app.complaints.preflight()).open).toBe(false);
    expect(JSON.stringify((await town.choose("start:complaint")).blocks)).toContain("暂不能受理");
  });
});

describe("time alone", () => {
  const sweep = (on: string, with_ = calendar) => {
    const at = new Date(on);
    town.at(at);
    return sweepDeadlines({ store: town.app.store, keys: town.app.keys, calendar: () => with_ }, at);
  };

  it("reminds before the last day, says overdue after it, then escalates: each once", async () => {
    await file();
    expect(await sweep("2026-11-25T02:00:00Z")).toMatchObject({ reminded: 0, overdue: 0 });
    expect(await sweep("2026-11-30T02:00:00Z")).toMatchObject({ reminded: 1 });
    expect(await sweep("2026-11-30T09:00:00Z")).toMatchObject({ reminded: 0 });
    expect(await sweep("2026-12-02T02:00:00Z")).toMatchObject({ overdue: 1 });
    expect(await sweep("2026-12-08T02:00:00Z")).toMatchObject({ escalated: 1 });
    expect(await sweep("2026-12-08T03:00:00Z")).toMatchObject({ escalated: 0 });
    expect((await town.app.desk.alarms(keeper)).map((alarm) => alarm.kind).sort()).toEqual([
      "escalated",
      "overdue",
    ]);
  });

  it("does not remind again when the clock jumps back", async () => {
    await file();
    await sweep("2026-12-08T02:00:00Z");
    expect(await sweep("2026-11-30T02:00:00Z")).toMatchObject({ reminded: 0, overdue: 0, escalated: 0 });
  });

  it("recounts exactly the clocks a changed calendar touches, and says so in the history", async () => {
    const id = await file();
    const before = (await town.app.desk.load(li, id)).clocks.map((clock) => clock.due);
    const years = calendar.years.map((year) =>
      year.year === 2026
        ? {
            ...year,
            rest: [...year.rest, { name: "临时放假", from: "2026-11-26", to: "2026-11-26" } as const],
          }
        : year,
    );
    expect(await sweep("2026-11-25T02:00:00Z", buildCalendar(years))).toMatchObject({ recounted: 1 });
    const view = await town.app.desk.load(li, id);
    expect(view.clocks.map((clock) => clock.due)).not.toEqual(before);
    expect(view.clocks[0]?.due).toBe("2026-12-02");
    expect(view.events.at(-1)).toMatchObject({ kind: "recount", actor: "system" });
    expect(await town.app.desk.verifyChains(keeper)).toBeUndefined();
  });
});

describe("accounts", () => {
  it("make a first admin whose one-time password must be changed", async () => {
    const fresh = await openTown();
    try {
      const { accounts } = fresh.app.desk;
      const first = await accounts.ensureFirstAdmin(NOW);
      const signed = await accounts.signIn("admin", first?.password ?? "", "here", NOW);
      expect(signed?.account.mustChange).toBe(true);
      expect(signed?.account.roles).toEqual(["admin"]);
      await expect(fresh.app.desk.list(signed?.account as Account)).rejects.toMatchObject({
        code: "forbidden",
      });
      expect(await accounts.ensureFirstAdmin(NOW)).toBeUndefined();
    } finally {
      await fresh.close();
    }
  });

  it("end a session after idleness, sign-out or disabling", async () => {
    const { accounts } = town.app.desk;
    const signIn = async () =>
      (await accounts.signIn("li", "correct horse battery", "here", NOW))?.token ?? "";
    const one = await signIn();
    expect((await accounts.session(one, NOW))?.name).toBe("li");
    expect(await accounts.session(one, new Date(NOW.getTime() + 3 * 3_600_000))).toBeUndefined();
    const two = await signIn();
    await accounts.signOut(two);
    expect(await accounts.session(two, NOW)).toBeUndefined();
    const three = await signIn();
    await accounts.update(li.id, { disabled: true }, keeper.id, NOW);
    expect(await accounts.session(three, NOW)).toBeUndefined();
  });

  it("slow guessing of passwords down, then refuse it to that address alone, on every worker", {
    timeout: 60_000,
  }, async () => {
    const guess = () => town.app.desk.accounts.signIn("li", "wrong", "guesser", NOW);
    const timed = async (work: () => Promise<unknown>) => {
      const start = performance.now();
      await work();
      return performance.now() - start;
    };
    for (let n = 0; n < 5; n += 1) expect(await guess()).toBeUndefined();
    expect(await timed(guess)).toBeGreaterThan(450);
    // Guesses at once wait in line as well, and what one worker counted holds for the next.
    await town.restart();
    await Promise.allSettled(Array.from({ length: 10 }, guess));
    await expect(guess()).rejects.toMatchObject({ code: "too_many" });
    const { accounts } = town.app.desk;
    expect(await accounts.signIn("li", "correct horse battery", "elsewhere", NOW)).toBeDefined();
    const later = new Date(NOW.getTime() + 10 * 60_000);
    expect(await accounts.signIn("li", "correct horse battery", "guesser", later)).toBeDefined();
  });

  it("tell the first admin's one-time password to one worker only", async () => {
    const fresh = await openTown();
    try {
      const workers = [1, 2, 3].map(() => fresh.app.desk.accounts.ensureFirstAdmin(NOW));
      const told = (await Promise.all(workers)).map((one) => one?.password).filter(Boolean);
      expect(told).toHaveLength(1);
      const { accounts } = fresh.app.desk;
      expect(await accounts.ensureFirstAdmin(NOW)).toEqual({ name: "admin" });
      expect(await accounts.signIn("admin", told[0] ?? "", "here", NOW)).toBeDefined();
    } finally {
      await fresh.close();
    }
  });

  it("end an officer's binding the day after the certificate runs out", async () => {
    const { code } = await town.app.desk.officerCodes.issue(keeper, "off_wang");
    await town.say(`绑定 ${code}`);
    town.at(new Date("2027-06-30T04:00:00Z"));
    expect(JSON.stringify((await town.say("普通程序要走几步")).blocks)).not.toContain("自动解除");
    town.at(new Date("2027-07-01T04:00:00Z"));
    expect(JSON.stringify((await town.say("普通程序要走几步")).blocks)).toContain("自动解除");
    await expect(town.app.desk.officerCodes.issue(keeper, "off_wang")).rejects.toMatchObject({
      code: "bad_input",
    });
  });

  it("bind an officer's chat by a code that works once", async () => {
    const { code } = await town.app.desk.officerCodes.issue(keeper, "off_wang");
    expect(JSON.stringify((await town.say(`绑定 ${code}`)).blocks)).toContain("绑定成功");
    expect(JSON.stringify((await town.say(`绑定 ${code}`, { conversation: "other" })).blocks)).toContain(
      "已用过",
    );
  });
});
