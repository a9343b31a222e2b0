import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { Door } from "../../bot/door.ts";
import { createDeliver, startWorkers, usual } from "../../bot/workers.ts";
import type { Reply } from "../../src/reply.ts";
import type { DoorName } from "../../src/turn.ts";
import { openTown, type Town } from "./town.ts";

let town: Town;
let server: Server | undefined;
afterEach(async () => {
  await town.close();
  server?.close();
});

function aDoor(name: DoorName, send: Door["send"]): Door {
  const manners = {
    buttons: false,
    files: true,
    maxMessage: { amount: 2000, unit: "bytes" },
    abroad: false,
  } as const;
  return { name, manners, start: async () => {}, stop: async () => {}, send };
}

async function filed(door: DoorName) {
  const { caseId } = await town.app.complaints.file(
    {
      id: `worker-${door}-${"x".repeat(22)}`,
      kind: "complaint",
      door,
      secrecy: "confidential",
      address: "openid-1",
      filing: { v: 1, what: "不出示证件就罚款", matter: "certificate", organIds: ["ent_cgj"] },
    },
    town.app.now(),
  );
  return caseId;
}

describe("delivery to people", () => {
  it("says 有新进展 on the door they came by, and nothing of the case", async () => {
    town = await openTown();
    const li = await town.account({ name: "li" });
    const keeper = await town.account({
      name: "keeper",
      entity: "*",
      roles: ["admin", "reviewer", "supervisor"],
    });
    const caseId = await filed("wechat");
    await town.app.desk
      .act(li, caseId, "accept", { note: "受理" })
      .catch(() => town.app.desk.act(keeper, caseId, "accept", { note: "受理" }));
    const heard: { address: string; reply: Reply }[] = [];
    const wechat = aDoor("wechat", async (address, reply) => void heard.push({ address, reply }));
    await town.app.outbox.deliverDue(createDeliver(town.app, [wechat]), "w", town.app.now);
    expect(heard).toHaveLength(1);
    expect(heard[0]?.address).toBe("openid-1");
    expect(JSON.stringify(heard[0]?.reply.blocks)).toContain("新进展");
    expect(JSON.stringify(heard[0]?.reply)).not.toContain(caseId);
  });

  it("waits for a door that is down, and leaves alone doors that cannot push", async () => {
    town = await openTown();
    const li = await town.account({ name: "li", entity: "*" });
    await town.app.desk.write(li, await filed("wechat"), "请补充照片");
    await town.app.desk.write(li, await filed("web"), "请补充照片");
    await town.app.outbox.deliverDue(createDeliver(town.app, []), "w", town.app.now);
    const rows = await town.app.store.db
      .selectFrom("outbox")
      .select("state")
      .where("channel", "=", "door")
      .execute();
    expect(rows.map((row) => row.state).sort()).toEqual(["skipped", "waiting"]);
  });

  it("tells the officials' system by signed events, and stops cleanly", async () => {
    const bodies: string[] = [];
    server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        bodies.push(body);
        response.end();
      });
    });
    await new Promise<void>((ready) => server?.listen(0, "127.0.0.1", ready));
    const { port } = server.address() as AddressInfo;
    town = await openTown({ CASE_WEBHOOK_URL: `http://127.0.0.1:${port}/`, CASE_WEBHOOK_SECRET: "secret" });
    const caseId = await filed("web");
    const workers = startWorkers(town.app, [], { ...usual, deliverMs: 5 });
    await expect.poll(() => bodies.length).toBe(1);
    await workers.stop();
    expect(JSON.parse(bodies[0] ?? "")).toMatchObject({ type: "mingzhi.case.registered", subject: caseId });
  });
});
