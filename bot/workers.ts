/** Loops beside the doors: deliver the outbox, sweep deadlines, expire personal data. Any number of processes may run them. */
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { App } from "../src/app.ts";
import { type Deliver, signedEvent } from "../src/cases/outbox.ts";
import { sweepDeadlines } from "../src/cases/sweep.ts";
import { runRetention } from "../src/complaints/retention.ts";
import { createVault } from "../src/complaints/vault.ts";
import type { Reply } from "../src/reply.ts";
import type { OutboxRow } from "../src/store/case-tables.ts";
import { pullReleases } from "../src/store/release-files.ts";
import type { Door } from "./door.ts";

export interface Workers {
  /** Lets what is under way finish. */
  stop(): Promise<void>;
}

export interface Rhythm {
  readonly deliverMs: number;
  readonly sweepMs: number;
  readonly expireMs: number;
  /** Several machines on one database follow each other's releases within this time. */
  readonly releasesMs: number;
}
export const usual: Rhythm = {
  deliverMs: 2_000,
  sweepMs: 10 * 60_000,
  expireMs: 6 * 3_600_000,
  releasesMs: 1_000,
};
const DAY_MS = 24 * 3_600_000;
const WEBHOOK_TIMEOUT_MS = 10_000;
/** These doors cannot reach a person who is not there. */
const pullOnly: readonly string[] = ["web", "api", "terminal"];

export function startWorkers(app: App, doors: readonly Door[], rhythm: Rhythm = usual): Workers {
  const { config, log, now, outbox, store } = app;
  const worker = randomUUID();
  const deliver = createDeliver(app, doors);
  const loops = [
    every("deliver", rhythm.deliverMs, () => outbox.deliverDue(deliver, worker, now)),
    every("sweep", rhythm.sweepMs, () =>
      sweepDeadlines({ store, keys: app.keys, calendar: () => app.materials.calendar }, now()),
    ),
    ...(store.kind === "postgres"
      ? [
          every("releases", rhythm.releasesMs, () =>
            pullReleases(store.db, join(config.dataFolder, "releases")),
          ),
        ]
      : []),
    every("expire", rhythm.expireMs, async () => {
      await app.inbox.purge(new Date(now().getTime() - config.RETAIN_CONVERSATION_DAYS * DAY_MS));
      await runRetention({ store, config }, now());
    }),
  ];
  return { stop: async () => void (await Promise.all(loops.map((loop) => loop.stop()))) };

  /** Runs at once, then again so long after each end. A failure is logged and the loop goes on. */
  function every(name: string, waitMs: number, work: () => Promise<unknown>) {
    let stopped = false;
    let wake = () => {};
    const done = (async () => {
      while (!stopped) {
        try {
          await work();
        } catch (err) {
          log.error({ err, loop: name }, "worker failed");
        }
        if (stopped) break;
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, waitMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    })();
    return {
      stop: () => {
        stopped = true;
        wake();
        return done;
      },
    };
  }
}

/** How each kind of row leaves the house. */
export function createDeliver(app: App, doors: readonly Door[]): Deliver {
  const vault = createVault(app.keys);
  return async (row) => {
    switch (row.channel) {
      case "console":
        return "sent";
      case "webhook":
        return postEvent(app, row);
      case "door": {
        const address = await vault.address(app.store.db, row.recipient);
        if (!address || pullOnly.includes(address.door)) return "skipped";
        const door = doors.find((one) => one.name === address.door);
        if (!door) throw new Error(`door ${address.door} is not running`);
        await door.send(address.address, newsReply(app, row));
        return "sent";
      }
    }
  };
}

/** 有新进展, and nothing else: whoever looks over the shoulder learns no more. */
function newsReply(app: App, row: OutboxRow): Reply {
  return {
    turn: row.id,
    outcome: "answered",
    intent: "complaintStatus",
    blocks: [{ kind: "text", text: "您登记的事项有新进展。请发回执编号查看。" }],
    choices: [],
    citations: [],
    labels: ["自动回答"],
    release: app.library().release.id,
  };
}

async function postEvent(app: App, row: OutboxRow): Promise<"sent" | "skipped"> {
  const { CASE_WEBHOOK_URL: url, CASE_WEBHOOK_SECRET: secret, PUBLIC_URL: source } = app.config;
  if (!url || !secret) return "skipped";
  const { body, headers } = signedEvent(row, source ?? "urn:mingzhi", secret);
  const response = await fetch(url, {
    method: "POST",
    body,
    headers,
    signal: AbortSignal.timeout(WEBHOOK_TIMEOUT_MS),
    redirect: "error",
  });
  if (!response.ok) throw new Error(`webhook answered ${response.status}`);
  return "sent";
}
