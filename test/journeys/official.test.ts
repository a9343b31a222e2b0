/** An official's day with cases in a browser, on the whole served product: what is due, worked, sent, answered, closed. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Serving, serve } from "../../bot/main.ts";
import { loadMaterials } from "../../knowledge/materials.ts";
import { publishShippedData } from "../../knowledge/release/shipped.ts";
import { type App, createApp } from "../../src/app.ts";
import type { Role } from "../../src/cases/states.ts";
import { readConfig } from "../../src/config.ts";
import { faults, noBrowser, openBrowser, overflows, shot } from "../web/browser.ts";

const PASSWORD = "long enough 1234";
const SAID = "十一月二十号城管两个人来我店里,没有亮证就把秤拿走了,也没给票";

describe.skipIf(noBrowser)("an official's day", { timeout: 120_000 }, () => {
  let folder: string;
  let app: App;
  let serving: Serving;
  let browser: Browser;
  let clock = new Date("2026-11-24T02:00:00Z");
  const windows = new Map<string, Page>();
  let first = "";
  let second = "";

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "mingzhi-official-"));
    publishShippedData(join(folder, "releases"), { demo: true });
    const config = readConfig({ MINGZHI_DATA: folder, LOG_LEVEL: "silent", HOST: "127.0.0.1", PORT: "0" });
    app = await createApp(config, loadMaterials(folder), { now: () => clock });
    await person("wang", ["supervisor"]);
    await person("zhao", ["reviewer"]);
    await person("audit", ["auditor"], "*");
    await person("keeper", ["admin"], "*");
    await person("cgj", ["liaison"], "ent_demo_cgj");
    serving = await serve(app, {
      list: async () => ({ topics: [], withdrawn: [] }),
      setTopic: async () => {},
      withdraw: async () => {},
    });
    browser = await openBrowser();
    first = await file(SAID, "coercion", true);
    clock = new Date("2026-11-26T02:00:00Z");
    second = await file("收摊位费不给收据,问了三次都说没有", "fee");
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await serving?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function person(name: string, roles: Role[], entity = "ent_demo_sfj"): Promise<void> {
    const added = await app.desk.accounts.add({ name, display: `${name}(演示)`, roles, entity }, clock);
    await app.desk.accounts.changePassword(added.account, added.password, PASSWORD, clock);
  }
  async function file(what: string, matter: "coercion" | "fee", withPicture = false): Promise<string> {
    const picture = await sharp({ create: { width: 900, height: 600, channels: 3, background: "#7799aa" } })
      .jpeg()
      .toBuffer();
    const key = Buffer.alloc(32, 7);
    const photo = { name: "秤.jpg", claimedType: "image/jpeg", bytes: picture };
    const kept = withPicture ? await app.evidence.receive(photo, "web", "c1", key, clock) : undefined;
    if (kept?.kind === "refused") throw new Error(kept.say);
    if (kept) await app.store.db.insertInto("evidence").values(kept.row).execute();
    const filed = await app.complaints.file(
      {
        id: `an official's day: ${what}`,
        kind: "complaint",
        door: "web",
        secrecy: "confidential",
        identity: { v: 1, name: "赵演示", contact: "13900005555" },
        filing: { v: 1, what, matter, organIds: ["ent_demo_cgj"], officerIds: [] },
        ...(kept && { evidence: [kept.row.id], key: key.toString("base64") }),
      },
      clock,
    );
    return filed.caseId;
  }
  /** The person's own window, signed in once. */
  async function signIn(name: string): Promise<Page> {
    const open = windows.get(name);
    if (open) {
      await open.goto("/console");
      return open;
    }
    const context = await browser.newContext({
      baseURL: serving.address,
      locale: "zh-CN",
      viewport: { width: 1280, height: 860 },
    });
    const page = await context.newPage();
    page.setDefaultTimeout(25_000);
    windows.set(name, page);
    await page.goto("/console");
    await page.getByLabel("账号").fill(name);
    await page.getByLabel("密码").fill(PASSWORD);
    await page.getByRole("button", { name: "登录" }).click();
    await page.getByRole("heading", { name: "今天要办的" }).waitFor();
    return page;
  }
  const fill = async (page: Page, move: string, given: Readonly<Record<string, string>>) => {
    const details = page.locator("details.move", {
      has: page.locator("summary", { hasText: new RegExp(`^${move}$`) }),
    });
    if ((await details.getAttribute("open")) === null) await details.locator("summary").click();
    for (const [field, value] of Object.entries(given)) {
      const control = details.locator(`[name=${field}]`);
      if ((await control.evaluate((element) => element.tagName)) === "SELECT")
        await control.selectOption(value);
      else await control.fill(value);
    }
    await details.getByRole("button").click();
  };
  const move = async (page: Page, name: string, given: Readonly<Record<string, string>>) => {
    await fill(page, name, given);
    await page.locator(".timeline strong", { hasText: name }).last().waitFor();
  };
  const sound = async (page: Page, name: string) => {
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 860 });
      await shot(page, `${name}-${width}`);
      expect({ name, width, faults: await faults(page), overflows: await overflows(page) }).toEqual({
        name,
        width,
        faults: [],
        overflows: false,
      });
    }
  };

  it("begins with what waits, each number leading to its list", async () => {
    const page = await signIn("wang");
    expect(await page.locator(".tile", { hasText: "未分派" }).locator("strong").innerText()).toBe("2");
    await page.getByText("还剩 7 天").first().waitFor();
    await sound(page, "official-home");
    await page.locator(".tile", { hasText: "未分派" }).click();
    await page.getByText("共 2 件").waitFor();
    await sound(page, "official-queue");
  });

  it("finds cases by what people say, and gives several out at once", async () => {
    const page = await signIn("wang");
    for (const [words, count] of [
      ["不给收据", 1],
      [first.slice(-6), 1],
      ["城市管理", 2],
      ["乱收费", 1],
      ["没有这样的词", 0],
    ] as const) {
      await page.goto("/console/cases");
      await page.getByLabel("查找").fill(words);
      await page.getByRole("button", { name: "筛选" }).click();
      await page.getByText(`共 ${count} 件`).waitFor();
    }
    await page.goto("/console/cases?only=unassigned");
    for (const box of await page.getByRole("checkbox").all()) await box.check();
    await page.getByLabel("把选中的办件分派给").selectOption("wang");
    await page.getByRole("button", { name: "分派", exact: true }).click();
    await page.getByText("已分派 2 件。").waitFor();
    await page.getByText("没有符合条件的办件").waitFor();
    await page.goto("/console/cases");
    const [csv] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "导出 CSV" }).click(),
    ]);
    expect(csv.suggestedFilename()).toBe("cases.csv");
  });

  it("keeps a refused form open with what was typed, in the console's own frame", async () => {
    const page = await signIn("wang");
    await page.goto(`/console/cases/${first}`);
    await move(page, "受理", { note: "属于监督范围" });
    const note = "该件涉及扣押,转交城区办理,理由写得很长不能丢";
    await fill(page, "转办", { referTo: "司法局", note });
    await page
      .getByText(/“司法局”/)
      .first()
      .waitFor();
    expect(await page.locator("#refer-note").inputValue()).toBe(note);
    expect(await page.locator("#refer-referTo").getAttribute("aria-invalid")).toBe("true");
    expect(await page.locator(".nav-console").count()).toBe(1);
    await sound(page, "official-refused");
    await page.goto("/console/audit");
    await page.getByText("您没有做这件事的权限").waitFor();
    expect(await page.locator(".nav-console").count()).toBe(1);
  });

  it("shows evidence drawn anew under the reader's name", async () => {
    const page = await signIn("wang");
    await page.goto(`/console/cases/${first}`);
    const picture = page.locator(".evidence img");
    await picture.scrollIntoViewIfNeeded();
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth), { timeout: 20_000 })
      .toBe(320);
    const path = await page.locator(".evidence a").getAttribute("href");
    await page.goto(path ?? "");
    await shot(page, "official-evidence");
  });

  it("sends a document from the template: seen first, numbered by the house, nothing of the complaint in it", async () => {
    const wang = await signIn("wang");
    await wang.goto(`/console/cases/${first}`);
    await move(wang, "自办", { note: "自行核查" });
    await move(wang, "记录核查情况", { finding: `投诉人所述属实:${SAID}` });
    expect(await wang.locator("summary", { hasText: "发监督通知书" }).count()).toBe(0);

    const zhao = await signIn("zhao");
    await zhao.goto(`/console/cases/${first}`);
    await fill(zhao, "发监督通知书", { told: SAID, legalBasis: "《行政执法监督条例》" });
    await zhao
      .getByText(/与投诉人写的话相同/)
      .first()
      .waitFor();
    expect(await zhao.locator("#issueNotice-told").inputValue()).toBe(SAID);
    await fill(zhao, "发监督通知书", { told: "11 月 20 日检查时未出示执法证件,取走衡器未出具凭证。" });
    await zhao.getByText("(文号在发出时编)").waitFor();
    await sound(zhao, "official-preview");
    await zhao.getByRole("button", { name: "返回修改" }).click();
    await zhao.getByText("还没有发出").first().waitFor();
    await fill(zhao, "发监督通知书", { demand: "退还衡器。" });
    await zhao.getByRole("button", { name: "发出" }).click();
    await zhao.locator(".timeline strong", { hasText: "发监督通知书" }).waitFor();

    const cgj = await signIn("cgj");
    expect(await cgj.locator(".tile", { hasText: "待答复的文书" }).locator("strong").innerText()).toBe("1");
    await cgj.locator(".tile", { hasText: "待答复的文书" }).click();
    const sent = await cgj.locator("main").innerText();
    expect(sent).toContain("演示市司法局监通〔2026〕1号");
    expect(sent).toContain("2026年12月24日 前");
    for (const secret of [SAID, "投诉人", "赵演示", "文号在发出时编", first])
      expect(sent).not.toContain(secret);
    await sound(cgj, "official-inquiries");
  });

  it("closes only when the document was answered, and by another person than the last step's", async () => {
    const wang = await signIn("wang");
    await wang.goto(`/console/cases/${first}`);
    await move(wang, "反馈投诉人", {
      finding: "属实",
      result: "属实",
      toComplainant: "您反映的情况属实,已责令退还。",
    });
    const zhao = await signIn("zhao");
    await zhao.goto(`/console/cases/${first}`);
    expect(await zhao.locator("summary", { hasText: /^办结$/ }).count()).toBe(0);
    await zhao.getByText("待答复", { exact: true }).waitFor();

    const cgj = await signIn("cgj");
    await cgj.goto("/console/inquiries");
    await cgj.getByLabel("书面答复").fill("已退还衡器并开具凭证。");
    await cgj.getByRole("button", { name: "提交答复" }).click();
    await cgj.getByRole("heading", { name: "已答复" }).waitFor();

    await zhao.goto("/console");
    await zhao.locator(".tile", { hasText: "文书已答复" }).click();
    await zhao.getByRole("link", { name: first }).click();
    await zhao.locator(".timeline strong", { hasText: "收到书面答复" }).waitFor();
    await move(zhao, "办结", { note: "同意办结" });
    await sound(zhao, "official-closed");
  });

  it("lets an auditor ask the log who did what, in words", async () => {
    const audit = await signIn("audit");
    await audit.goto("/console/audit");
    await audit.getByText("记录链完整").waitFor();
    await audit.getByLabel("做了什么").selectOption("moving");
    await audit.getByLabel("对象").fill(first);
    await audit.getByRole("button", { name: "筛选" }).click();
    const sent = audit.locator("tbody tr", { hasText: "办理:发监督通知书" });
    expect(await sent.innerText()).toContain("zhao(演示)(zhao)");
    expect(await sent.innerText()).toContain("演示市司法局监通〔2026〕1号");
    expect(await audit.locator("tbody tr", { hasText: "查看办件" }).count()).toBe(0);
    await sound(audit, "official-audit");
    const [csv] = await Promise.all([
      audit.waitForEvent("download"),
      audit.getByRole("link", { name: /CSV/ }).click(),
    ]);
    expect(csv.suggestedFilename()).toBe("audit.csv");
  });

  it("keeps a refused account's form, and gives the administrator's account no other work", async () => {
    const keeper = await signIn("keeper");
    await keeper.goto("/console/accounts");
    await keeper.locator("#name").fill("newcomer");
    await keeper.locator("#display").fill("新人(演示)");
    await keeper.getByLabel("管理员").check();
    await keeper.getByLabel("监督员").check();
    await keeper.locator("#entity").fill("*");
    await keeper.getByRole("button", { name: "新建", exact: true }).click();
    await keeper.getByText("请分成两个账号").waitFor();
    expect(await keeper.locator("#display").inputValue()).toBe("新人(演示)");
    expect(await keeper.getByLabel("监督员").isChecked()).toBe(true);
    await keeper.getByLabel("管理员").uncheck();
    await keeper.getByRole("button", { name: "新建", exact: true }).click();
    await keeper.getByText("只显示这一次").waitFor();
  });

  it("shows an auditor the case and nothing the auditor may not do; the administrator sees no case", async () => {
    const audit = await signIn("audit");
    await audit.goto(`/console/cases/${second}`);
    await audit.getByText("收摊位费不给收据").waitFor();
    expect(await audit.getByLabel("给投诉人写信").count()).toBe(0);
    expect(await audit.getByRole("heading", { name: "身份信息" }).count()).toBe(0);
    expect(await audit.locator("details.move").count()).toBe(0);
    const keeper = await signIn("keeper");
    await keeper.getByRole("heading", { name: "还缺这些人" }).waitFor();
    await keeper.goto(`/console/cases/${second}`);
    await keeper.getByText("没有这个案件,或不在您的办理范围内").waitFor();
    await keeper.goto("/console/cases");
    await keeper.getByText("您没有做这件事的权限").waitFor();
  });
});
