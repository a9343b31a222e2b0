import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createConsole } from "../../bot/console/index.ts";
import { faults, noBrowser, openBrowser, overflows, shot } from "../web/browser.ts";
import { openSite, type Site } from "../web/site.ts";
import { type Office, openOffice, PASSWORD } from "./office.ts";

const ATTACK = "<script>alert(1)</script> 在市场门口罚了我两百元";
const openWith = async (office: Office) =>
  openSite({ mount: [createConsole({ services: office.services, secure: false })] });

describe("the console's door", () => {
  let site: Site;
  let office: Office;
  beforeAll(async () => {
    office = await openOffice(ATTACK, { roles: ["supervisor"] });
    site = await openWith(office);
  });
  afterAll(async () => {
    await site.close();
    await office.close();
  });
  const jar = (answer: { cookies: { name: string; value: string }[] }) =>
    answer.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ");
  const post = (url: string, fields: Record<string, string>, cookie: string) =>
    site.web.server.inject({
      method: "POST",
      url,
      payload: new URLSearchParams(fields).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded", cookie },
    });
  const csrfOf = (body: string) => /name="_csrf" value="([^"]+)"/.exec(body)?.[1] ?? "";
  const signIn = async () => {
    const page = await site.web.server.inject("/console/sign-in");
    const answer = await post(
      "/console/sign-in",
      { _csrf: csrfOf(page.body), name: "liming", password: PASSWORD },
      jar(page),
    );
    return { answer, cookie: `${jar(page)}; ${jar(answer)}` };
  };

  it.each([
    "/console",
    "/console/cases/C-1",
    "/console/accounts",
    "/console/audit",
    "/console/statistics.csv",
  ])("asks for sign-in before %s", async (url) => {
    const answer = await site.web.server.inject(url);
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toBe("/console/sign-in");
  });

  it("keeps the session out of scripts and other sites", async () => {
    const { answer } = await signIn();
    expect(String(answer.headers["set-cookie"])).toMatch(
      /mz_session=.*Path=\/console; HttpOnly; SameSite=Strict/,
    );
  });

  it("refuses a wrong password, and a sign-in without the form's token", async () => {
    const page = await site.web.server.inject("/console/sign-in");
    const wrong = await post(
      "/console/sign-in",
      { _csrf: csrfOf(page.body), name: "liming", password: "x" },
      jar(page),
    );
    expect(wrong.statusCode).toBe(401);
    expect(wrong.body).toContain("账号或密码不对");
    expect(
      (await post("/console/sign-in", { name: "liming", password: PASSWORD }, jar(page))).statusCode,
    ).toBe(403);
  });

  it("ends a session for good at sign-out", async () => {
    const { cookie } = await signIn();
    const page = await site.web.server.inject({ url: "/console", headers: { cookie } });
    expect(page.statusCode).toBe(200);
    await post("/console/sign-out", { _csrf: csrfOf(page.body) }, cookie);
    expect((await site.web.server.inject({ url: "/console", headers: { cookie } })).statusCode).toBe(303);
  });

  it("lets a one-time password do nothing but choose a new one", async () => {
    const fresh = await office.services.accounts.add(
      { name: "newcomer", display: "新人(演示)", roles: ["supervisor"], entity: "ent_demo_sfj" },
      new Date(),
    );
    const form = await site.web.server.inject("/console/sign-in");
    const signed = await post(
      "/console/sign-in",
      { _csrf: csrfOf(form.body), name: "newcomer", password: fresh.password },
      jar(form),
    );
    const cookie = `${jar(form)}; ${jar(signed)}`;
    expect(
      (await site.web.server.inject({ url: "/console/cases/C-1", headers: { cookie } })).headers.location,
    ).toBe("/console/password");
    const page = await site.web.server.inject({ url: "/console/password", headers: { cookie } });
    const changed = await post(
      "/console/password",
      { _csrf: csrfOf(page.body), old: fresh.password, next: "a longer one 123" },
      cookie,
    );
    expect(changed.headers.location).toBe("/console");
    expect(
      (await site.web.server.inject({ url: "/console/cases/C-1", headers: { cookie } })).statusCode,
    ).toBe(200);
  });

  it("moves nothing without the form's token", async () => {
    const { cookie } = await signIn();
    const answer = await post(
      "/console/cases/C-1/move",
      { version: "1", move: "accept", note: "受理" },
      cookie,
    );
    expect(answer.statusCode).toBe(403);
    expect(office.state().status).toBe("registered");
  });

  it("offers and accepts only what the table permits this role", async () => {
    const { cookie } = await signIn();
    const page = await site.web.server.inject({ url: "/console/cases/C-1", headers: { cookie } });
    expect(page.body).toContain('id="accept-note"');
    expect(page.body).not.toContain('id="decline-reason"');
    const refused = await post(
      "/console/cases/C-1/move",
      {
        _csrf: csrfOf(page.body),
        version: "1",
        move: "decline",
        reason: "x",
        legalBasis: "x",
        direction: "x",
        toComplainant: "x",
      },
      cookie,
    );
    expect(refused.statusCode).toBe(400);
    expect(office.state().status).toBe("registered");
  });

  it("never shows a complaint as markup", async () => {
    const { cookie } = await signIn();
    const page = await site.web.server.inject({ url: "/console/cases/C-1", headers: { cookie } });
    expect(page.body).toContain("&lt;script&gt;alert(1)");
    expect(page.body).not.toContain("<script>");
  });

  it("keeps accounts and the audit from a supervisor", async () => {
    const { cookie } = await signIn();
    for (const url of ["/console/accounts", "/console/audit"]) {
      expect((await site.web.server.inject({ url, headers: { cookie } })).statusCode).toBe(403);
    }
  });

  it("writes a monthly CSV that spreadsheets read as text", async () => {
    const { cookie } = await signIn();
    const csv = await site.web.server.inject({
      url: "/console/statistics.csv?month=2026-11",
      headers: { cookie },
    });
    expect(csv.body.startsWith("\ufeff月份,分组,名称,件数\r\n")).toBe(true);
    expect(csv.body).toContain("2026-11,按事项,'=1+1,1");
    expect(csv.body).toContain('2026-11,按事项,"\'\r=1+2",1');
    expect(csv.body).toContain("2026-11,按事项,' =1+3,1");
  });
});

describe.skipIf(noBrowser)("the console in a browser", () => {
  let site: Site;
  let office: Office;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    office = await openOffice("十一月二十日在市场门口罚了我两百元,没有给票据。", { late: true });
    site = await openWith(office);
    await site.web.start();
    browser = await openBrowser();
    page = await browser.newPage({
      baseURL: site.web.address(),
      locale: "zh-CN",
      viewport: { width: 1280, height: 860 },
    });
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
    await office?.close();
  });

  it("takes an officer from sign-in by keyboard to a moved case", async () => {
    await page.goto("/console");
    await page.getByLabel("账号").focus();
    await page.keyboard.type("liming");
    await page.keyboard.press("Tab");
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press("Enter");
    await page
      .getByText(/已超期 \d+ 天/)
      .first()
      .waitFor();
    await page.getByRole("link", { name: "C-1" }).click();
    await page.locator("summary", { hasText: /^受理$/ }).click();
    await page.locator("#accept-note").fill("属于监督范围");
    await page.getByRole("button", { name: "受理", exact: true }).click();
    await page.getByText("办理说明:属于监督范围").or(page.getByText("note:属于监督范围")).waitFor();
    expect(office.state().status).toBe("accepted");
  });

  it("opens identity only with a reason, and says who looks", async () => {
    await page.getByLabel("理由", { exact: true }).last().fill("需要电话核实");
    await page.getByRole("button", { name: "查看" }).click();
    await page.getByText("0359-0000000").waitFor();
    expect(office.revealed).toEqual([{ by: "liming", reason: "需要电话核实" }]);
    expect(await page.locator(".watermarked").getAttribute("data-reader")).toContain("liming");
  });

  it("acknowledges an alarm", async () => {
    await page.goto("/console/alarms");
    await page.getByRole("button", { name: "已知悉" }).click();
    await page.getByText("没有未处理的告警").waitFor();
  });

  it("lets the organ's liaison answer a notice once", async () => {
    await page.goto("/console/inquiries");
    await page.getByLabel("书面答复").fill("已自查,当日未开具票据。");
    await page.getByRole("button", { name: "提交答复" }).click();
    await page.getByText("已自查,当日未开具票据。").waitFor();
    expect(await page.getByRole("button", { name: "提交答复" }).count()).toBe(0);
  });

  it("sends a delivery again that was set aside", async () => {
    await page.goto("/console/deliveries");
    await page.getByText("连接被拒绝").waitFor();
    await page.getByRole("button", { name: /重投/ }).click();
    await page.getByText("没有搁置的投递").waitFor();
  });

  it("gives another account a new one-time password, and the old one opens nothing", async () => {
    const now = new Date();
    const old = await office.services.accounts.add(
      { name: "forgot", display: "忘记(演示)", roles: ["supervisor"], entity: "ent_demo_sfj" },
      now,
    );
    await page.goto("/console/accounts");
    await page.getByRole("button", { name: "重置密码 forgot" }).click();
    const fresh = await page.locator(".receipt-number").innerText();
    expect(await office.services.accounts.signIn("forgot", old.password, "here", now)).toBeUndefined();
    expect(await office.services.accounts.signIn("forgot", fresh, "here", now)).toBeDefined();
  });

  it("exports a case as a file, for a reason", async () => {
    await page.goto("/console/cases/C-1");
    await page.getByLabel("导出理由").fill("归档备查");
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "导出" }).click(),
    ]);
    expect(file.suggestedFilename()).toBe("C-1.txt");
  });

  it.each([360, 1280])("has no fault of accessibility at %i px", async (width) => {
    await page.setViewportSize({ width, height: 860 });
    for (const path of [
      "/console",
      "/console/cases/C-1",
      "/console/cases",
      "/console/alarms",
      "/console/inquiries",
      "/console/deliveries",
      "/console/officers",
      "/console/switches",
      "/console/accounts",
      "/console/statistics?month=2026-11",
      "/console/audit",
      "/console/password",
    ]) {
      await page.goto(path);
      await shot(page, `console-${width}${path.replace(/\W+/g, "_")}`);
      expect({ path, faults: await faults(page), overflows: await overflows(page) }).toEqual({
        path,
        faults: [],
        overflows: false,
      });
    }
  });
});
