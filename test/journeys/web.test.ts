/** One person's whole way through the served product, and the supervisor's on the other side; every part is the real one. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Serving, serve } from "../../bot/main.ts";
import { loadMaterials } from "../../knowledge/materials.ts";
import { publishShippedData } from "../../knowledge/release/shipped.ts";
import { type App, createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { faults, noBrowser, openBrowser, overflows, shot } from "../web/browser.ts";

const NOW = new Date("2026-11-24T02:00:00Z");
const PASSWORD = "long enough 1234";

describe.skipIf(noBrowser)("from a question to a closed case", { timeout: 90_000 }, () => {
  let folder: string;
  let app: App;
  let serving: Serving;
  let browser: Browser;
  let person: Page;
  let receipt = "";

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "mingzhi-journey-"));
    publishShippedData(join(folder, "releases"), { demo: true });
    const config = readConfig({ MINGZHI_DATA: folder, LOG_LEVEL: "silent", HOST: "127.0.0.1", PORT: "0" });
    app = await createApp(config, loadMaterials(folder), { now: () => NOW });
    for (const [name, role] of [
      ["wang", "supervisor"],
      ["zhao", "reviewer"],
    ] as const) {
      const added = await app.desk.accounts.add(
        { name, display: `${name}(演示)`, roles: [role], entity: "ent_demo_sfj" },
        NOW,
      );
      await app.desk.accounts.changePassword(added.account, added.password, PASSWORD, NOW);
    }
    await app.desk.accounts.add(
      { name: "keeper", display: "分办(演示)", roles: ["admin"], entity: "*" },
      NOW,
    );
    const rivals = await app.desk.accounts.add(
      { name: "rival", display: "城管(演示)", roles: ["supervisor"], entity: "ent_demo_cgj" },
      NOW,
    );
    await app.desk.accounts.changePassword(rivals.account, rivals.password, PASSWORD, NOW);
    serving = await serve(app, {
      list: async () => ({ topics: [], withdrawn: [] }),
      setTopic: async () => {},
      withdraw: async () => {},
    });
    browser = await openBrowser();
    person = await open(360);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await serving?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(width: number): Promise<Page> {
    const context = await browser.newContext({
      baseURL: serving.address,
      locale: "zh-CN",
      viewport: { width, height: 760 },
    });
    const page = await context.newPage();
    page.setDefaultTimeout(25_000);
    return page;
  }
  const settled = () => person.locator(".typing").waitFor({ state: "detached" });
  const say = async (text: string) => {
    await person.getByLabel("您的问题").fill(text);
    await person.getByRole("button", { name: "发送" }).click();
    await settled();
    return person.locator(".turn-house").last().innerText();
  };
  const pick = async (name: string) => {
    await person.locator(".choices button:enabled", { hasText: name }).last().click();
    await settled();
  };
  const signIn = async (name: string) => {
    const page = await open(1280);
    await page.goto("/console");
    await page.getByLabel("账号").fill(name);
    await page.getByLabel("密码").fill(PASSWORD);
    await page.getByRole("button", { name: "登录" }).click();
    await page.getByRole("heading", { name: "今天要办的", level: 1 }).waitFor();
    await page.goto("/console/cases");
    return page;
  };
  const move = async (page: Page, name: string, given: Readonly<Record<string, string>>) => {
    await page.locator("summary", { hasText: new RegExp(`^${name}$`) }).click();
    const form = page.locator("details[open].move form");
    for (const [field, value] of Object.entries(given)) {
      const control = form.locator(`[name=${field}]`);
      if ((await control.evaluate((element) => element.tagName)) === "SELECT")
        await control.selectOption(value);
      else await control.fill(value);
    }
    await form.getByRole("button", { name, exact: true }).click();
    await page.locator(".timeline strong", { hasText: name }).last().waitFor();
  };

  it("opens although what the browser kept is damaged", async () => {
    await person.goto("/");
    await person.evaluate(() => {
      localStorage.setItem("mz-settings", "{broken");
      localStorage.setItem("mz-history-1", '[{"said":"x","reply":{"blocks":[{"kind":"none"}]}}]');
      localStorage.setItem("mz-conversation", "?");
    });
    await person.reload();
    await person.getByText("您好。我可以帮您").waitFor();
  });

  it("asks back until the organ and the day are known, then says the last day", async () => {
    await person.goto("/");
    await say("收到罚款决定书不服找谁");
    expect(await say("演示市城市管理局")).toContain("演示市人民政府");
    const answer = await say("11月10号收到的");
    expect(answer).toContain("申请行政复议");
    expect(answer).toMatch(/最后一天\s*2027年1月11日/);
    expect(answer).toContain("演示数据");
    await shot(person, "journey-deadline");
    expect({ faults: await faults(person), overflows: await overflows(person) }).toEqual({
      faults: [],
      overflows: false,
    });
  });

  it("files the story once told, and has the receipt typed back", async () => {
    await person.getByRole("button", { name: "清除本机记录" }).click();
    await person.getByText("您好。我可以帮您").waitFor();
    await say("我要投诉,十一月二十号演示市城市管理局的人在人民路市场门口没亮证罚了我两百块,没给票据");
    await say("匿名");
    const filed = person.locator(".receipt");
    const ready = person.locator(".choices button:enabled", { hasText: "确认提交" });
    for (let steps = 0; steps < 8 && (await ready.count()) === 0; steps += 1) await pick("跳过");
    await pick("确认提交");
    receipt = (await filed.getAttribute("data-receipt")) ?? "";
    expect(receipt).toMatch(/^\d{17}$/);
    await shot(person, "journey-receipt");
    expect(await faults(person)).toEqual([]);
    await person.getByLabel("请把抄下的 17 位回执号再输入一遍").fill(receipt);
    await person.getByRole("button", { name: "核对", exact: true }).click();
    await person.getByText("回执已核对,登记完成").waitFor();
    expect((await person.content()).replace(/\s/g, "")).not.toContain(receipt);
    const kept = await person.evaluate(() => JSON.stringify(localStorage));
    expect(kept.replace(/\s/g, "")).not.toContain(receipt);
    expect(kept).not.toContain("没亮证罚了我");
  });

  it("reaches the justice bureau, and nobody of the organ complained of", async () => {
    const rival = await signIn("rival");
    await rival.getByText("没有符合条件的办件").waitFor();
    const wang = await signIn("wang");
    await wang.getByText("演示市城市管理局").first().waitFor();
    const link = wang.locator("td a").first();
    const path = (await link.getAttribute("href")) ?? "";
    expect((await rival.goto(path))?.status()).toBe(404);
    await link.click();
    await move(wang, "分派承办人", { assignee: "wang" });
    await move(wang, "受理", { note: "属于监督范围" });
    await move(wang, "自办", { note: "自行核查" });
    await move(wang, "反馈投诉人", {
      finding: "未出示证件属实",
      result: "属实",
      toComplainant: "您反映的情况属实,已责令改正。",
    });
    for (const width of [360, 1280]) {
      await wang.setViewportSize({ width, height: 860 });
      await shot(wang, `journey-case-${width}`);
      expect({ width, faults: await faults(wang), overflows: await overflows(wang) }).toEqual({
        width,
        faults: [],
        overflows: false,
      });
    }
    const zhao = await signIn("zhao");
    await zhao.goto(path);
    await move(zhao, "办结", { note: "同意办结" });
  });

  it("tells the person the result by receipt alone", async () => {
    const other = await open(360);
    await other.goto("/complaints/status");
    await other.getByLabel("回执号").fill(receipt);
    await other.getByRole("button", { name: "查询" }).click();
    await other.getByRole("heading", { name: "办结" }).waitFor();
    await other.getByText("您反映的情况属实,已责令改正。").waitFor();
    await shot(other, "journey-status");
    expect({ faults: await faults(other), overflows: await overflows(other) }).toEqual({
      faults: [],
      overflows: false,
    });
  });
});
