import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openSite, type Site } from "./site.ts";

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const post = (url: string, payload: object | string, headers: Record<string, string> = {}) =>
  site.web.server.inject({
    method: "POST",
    url,
    payload,
    headers: { "content-type": "application/json", ...headers },
  });

describe("the HTTP contract", () => {
  it("answers a turn with a Reply", async () => {
    const { statusCode, json } = await post("/api/turns", {
      conversation: "c1",
      text: "你好",
      role: "officer",
      area: "140802",
    });
    expect(statusCode).toBe(200);
    expect(json()).toMatchObject({
      outcome: "answered",
      release: site.app.library().release.id,
      labels: ["自动回答"],
    });
    expect(json().blocks[0].text).toContain("officer,140802");
  });

  it("answers the same Idempotency-Key with the same reply, whatever the body says the second time", async () => {
    const first = await post("/api/turns", { conversation: "c2", text: "一" }, { "idempotency-key": "k" });
    const second = await post("/api/turns", { conversation: "c2", text: "二" }, { "idempotency-key": "k" });
    expect(second.json()).toEqual(first.json());
  });

  it.each([
    [{ conversation: "c", text: "x", role: "king" }, "“role”只能是 citizen、officer"],
    [{ text: "x" }, "“conversation”应为文字"],
    [{ conversation: "c" }, "缺少“text”或“choice”"],
    [{ conversation: "c", text: "x".repeat(20_001) }, "“text”不能多于 20000 个字符"],
  ])("names the field and what is allowed when a turn is wrong (case %#)", async (body, said) => {
    const answer = await post("/api/turns", body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().error.say).toContain(said);
  });

  it("refuses what is not JSON, and a body that is too large", async () => {
    expect((await post("/api/turns", "{")).json().error.say).toBe("请求内容不是完整的 JSON。");
    expect((await post("/api/turns", JSON.stringify({ text: "x".repeat(400_000) }))).statusCode).toBe(413);
    expect((await post("/api/turns", "a=b", { "content-type": "text/plain" })).statusCode).toBe(415);
  });

  it("refuses a call made by another site's page", async () => {
    const answer = await post(
      "/api/turns",
      { conversation: "c", text: "x" },
      { "sec-fetch-site": "cross-site" },
    );
    expect(answer.statusCode).toBe(403);
  });

  it("computes a deadline and names what is wrong with a bad one", async () => {
    const good = (await post("/api/deadlines", { rule: "reconsiderationApply", from: "2026-03-02" })).json();
    expect(good).toMatchObject({
      rule: "reconsiderationApply",
      from: "2026-03-02",
      rawLastDay: "2026-05-01",
    });
    expect(
      (await post("/api/deadlines", { rule: "reconsiderationApply", from: "2026-02-30" })).json().error.say,
    ).toContain("2026-02-30");
    expect(
      (await post("/api/deadlines", { rule: "nothing", from: "2026-03-02" })).json().error.say,
    ).toContain("reconsiderationApply");
  });

  it("pages published records, and does not list officers", async () => {
    const answer = await site.web.server.inject(
      "/api/records?kind=entity&q=%E5%8F%B8%E6%B3%95%E5%B1%80&page=1",
    );
    expect(answer.json().items.length).toBeGreaterThan(0);
    expect(answer.json().items.every((item: { name: string }) => item.name.includes("司法"))).toBe(true);
    const officers = await site.web.server.inject("/api/records?kind=officer");
    expect(officers.statusCode).toBe(400);
    expect(officers.json().error.say).toContain("只能是 entity");
  });

  it("files a complaint, tells its progress by receipt, and knows no other receipt", async () => {
    const filed = await post("/api/complaints", {
      matter: "fine",
      text: "罚了我两百块不给票据,就在市场门口",
      secrecy: "anonymous",
    });
    expect(filed.statusCode).toBe(201);
    expect(filed.json().receipt).toMatch(/^\d{17}$/);
    expect((await post("/api/complaints/status", { receipt: filed.json().receipt })).json().status).toBe(
      "登记",
    );
    expect((await post("/api/complaints/status", { receipt: "1" })).statusCode).toBe(404);
  });

  it("describes every call in OpenAPI", async () => {
    const described = (await site.web.server.inject("/api/openapi.json")).json();
    expect(Object.keys(described.paths)).toEqual(
      expect.arrayContaining([
        "/api/turns",
        "/api/records",
        "/api/officers/verify",
        "/api/deadlines",
        "/api/complaints",
        "/api/complaints/status",
      ]),
    );
    expect(described.components.schemas.TurnInput.required).toEqual(["conversation"]);
  });

  it("is healthy, and shows its numbers only nearby", async () => {
    expect((await site.web.server.inject("/healthz")).json().ok).toBe(true);
    expect((await site.web.metrics()).text).toMatch(/mingzhi_outcomes_total\{outcome="answered"\} \d/);
    // Behind a proxy that nobody named, everyone looks near.
    expect((await site.web.server.inject({ url: "/metrics", remoteAddress: "127.0.0.1" })).statusCode).toBe(
      404,
    );
  });

  it("reads no more bodies with files at once than it has room for, and those of others still", async () => {
    const part = (name: string) => `--b\r\ncontent-disposition: form-data; name="${name}"`;
    const open: Socket[] = [];
    const begin = (remote: number) =>
      new Promise<string>((resolve) => {
        const socket = connect(remote, "127.0.0.1", () => {
          socket.write(
            `POST /api/turns/files HTTP/1.1\r\nhost: a\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: 9000\r\n\r\n${part("conversation")}\r\n\r\nc`,
          );
        });
        open.push(socket);
        socket.once("data", (data) => resolve(data.toString()));
        setTimeout(() => resolve("reading"), 500);
      });
    const own = await openSite();
    await own.web.start();
    const port = Number(new URL(own.web.address()).port);
    try {
      expect(await begin(port)).toBe("reading");
      expect(await begin(port)).toBe("reading");
      expect(await begin(port)).toContain("429");
    } finally {
      for (const socket of open) socket.destroy();
    }
    await vi.waitFor(async () => {
      const payload = `${part("conversation")}\r\n\r\nc9\r\n${part("text")}\r\n\r\n你好\r\n--b--\r\n`;
      const headers = { "content-type": "multipart/form-data; boundary=b" };
      const answer = await own.web.server.inject({
        method: "POST",
        url: "/api/turns/files",
        headers,
        payload,
      });
      expect(answer.statusCode).toBe(200);
    });
    await own.close();
  });

  it("takes files with a turn", async () => {
    const payload =
      '--b\r\ncontent-disposition: form-data; name="conversation"\r\n\r\nc9\r\n--b\r\ncontent-disposition: form-data; name="file"; filename="../../照片.jpg"\r\ncontent-type: image/jpeg\r\n\r\nabc\r\n--b--\r\n';
    const answer = await post("/api/turns/files", payload, {
      "content-type": "multipart/form-data; boundary=b",
    });
    expect(answer.json().blocks[0].text).toContain("照片.jpg 3 字节");
    expect(answer.json().blocks[0].text).not.toContain("..");
  });
});

describe("protection", () => {
  const scriptTag = "<script>alert(1)</script>";
  const pageWithForm = async (url: string) => {
    const page = await site.web.server.inject(url);
    const cookie = page.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ");
    return { csrf: /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? "", cookie };
  };
  const form = (url: string, fields: Record<string, string>, cookie: string) =>
    site.web.server.inject({
      method: "POST",
      url,
      payload: new URLSearchParams(fields).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded", cookie },
    });

  it("answers a question without script, and never as markup", async () => {
    const { csrf, cookie } = await pageWithForm("/");
    const answer = await form("/", { _csrf: csrf, q: scriptTag, conversation: "" }, cookie);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain("您说的是:&lt;script&gt;");
    expect(answer.body).not.toContain(scriptTag);
  });

  it("never links to a script address", async () => {
    const { csrf, cookie } = await pageWithForm("/");
    const answer = await form("/", { _csrf: csrf, q: "所有样式" }, cookie);
    expect(answer.body).not.toContain("javascript:");
  });

  it.each(["/", "/complaints/status", "/officers/check"])(
    "refuses a form at %s without its token",
    async (url) => {
      const { cookie } = await pageWithForm(url);
      const answer = await form(url, { q: "x", receipt: "1", certNo: "12345" }, cookie);
      expect(answer.statusCode).toBe(403);
      expect(answer.body).toContain("页面已过期");
    },
  );

  it("gives back a complaint with a wrong field, escaped and whole", async () => {
    const { csrf, cookie } = await pageWithForm("/complaints/new");
    const submission = "0d2f6c3e-2b8e-4c0f-8a53-0c9a4f0f6c11";
    const text = `${scriptTag} 在市场门口罚了我`;
    const answer = await form(
      "/complaints/new",
      { _csrf: csrf, submission, matter: "fine", secrecy: "anonymous", text, day: "2026-02-30" },
      cookie,
    );
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain("2026-02-30");
    expect(answer.body).toContain("&lt;script&gt;alert(1)&lt;/script&gt; 在市场门口罚了我");
    const good = await form(
      "/complaints/new",
      { _csrf: csrf, submission, matter: "fine", secrecy: "anonymous", text },
      cookie,
    );
    expect(good.body).toContain("1234 5678 9012 3456 7");
  });

  it("allows no inline script, style or foreign frame", async () => {
    const page = await site.web.server.inject("/");
    const policy = String(page.headers["content-security-policy"]);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy).not.toContain("unsafe");
    expect(page.body).not.toMatch(/ style=| on\w+=/);
  });

  it("goes back only to its own pages after the elder switch", async () => {
    const away = await site.web.server.inject("/elder?on=1&back=//evil.example");
    expect(away.headers.location).toBe("/");
  });

  it("keeps the script under 60 kB compressed", async () => {
    const page = await site.web.server.inject("/");
    const path = /src="(\/static\/chat[^"]+)"/.exec(page.body)?.[1] ?? "";
    const script = await site.web.server.inject({ url: path, headers: { "accept-encoding": "gzip" } });
    expect(script.headers["content-encoding"]).toBe("gzip");
    expect(script.rawPayload.length).toBeLessThan(60_000);
    expect(script.headers["cache-control"]).toContain("immutable");
  });

  it("answers too many turns politely", async () => {
    const narrow = await openSite({ limits: { personTurns: 3 } });
    const ask = () =>
      narrow.web.server.inject({
        method: "POST",
        url: "/api/turns",
        payload: { conversation: "c", text: "x" },
      });
    for (let count = 0; count < 3; count += 1) expect((await ask()).statusCode).toBe(200);
    const refused = await ask();
    expect(refused.statusCode).toBe(429);
    expect(refused.json().error.say).toMatch(/^操作太频繁,请 \d+ 秒后再试。$/);
    await narrow.close();
  });
});

describe("the door itself", () => {
  it("answers a thousand conversations at once without an error, each its own", async () => {
    await site.web.start();
    const url = `${site.web.address()}/api/turns`;
    const ask = async (index: number) => {
      const answer = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ conversation: `crowd${index}`, text: `第${index}问。` }),
      });
      return { status: answer.status, right: (await answer.text()).includes(`第${index}问。`) };
    };
    const answers = await Promise.all(Array.from({ length: 1000 }, (_, index) => ask(index)));
    expect(answers.filter(({ status, right }) => status !== 200 || !right)).toEqual([]);
  });

  it("listens on IPv6", async () => {
    const six = await openSite({ host: "::1" });
    await six.web.start();
    expect(six.web.address()).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect((await fetch(`${six.web.address()}/healthz`)).status).toBe(200);
    await six.close();
  });

  it("lets only the named sites show it in a frame", async () => {
    const framed = await openSite({ frameAncestors: ["https://www.example.gov.cn"] });
    const page = await framed.web.server.inject("/?embed=1");
    expect(page.headers["content-security-policy"]).toContain(
      "frame-ancestors 'self' https://www.example.gov.cn",
    );
    expect(page.headers["x-frame-options"]).toBeUndefined();
    await framed.close();
  });

  it("checks one officer by exact number, through whoever keeps the list", async () => {
    const asked: string[] = [];
    const checked = await openSite({
      services: {
        officers: {
          async check({ certNo, name, address }) {
            asked.push(`${certNo} ${name} ${address}`);
            return {
              outcome: "未列入名单",
              say: "名单里没有这个证号。",
              rows: [],
              next: "请向该单位核实。",
              asOf: "2026-11-01",
            };
          },
        },
      },
    });
    const answer = await checked.web.server.inject({
      method: "POST",
      url: "/api/officers/verify",
      payload: { certNo: "14080012345", name: "张" },
    });
    expect(answer.json()).toMatchObject({ outcome: "未列入名单", asOf: "2026-11-01" });
    expect(asked).toEqual(["14080012345 张 127.0.0.1"]);
    const missing = await checked.web.server.inject("/complaints/new");
    expect(missing.statusCode).toBe(404);
    expect(missing.body).toContain("本站没有开通这项服务");
    await checked.close();
  });
});

describe("look-up pages", () => {
  it.each([
    "/",
    "/organs",
    "/powers",
    "/officers/check",
    "/relief",
    "/deadlines",
    "/laws",
    "/points",
    "/complaints/new",
    "/complaints/status",
    "/completeness",
    "/about",
  ])("%s is a page with one h1 and a Chinese title", async (url) => {
    const page = await site.web.server.inject(url);
    expect(page.statusCode).toBe(200);
    expect(page.body.match(/<h1/g)).toHaveLength(1);
    expect(page.body).toMatch(/<title>[^<]*[\u4e00-\u9fa5]/);
  });

  it.each(["organs", "areas", "overdue"])("gives completeness-%s.csv for a spreadsheet", async (name) => {
    const file = await site.web.server.inject(`/completeness-${name}.csv`);
    expect(file.headers["content-type"]).toContain("text/csv");
    expect(file.body.startsWith("\uFEFF")).toBe(true);
    expect(file.body).toMatch(/地区|执法主体/);
  });

  it("shows every line of the completeness check on its page", async () => {
    const { body } = await site.web.server.inject("/completeness");
    for (const line of ["1. 执法主体", "15. 救济渠道", "27. 免罚清单"]) expect(body).toContain(line);
  });

  it("gives the whole completeness report as JSON", async () => {
    const { organs, areas, overdue } = (await site.web.server.inject("/completeness.json")).json();
    expect([organs, areas, overdue].every(Array.isArray)).toBe(true);
  });

  it("says plainly what an organ has not published", async () => {
    const organ = site.app
      .library()
      .all("entity")
      .find((entity) => entity.enforces && entity.phones.length === 0);
    const page = await site.web.server.inject(`/organs/${organ?.id}`);
    expect(page.body).toContain("本机关尚未公示");
  });

  it("gives each power its own page with its source", async () => {
    for (const power of site.app.library().all("power").slice(0, 20)) {
      const page = await site.web.server.inject(`/powers/${power.id}`);
      expect(page.statusCode).toBe(200);
      expect(page.body).toContain(power.source.publisher);
    }
  });

  it("says that there is no such page", async () => {
    const page = await site.web.server.inject("/organs/ent_none_x");
    expect(page.statusCode).toBe(404);
    expect(page.body).toContain("没有编号为");
  });
});
