/** Starts a process, lets it die at one step, starts the next: a long history of crashes over one data folder. */
import { type ChildProcess, fork } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { readCurrent } from "../../src/records/releases.ts";
import type { Line, Orders } from "./child.ts";
import { addClerk, openHouse } from "./house.ts";
import type { Ack, StepName } from "./jobs.ts";
import type { Recipient } from "./recipient.ts";
import { isWhole, verify } from "./verify.ts";

export interface Counts {
  readonly points: number;
  readonly acknowledged: number;
  readonly lost: number;
  readonly doubled: number;
}
export interface Outcome extends Counts {
  readonly notes: readonly string[];
}

export interface History {
  readonly step: StepName;
  /** First step killed at, and how many steps further each time. */
  readonly from: number;
  readonly stride: number;
  /** Ends after this many deaths, or when a job outlives its step. */
  readonly most: number;
}

const START = Date.UTC(2026, 10, 24, 1);
/** Between two processes: longer than a delivery's lease. */
const APART_MS = 120_000;
const childFile = fileURLToPath(new URL("./child.ts", import.meta.url));

/** Runs one history of crashes in `folder` and counts what became of everything acknowledged. */
export async function runHistory(
  history: History,
  folder: string,
  releases: string,
  recipient: Recipient,
): Promise<Outcome> {
  const acks: Ack[] = [];
  const notes: string[] = [];
  let points = 0;
  let broken = 0;
  let clock = START;
  await setUp(folder, releases);
  const base = { step: history.step, folder, releases, recipient: recipient.url };

  let resume: number | undefined;
  let no = 1;
  for (let killAt = history.from; points < history.most; killAt += history.stride, no += 1) {
    clock += APART_MS;
    const endless = history.step === "anywhere";
    const orders: Orders = endless
      ? { ...base, clock, resume, next: no, endless }
      : { ...base, clock, resume, next: no, killAt };
    const ended = await runChild(orders, acks, endless ? 20 + ((killAt * 37) % 180) : undefined);
    if (ended.kind === "failed") throw new Error(`${history.step} at step ${killAt}: ${ended.error}`);
    if (ended.kind === "lived") {
      resume = undefined;
      break;
    }
    points += 1;
    resume = ended.begun ?? resume;
    no = Math.max(no, ended.begun ?? 0);
    if (history.step === "publish") {
      const live = join(folder, "releases");
      if (existsSync(join(live, "current")) && !isWhole(live, readCurrent(live))) {
        broken += 1;
        notes.push(`lost: what is live after death at step ${killAt} is half a release`);
      }
    }
  }
  clock += APART_MS;
  if (resume !== undefined) {
    const ended = await runChild({ ...base, clock, resume }, acks);
    if (ended.kind !== "lived") throw new Error(`${history.step} did not recover: ${JSON.stringify(ended)}`);
  }
  const house = await openHouse(folder, releases, () => new Date(clock));
  try {
    const found = await verify(house, history.step, acks, recipient.delivered(), new Date(clock));
    const acknowledged = new Set(acks.map((ack) => ack.key)).size;
    return {
      points,
      acknowledged,
      lost: found.lost + broken,
      doubled: found.doubled,
      notes: [...notes, ...found.notes],
    };
  } finally {
    await house.close();
  }
}

async function setUp(folder: string, releases: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(folder, "releases"));
  const at = new Date(START);
  const house = await openHouse(folder, releases, () => at);
  await addClerk(house, at);
  await house.close();
}

type Ended =
  | { readonly kind: "killed"; readonly begun: number | undefined }
  | { readonly kind: "lived" }
  | { readonly kind: "failed"; readonly error: string };

/** @param patienceMs when given, the process is killed from outside this long after its first job began. */
export function runChild(orders: Orders, acks: Ack[], patienceMs?: number): Promise<Ended> {
  const child: ChildProcess = fork(childFile, [JSON.stringify(orders)], {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let begun: number | undefined;
  let error = "";
  let killing = false;
  child.stderr?.on("data", (chunk) => {
    error = `${error}${chunk}`.slice(-2000);
  });
  const lines = child.stdout ? createInterface({ input: child.stdout }) : undefined;
  lines?.on("line", (text) => {
    const line = JSON.parse(text) as Line;
    if (line.said === "ack") acks.push(line.ack);
    if (line.said === "begun") begun = line.no;
    if (line.said === "begun" && patienceMs !== undefined && !killing) {
      killing = true;
      setTimeout(() => child.kill("SIGKILL"), patienceMs);
    }
  });
  // `close` comes after the last line was read; what the process said before it died is known.
  return new Promise((resolve) => {
    child.on("close", (code, signal) => {
      if (signal === "SIGKILL") resolve({ kind: "killed", begun });
      else if (code === 0) resolve({ kind: "lived" });
      else resolve({ kind: "failed", error });
    });
  });
}
