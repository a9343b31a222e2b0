/** The whole process as an operator starts it: what it refuses, what it says of its doors, where its numbers are. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { type Serving, serve } from "../../bot/main.ts";
import { createApp } from "../../src/app.ts";
import { keysFrom } from "../../src/keys.ts";
import { openTown, type Town } from "../cases/town.ts";
import { until } from "../contracts/doors.ts";
import { openBotApi, TOKEN } from "../doors/bot-api.ts";

let town: Town;
let serving: Serving | undefined;
const switches = {
  list: async () => ({ topics: [], withdrawn: [] }),
  setTopic: async () => {},
  withdraw: async () => {},
};
async function start(settings: Record<string, string>): Promise<Serving> {
  town = await openTown({ PORT: "0", ...settings });
  serving = await serve(town.app, switches);
  return serving;
}
afterEach(async () => {
  await serving?.stop();
  if (!serving) await town.close();
  serving = undefined;
});

describe("serving", () => {
  it("refuses a public address while nobody said what stands in front of it, and says what to write", async () => {
    await expect(start({ PUBLIC_URL: "https://zf.example.gov.cn" })).rejects.toThrow("TRUSTED_PROXIES=1");
  });

  it("serves a public address once the proxies are named", async () => {
    const { address } = await start({ PUBLIC_URL: "https://zf.example.gov.cn", TRUSTED_PROXIES: "1" });
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
  });

  it("keeps the first administrator's one-time password for a start that does not refuse", {
    timeout: 120_000,
  }, async () => {
    const folder = mkdtempSync(join(tmpdir(), "mingzhi-first-start-"));
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    try {
      const settings = { MINGZHI_DATA: folder, LOG_LEVEL: "silent" };
      const command = [join(import.meta.dirname, "../../scripts/mingzhi.mjs"), "serve"];
      const run = (more: Record<string, string>) =>
        spawn(process.execPath, command, { env: { PATH: process.env["PATH"], ...settings, ...more } });
      for (const [more, remedy] of [
        [{ PORT: String(port) }, "PORT"],
        [{ PORT: "0", METRICS_PORT: String(port) }, "METRICS_PORT"],
        [{ PORT: "0", PUBLIC_URL: "https://zf.example.gov.cn" }, "TRUSTED_PROXIES=1"],
      ] as const) {
        const refused = run(more);
        const [said, wrong] = await Promise.all([text(refused.stdout), text(refused.stderr)]);
        expect([said, wrong]).toEqual(["", expect.stringContaining(remedy)]);
      }
      const started = run({ PORT: "0" });
      let said = "";
      for await (const some of started.stdout.setEncoding("utf8")) {
        said += some;
        if (said.includes("渠道")) break;
      }
      started.kill("SIGTERM");
      await once(started, "exit");
      expect(said).toMatch(/首次登录 {2}账号 admin {2}一次性密码 [2-9a-z-]{19}\(只显示这一次\)/);
    } finally {
      other.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("keeps its folder and database from others on the machine", async () => {
    town = await openTown();
    serving = undefined;
    const mode = (path: string) => statSync(path).mode & 0o777;
    expect(mode(town.folder)).toBe(0o700);
    for (const name of readdirSync(town.folder).filter((one) => one.startsWith("mingzhi.sqlite")))
      expect([name, mode(join(town.folder, name))]).toEqual([name, 0o600]);
  });

  it("refuses a master key that is not the database's, and says which file to copy", async () => {
    town = await openTown();
    const other = keysFrom(Buffer.alloc(32, 1));
    const { config, materials, store } = town.app;
    await expect(createApp(config, materials, { store, keys: other })).rejects.toThrow("master.key");
  });

  it("shows its numbers on a port of their own, and only there", async () => {
    const { address, metrics } = await start({ METRICS_PORT: "0" });
    expect(metrics).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
    const text = await (await fetch(String(metrics))).text();
    expect(text).toContain('mingzhi_door_up{door="web"} 1');
    expect((await fetch(`${address}/metrics`)).status).toBe(404);
  });

  it("says in its health that a door is down, and why", async () => {
    const api = await openBotApi();
    api.fail("getUpdates", ...Array(50).fill({ code: 409, description: "Conflict: other getUpdates" }));
    const { address } = await start({ TELEGRAM_TOKEN: TOKEN, TELEGRAM_API_ROOT: api.root });
    const health = async () => (await (await fetch(`${address}/healthz`)).json()) as { doors: object };
    await until(async () =>
      expect((await health()).doors).toMatchObject({
        web: { state: "up" },
        telegram: { state: "down", reason: expect.stringContaining("Conflict") },
      }),
    );
    await serving?.stop();
    serving = undefined;
    await api.close();
  });
});
