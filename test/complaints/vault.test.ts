import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";
import { hashRaw } from "@node-rs/argon2";
import pino from "pino";
import { afterEach, describe, expect, it, vi } from "vitest";
import { openTown, receiptIn, type Town } from "../cases/town.ts";

vi.mock("@node-rs/argon2", async (original) => {
  const real = await original<typeof import("@node-rs/argon2")>();
  return { ...real, hashRaw: vi.fn(real.hashRaw) };
});

let town: Town;
afterEach(() => town.close());

const PLANTED = ["欧阳测试甲", "13911112222", "openid-ABCDEF-planted"];

describe("who complained", () => {
  it("stands in clear nowhere: not in the database, its journal, the evidence or the log", async () => {
    let logged = "";
    const sink = new Writable({
      write(chunk, _, done) {
        logged += String(chunk);
        done();
      },
    });
    town = await openTown({}, pino({ level: "debug" }, sink));
    await town.account({ name: "keeper", entity: "*", roles: ["admin", "supervisor", "reviewer"] });
    const me = { person: PLANTED[2] ?? "", conversation: PLANTED[2] ?? "", door: "wechat" } as const;
    await town.say("我要投诉演示市城管局,昨天他们没出示证件就扣走了我的车", me);
    await town.say("实名", me);
    await town.say("演示路", me);
    await town.say("跳过", me);
    const photo = {
      name: `${PLANTED[0]}.txt`,
      claimedType: "text/plain",
      bytes: Buffer.from(`我是${PLANTED[0]},${PLANTED[1]}`),
    };
    await town.say("", { ...me, files: [photo] });
    await town.choose("files:done", me);
    await town.say(PLANTED[0] ?? "", me);
    await town.say(PLANTED[1] ?? "", me);
    const filed = await town.choose("confirm", me);
    await town.say(receiptIn(filed), me);
    await town.say(`补充:我是${PLANTED[0]}`, me);
    await town.say("坏的输入\u0000".repeat(3), me);

    const bytes = everyFile(town.folder);
    expect(bytes.length).toBeGreaterThan(10_000);
    for (const secret of [...PLANTED, receiptIn(filed)]) {
      expect(bytes.includes(Buffer.from(secret)), secret).toBe(false);
      expect(logged, secret).not.toContain(secret);
    }
    const opened = await town.app.complaints.open(receiptIn(filed), "x", town.app.now());
    expect(opened.kind).toBe("open");
    const keeper = (await town.app.desk.accounts.list()).find((one) => one.name === "keeper");
    if (!keeper || opened.kind !== "open") throw new Error("not open");
    expect(await town.app.desk.reveal(keeper, opened.report.caseId, "contact", "核实情况用")).toBe(
      PLANTED[1],
    );
  });

  it("cannot be moved from one report to another in the database", async () => {
    town = await openTown();
    const { complaints, store } = town.app;
    const file = (n: number) =>
      complaints.file(
        {
          id: `vault-${n}-${"x".repeat(22)}`,
          kind: "complaint",
          door: "web",
          secrecy: "named",
          identity: { v: 1, name: `测试${n}` },
          filing: { v: 1, what: "不出示证件", matter: "certificate" },
        },
        town.app.now(),
      );
    await file(1);
    await file(2);
    const rows = await store.db.selectFrom("vault").selectAll().execute();
    const [one, two] = rows;
    if (!one || !two) throw new Error("no rows");
    await store.db
      .updateTable("vault")
      .set({ identity: two.identity, wrapped_key: two.wrapped_key })
      .where("complaint", "=", one.complaint)
      .execute();
    const { createVault } = await import("../../src/complaints/vault.ts");
    await expect(createVault(town.app.keys).identity(store.db, one.complaint)).rejects.toThrow();
  });

  it("costs the same to look for whether a receipt is known or not", async () => {
    town = await openTown();
    const { complaints } = town.app;
    const { receipt } = await complaints.file(
      {
        id: `timing-${"x".repeat(22)}`,
        kind: "complaint",
        door: "web",
        secrecy: "anonymous",
        filing: { v: 1, what: "不出示证件", matter: "certificate" },
      },
      town.app.now(),
    );
    // No clock is trusted here, the work is counted: one Argon2id each, then one look-up by index.
    const workOf = async (said: string, who: string) => {
      const before = vi.mocked(hashRaw).mock.calls.length;
      const { kind } = await complaints.open(said, who, town.app.now());
      return { kind, hashes: vi.mocked(hashRaw).mock.calls.length - before };
    };
    expect(await workOf(receipt, "a")).toEqual({ kind: "open", hashes: 1 });
    expect(await workOf("00000000000000000", "b")).toEqual({ kind: "unknown", hashes: 1 });
  });
});

function everyFile(folder: string): Buffer {
  return Buffer.concat(
    readdirSync(folder).flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? [everyFile(path)] : [readFileSync(path)];
    }),
  );
}
