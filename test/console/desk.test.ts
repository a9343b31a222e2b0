/** The whole way with real parts: a complaint by form, into the queue of the office, moved, read again by receipt. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createConsoleServices } from "../../bot/console/desk-service.ts";
import { createConsole } from "../../bot/console/index.ts";
import { createComplaintService } from "../../bot/web/complaint-service.ts";
import { loadCalendar } from "../../knowledge/calendar.ts";
import { createDesk } from "../../src/cases/desk.ts";
import { openAcknowledgements } from "../../src/complaints/acknowledgement.ts";
import { createComplaints } from "../../src/complaints/complaints.ts";
import { openEvidence } from "../../src/complaints/evidence.ts";
import { createVault } from "../../src/complaints/vault.ts";
import { keysFrom } from "../../src/keys.ts";
import { createLog } from "../../src/log.ts";
import type { Library } from "../../src/records/library.ts";
import { openStore, type Store } from "../../src/store/database.ts";
import { openSite, type Site } from "../web/site.ts";

describe("a complaint by form, through the desk", () => {
  let site: Site;
  let store: Store;
  let folder: string;
  let password: string;
  let library: () => Library;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "mingzhi-desk-"));
    store = await openStore(":memory:");
    const keys = keysFrom(Buffer.alloc(32, 5));
    const vault = createVault(keys);
    const calendar = loadCalendar();
    library = () => site.app.library();
    const evidence = openEvidence(store);
    const parts = {
      store,
      keys,
      vault,
      evidence,
      library: () => library(),
      calendar: () => calendar,
      webhook: false,
    };
    const complaints = createComplaints({
      ...parts,
      now: () => new Date(),
      acknowledgements: openAcknowledgements(folder),
      cost: { memoryKiB: 1024, passes: 1 },
    });
    const desk = createDesk({
      ...parts,
      log: createLog("silent"),
    });
    const added = await desk.accounts.add(
      {
        name: "wang",
        display: "王芳(演示)",
        roles: ["supervisor", "reviewer", "auditor", "admin"],
        entity: "*",
      },
      new Date(),
    );
    password = "long enough 1234";
    await desk.accounts.changePassword(added.account, added.password, password, new Date());
    site = await openSite({
      services: {
        complaints: createComplaintService({
          store,
          complaints,
          evidence,
          library: () => library(),
          calendar: () => calendar,
        }),
      },
      mount: [createConsole({ services: createConsoleServices(desk, () => library()), secure: false })],
    });
  });
  afterAll(async () => {
    await site?.close();
    await store?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const jar = (answer: { cookies: { name: string; value: string }[] }) =>
    answer.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ");
  const csrfOf = (body: string) => /name="_csrf" value="([^"]+)"/.exec(body)?.[1] ?? "";
  const post = (url: string, fields: Record<string, string>, cookie: string) =>
    site.web.server.inject({
      method: "POST",
      url,
      payload: new URLSearchParams(fields).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded", cookie },
    });

  it("files once, shows in the queue, moves by the table, and is followed by receipt", async () => {
    const organ = library()
      .all("entity")
      .find((entity) => entity.dataset === "demo" && entity.name.includes("城市管理"));
    const page = await site.web.server.inject("/complaints/new");
    const submission = /name="submission" value="([^"]+)"/.exec(page.body)?.[1] ?? "";
    const fields = {
      _csrf: csrfOf(page.body),
      submission,
      matter: "fine",
      text: "在市场门口罚了我两百元,没有给票据。",
      organ: organ?.name ?? "",
      secrecy: "confidential",
      contact: "演示联系方式",
    };
    const filed = await post("/complaints/new", fields, jar(page));
    const again = await post("/complaints/new", fields, jar(page));
    const receiptOf = (body: string) => /data-receipt="(\d{17})"/.exec(body)?.[1];
    expect(receiptOf(filed.body)).toBeDefined();
    expect(receiptOf(again.body)).toBe(receiptOf(filed.body));
    // A fine stands behind it: the appeal's period is told, the day not being known.
    expect(filed.body).toContain("60 日内申请行政复议");
    expect(filed.body).toContain("第二十条第一款");

    const form = await site.web.server.inject("/console/sign-in");
    const signed = await post(
      "/console/sign-in",
      { _csrf: csrfOf(form.body), name: "wang", password },
      jar(form),
    );
    const cookie = `${jar(form)}; ${jar(signed)}`;
    const get = (url: string) => site.web.server.inject({ url, headers: { cookie } });
    const queue = await get("/console/cases");
    expect(queue.body).toContain("共 1 件");
    expect(queue.body).toContain(organ?.name);
    const path = /href="(\/console\/cases\/[^"]+)"/.exec(queue.body)?.[1] ?? "";
    const opened = await get(path);
    expect(opened.body).toContain("没有给票据");
    expect(opened.body).not.toContain("演示联系方式");
    const version = /name="version" value="(\d+)"/.exec(opened.body)?.[1] ?? "";
    const moved = await post(
      `${path}/move`,
      { _csrf: csrfOf(opened.body), version, move: "accept", note: "属于监督范围" },
      cookie,
    );
    expect(moved.statusCode).toBe(303);
    const stale = await post(
      `${path}/move`,
      { _csrf: csrfOf(opened.body), version, move: "handle", note: "旧页面" },
      cookie,
    );
    expect(stale.statusCode).toBe(409);
    expect((await get(path)).body).toContain("办理说明:属于监督范围");

    const status = await site.web.server.inject({
      method: "POST",
      url: "/api/complaints/status",
      payload: { receipt: receiptOf(filed.body) ?? "" },
    });
    expect(status.json().status).toBe("受理");
    const revealed = await post(
      `${path}/identity`,
      { _csrf: csrfOf(opened.body), field: "contact", reason: "需要电话核实" },
      cookie,
    );
    expect(revealed.body).toContain("演示联系方式");
    for (const url of [
      "/console/statistics",
      "/console/statistics.csv",
      "/console/audit",
      "/console/alarms",
      "/console/accounts",
    ]) {
      expect({ url, status: (await get(url)).statusCode }).toEqual({ url, status: 200 });
    }
  });

  it("tells the appeal's last day on the form where the day of a decision was given", async () => {
    const page = await site.web.server.inject("/complaints/new");
    const fields = {
      _csrf: csrfOf(page.body),
      submission: /name="submission" value="([^"]+)"/.exec(page.body)?.[1] ?? "",
      matter: "attitude",
      secrecy: "anonymous",
    };
    const calm = await post(
      "/complaints/new",
      { ...fields, text: "在窗口排队时被工作人员大声呵斥。" },
      jar(page),
    );
    expect(calm.statusCode).toBe(200);
    expect(calm.body).not.toContain("申请行政复议最晚到");
    const next = await site.web.server.inject("/complaints/new");
    const told = await post(
      "/complaints/new",
      {
        ...fields,
        _csrf: csrfOf(next.body),
        submission: /name="submission" value="([^"]+)"/.exec(next.body)?.[1] ?? "",
        text: "给我送来处罚决定书的时候骂我,罚款五千元。",
        day: "2026-11-10",
      },
      jar(next),
    );
    expect(told.body).toContain("申请行政复议最晚到");
    expect(told.body).toContain("2027年1月11日");
  });
});
