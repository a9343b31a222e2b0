/** What the house relies on in its store, on every engine it runs on. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createAssistant } from "../../src/assistant.ts";
import type { Account } from "../../src/cases/accounts.ts";
import { appendAudit, brokenAudit } from "../../src/cases/audit.ts";
import { createDesk, type Desk } from "../../src/cases/desk.ts";
import { createOutbox } from "../../src/cases/outbox.ts";
import { openAcknowledgements } from "../../src/complaints/acknowledgement.ts";
import { type Complaints, createComplaints } from "../../src/complaints/complaints.ts";
import { openEvidence } from "../../src/complaints/evidence.ts";
import type { Submission } from "../../src/complaints/filing.ts";
import { createVault } from "../../src/complaints/vault.ts";
import { keysFrom } from "../../src/keys.ts";
import { createLog } from "../../src/log.ts";
import { isUniqueViolation, openStore, type Store } from "../../src/store/database.ts";
import { calendar, library, NOW } from "../cases/town.ts";
import { type Postgres, postgresBinaries, startPostgres } from "./postgres.ts";

const bin = postgresBinaries();
if (!bin) console.warn("PostgreSQL is not installed here: the store contract runs on SQLite only.");
const engines = bin ? (["sqlite", "postgres"] as const) : (["sqlite"] as const);

describe.each(engines)("the store on %s", (engine) => {
  let server: Postgres | undefined;
  let folder: string;
  let store: Store;
  let complaints: Complaints;
  let desk: Desk;
  let official: Account;
  const keys = keysFrom(Buffer.alloc(32, 4));

  beforeAll(async () => {
    if (engine === "postgres" && bin) server = await startPostgres(bin);
  });
  afterAll(() => server?.stop());
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "mingzhi-store-"));
    store = await openStore(server?.url ?? join(folder, "store.sqlite"));
    const vault = createVault(keys);
    const evidence = openEvidence(store);
    const shared = {
      store,
      keys,
      vault,
      evidence,
      library: () => library,
      calendar: () => calendar,
      webhook: true,
    };
    complaints = createComplaints({
      ...shared,
      acknowledgements: openAcknowledgements(join(folder, "ack")),
      now: () => NOW,
      cost: { memoryKiB: 1024, passes: 1 },
    });
    desk = createDesk({ ...shared, log: createLog("silent") }, () => NOW);
    const { account, password } = await desk.accounts.add(
      {
        name: `li${Math.random()}`.replace("0.", ""),
        display: "李",
        roles: ["supervisor", "reviewer", "admin", "auditor"],
        entity: "*",
      },
      NOW,
    );
    await desk.accounts.changePassword(account, password, "correct horse battery", NOW);
    official = { ...account, mustChange: false };
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  let count = 0;
  const aSubmission = (): Submission => {
    count += 1;
    return {
      id: `${engine}-${count}-${"x".repeat(22)}`,
      kind: "complaint",
      door: "web",
      secrecy: "anonymous",
      filing: { v: 1, what: "不出示证件就罚款", matter: "certificate", organIds: ["ent_cgj"] },
    };
  };

  it("opens twice without harm: migrations run once", async () => {
    const again = await openStore(server?.url ?? join(folder, "store.sqlite"));
    expect(again.kind).toBe(engine);
    await again.close();
  });

  it("says when a unique key already exists", async () => {
    const row = { key: `k${Math.random()}`, tokens: 1, at: 1 };
    await store.db.insertInto("throttle").values(row).execute();
    await store.db
      .insertInto("throttle")
      .values(row)
      .execute()
      .then(
        () => expect.unreachable(),
        (thrown: unknown) => expect(isUniqueViolation(thrown)).toBe(true),
      );
  });

  it("files the same submission once, however often and however close it comes", async () => {
    const submission = aSubmission();
    const filed = await Promise.all(Array.from({ length: 4 }, () => complaints.file(submission, NOW)));
    expect(new Set(filed.map((one) => one.receipt)).size).toBe(1);
    expect(new Set(filed.map((one) => one.caseId)).size).toBe(1);
    const opened = await complaints.open(filed[0]?.receipt ?? "", "holder", NOW);
    expect(opened.kind).toBe("open");
  });

  it("gives the same acknowledgement to a repeated submission", async () => {
    const submission = aSubmission();
    const first = await complaints.file(submission, NOW);
    const later = await complaints.file(submission, new Date(NOW.getTime() + 60_000));
    expect(later.acknowledgement).toBe(first.acknowledgement);
  });

  it("lets one of many movers of a case win and keeps the chain whole", async () => {
    const { caseId } = await complaints.file(aSubmission(), NOW);
    const moves = await Promise.allSettled(
      Array.from({ length: 6 }, () => desk.act(official, caseId, "accept", { note: "受理" }, 1)),
    );
    expect(moves.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    expect(await desk.verifyChains(official)).toBeUndefined();
  });

  it("chains the access log without forks when many write at once", async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        store.db
          .transaction()
          .execute((transaction) =>
            appendAudit(
              store,
              transaction,
              { actor: "a", action: "test", subject: String(n), reason: "" },
              NOW,
            ),
          ),
      ),
    );
    expect(await brokenAudit(store.db)).toBeUndefined();
  });

  it("hands each delivery to one worker only, in order within a case", async () => {
    for (let n = 0; n < 6; n += 1) await complaints.file(aSubmission(), NOW);
    const outbox = createOutbox(store);
    const seen: string[] = [];
    const deliver = async (row: { id: string }) => {
      seen.push(row.id);
      return "sent" as const;
    };
    await Promise.all(["a", "b", "c"].map((worker) => outbox.deliverDue(deliver, worker, () => NOW, 500)));
    expect(seen.length).toBeGreaterThanOrEqual(6);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it("answers a redelivered turn once, from two processes at the same moment", async () => {
    let handled = 0;
    const parts = {
      store,
      keys,
      log: createLog("silent"),
      library: () => library,
      handlers: [
        async () => {
          handled += 1;
          return {
            reply: {
              outcome: "answered" as const,
              intent: "help",
              blocks: [{ kind: "text" as const, text: `第 ${handled} 次` }],
              choices: [],
              citations: [],
            },
          };
        },
      ],
    };
    const turn = {
      id: `turn ${engine} ${Math.random()}`,
      door: "web" as const,
      conversation: `c ${Math.random()}`,
      person: "p",
      role: "citizen" as const,
      text: "好",
      files: [],
      at: NOW,
    };
    const replies = await Promise.all([
      createAssistant(parts).reply(turn),
      createAssistant(parts).reply(turn),
    ]);
    expect(replies[0]?.blocks).toEqual(replies[1]?.blocks);
    const rows = await store.db
      .selectFrom("turn")
      .select("id")
      .where("id", "=", keys.digest("turn", turn.id))
      .execute();
    expect(rows).toHaveLength(1);
  });
});
