/** A list on screen from upload to answer, by two people in a browser: read, confirmed, compared, published, taken back. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Serving, serve } from "../../bot/main.ts";
import { createDataDesk } from "../../knowledge/desk/data-desk.ts";
import { readDocument } from "../../knowledge/import/document.ts";
import { loadMaterials } from "../../knowledge/materials.ts";
import { publishShippedData } from "../../knowledge/release/shipped.ts";
import { type App, createApp } from "../../src/app.ts";
import { appendAudit } from "../../src/cases/audit.ts";
import type { Role } from "../../src/cases/states.ts";
import { readConfig } from "../../src/config.ts";
import { faults, noBrowser, openBrowser, overflows, shot } from "../web/browser.ts";

const NOW = new Date("2026-11-24T02:00:00Z");
const PASSWORD = "long enough 1234";
const PHONE = "0000-7654321";
const ORGANS = fileURLToPath(
  new URL("../../knowledge/data/demo/files/主体/演示市行政执法主体公示表.xlsx", import.meta.url),
);

describe.skipIf(noBrowser)("a list from upload to answer", { timeout: 120_000 }, () => {
  let folder: string;
  let list: string;
  let app: App;
  let serving: Serving;
  let browser: Browser;
  let he: Page;
  let shen: Page;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "mingzhi-data-desk-"));
    const releases = join(folder, "releases");
    publishShippedData(releases, { demo: true });
    list = join(folder, "演示市行政执法主体公示表.csv");
    writeFileSync(list, await changedList());
    const config = readConfig({ MINGZHI_DATA: folder, LOG_LEVEL: "silent", HOST: "127.0.0.1", PORT: "0" });
    app = await createApp(config, loadMaterials(folder), { now: () => NOW });
    await person("he", "何演示", ["editor"]);
    await person("shen", "申演示", ["reviewer"]);
    const { db } = app.store;
    const data = createDataDesk({
      dataFolder: folder,
      releases,
      demo: true,
      now: () => NOW,
      audit: (by, action, subject, reason) =>
        db
          .transaction()
          .execute((transaction) =>
            appendAudit(app.store, transaction, { actor: by.id, action, subject, reason }, NOW),
          ),
    });
    const switches = {
      list: async () => ({ topics: [], withdrawn: [] }),
      setTopic: async () => {},
      withdraw: async () => {},
    };
    serving = await serve(app, switches, data);
    browser = await openBrowser();
    he = await signIn("he");
    shen = await signIn("shen");
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await serving?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The demonstration's own list of organs with one phone changed and one row that cannot be read. */
  async function changedList(): Promise<string> {
    const read = await readDocument(ORGANS, readFileSync(ORGANS), false);
    if ("code" in read) throw new Error(read.why);
    const rows: string[][] = [];
    for await (const row of read.tables[0]?.rows ?? []) rows.push(row.cells.map(({ text }) => text));
    const head = rows[2] ?? [];
    const at = (name: string) => head.indexOf(name);
    const changed = rows.slice(2).map((row) => {
      const fresh = [...row];
      if (row[at("执法主体名称")] === "演示市城市管理局") fresh[at("联系电话")] = PHONE;
      return fresh;
    });
    const broken = head.map((name) =>
      name === "执法主体名称" ? "演示市某某队" : name === "主体类别" ? "说不清" : "",
    );
    return `\ufeff${[...changed, broken].map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")).join("\r\n")}\r\n`;
  }
  async function person(name: string, display: string, roles: Role[]): Promise<void> {
    const added = await app.desk.accounts.add({ name, display, roles, entity: "*" }, NOW);
    await app.desk.accounts.changePassword(added.account, added.password, PASSWORD, NOW);
  }
  async function signIn(name: string): Promise<Page> {
    const context = await browser.newContext({
      baseURL: serving.address,
      locale: "zh-CN",
      viewport: { width: 1280, height: 860 },
    });
    const page = await context.newPage();
    page.setDefaultTimeout(25_000);
    await page.goto("/console");
    await page.getByLabel("账号").fill(name);
    await page.getByLabel("密码").fill(PASSWORD);
    await page.getByRole("button", { name: "登录" }).click();
    await page.getByRole("heading", { name: "今天要办的" }).waitFor();
    return page;
  }
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
  const phoneTold = async () => {
    const answer = await fetch(`${serving.address}/organs/ent_demo_cgj`);
    return answer.text();
  };

  it("says at the form what is wrong with an upload, and keeps what was typed", async () => {
    await he.goto("/console/data");
    await sound(he, "data-front");
    await he.getByText("更多").click();
    await he.getByLabel("公布日期").fill("2026-02-30");
    await he.getByLabel("文件").setInputFiles(list);
    await he.getByRole("button", { name: "上传并预览" }).click();
    await he.getByText("“2026-02-30”应为真实存在的日期").waitFor();
    expect(await he.getByLabel("公布日期").inputValue()).toBe("2026-02-30");
    expect(await he.locator(".nav-console").count()).toBe(1);
  });

  it("shows rows beside what was read, and each finding with its cell", async () => {
    await he.goto("/console/data");
    await he.getByLabel("文件").setInputFiles(list);
    await he.getByRole("button", { name: "上传并预览" }).click();
    await he.getByRole("heading", { name: "列读成了什么" }).waitFor();
    const issues = he.getByRole("region", { name: "问题" });
    const broken = issues.locator("tr", { hasText: "说不清" }).first();
    expect(await broken.innerText()).toContain("E09");
    expect(await broken.locator("td").nth(3).innerText()).toBe("说不清");
    await he.getByRole("region", { name: "前几行" }).getByText(PHONE).waitFor();
    await sound(he, "data-sheet");
    await he.getByRole("button", { name: "保存为草稿" }).click();
    await he.getByText("列的对应还没有由另一人确认。").waitFor();
  });

  it("has the columns confirmed by somebody else", async () => {
    await he.goto("/console/data/mappings");
    await he.getByRole("button", { name: "逐列核对无误,确认" }).click();
    await he.getByText("须由另一人确认").waitFor();
    await shen.goto("/console");
    await shen.locator(".tile", { hasText: "待确认列名" }).click();
    await sound(shen, "data-mappings");
    await shen.getByRole("button", { name: "逐列核对无误,确认" }).click();
    await shen.getByText("没有待确认的列名对应").waitFor();
  });

  it("is compared with what is live, asked for by one and published by another", async () => {
    await he.goto("/console/data/next");
    const change = he.locator("tr", { hasText: "演示市城市管理局" }).first();
    expect(await change.innerText()).toContain(PHONE);
    await he.getByLabel("说明").fill("城管局换了电话");
    await sound(he, "data-next");
    await he.getByRole("button", { name: "提请发布" }).click();
    await he.getByText("要由另一人办理").waitFor();
    expect(await phoneTold()).not.toContain(PHONE);
    await shen.goto("/console");
    await shen.locator(".tile", { hasText: "待我批准" }).click();
    await shen.getByText("城管局换了电话").waitFor();
    await shen.getByRole("button", { name: "核对无误,发布" }).click();
    await shen.getByText("何演示(he) → 申演示(shen)").waitFor();
    await sound(shen, "data-releases");
    await expect.poll(phoneTold, { timeout: 30_000 }).toContain(PHONE);
  });

  it("shows how any question is answered, and why", async () => {
    await he.goto("/console/preview");
    await he.getByLabel("问题").fill("行政复议多少天内申请");
    await he.getByRole("button", { name: "看怎么答" }).click();
    await he.getByRole("heading", { name: "会这样答" }).waitFor();
    const found = he.getByRole("region", { name: "找到的" });
    expect(await found.locator("tbody tr").count()).toBeGreaterThan(2);
    await he.getByText(/把握 \d+%/).waitFor();
    await sound(he, "preview");
  });

  it("is taken back with a reason, again by two people, and all of it stands in the log", async () => {
    await shen.getByLabel("理由").fill("电话登记错了");
    await shen.getByRole("button", { name: "提请回退" }).click();
    await he.goto("/console/data/releases");
    await he.getByRole("button", { name: "同意回退" }).click();
    await he.locator("#proposal").waitFor({ state: "detached" });
    await expect.poll(phoneTold, { timeout: 30_000 }).not.toContain(PHONE);
    const log = await app.store.db.selectFrom("audit").select("action").orderBy("no").execute();
    const told = log.map(({ action }) => action).filter((action) => /^(data|release)\./.test(action));
    expect(told).toEqual([
      "data.upload",
      "data.keep",
      "data.confirmMapping",
      "release.propose",
      "release.publish",
      "release.proposeRollback",
      "release.rollback",
    ]);
  });
});
