/** The whole fault run: histories of crashes three at a time, then the other troubles; one count of what became of it all. */
import { fork } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { setCurrent, writeRelease } from "../../knowledge/release/folder.ts";
import { readShipped } from "../../knowledge/release/shipped.ts";
import { openRecipient } from "./recipient.ts";
import { type Counts, type History, type Outcome, runHistory } from "./run.ts";

export interface ChaosReport extends Counts {
  readonly byStep: Readonly<Record<string, Counts>>;
  /** What was lost or doubled, in words; empty when nothing was. */
  readonly notes: readonly string[];
}

/** Every statement and write of intake, every second of delivery and publishing, every third of the longer ways, and any moment. */
export const everyStep: readonly History[] = [
  { step: "dialogue", from: 1, stride: 3, most: 80 },
  { step: "inbox", from: 1, stride: 1, most: 80 },
  { step: "moves", from: 1, stride: 3, most: 60 },
  { step: "intake", from: 1, stride: 1, most: 80 },
  { step: "publish", from: 1, stride: 2, most: 60 },
  { step: "delivery", from: 1, stride: 2, most: 60 },
  { step: "anywhere", from: 1, stride: 1, most: 16 },
];

/** @param note told of each history as it ends. */
export async function runChaos(
  histories: readonly History[],
  note: (line: string) => void,
): Promise<ChaosReport> {
  const folder = mkdtempSync(join(tmpdir(), "mingzhi-chaos-"));
  const releases = join(folder, "shared-releases");
  const byStep: Record<string, Outcome> = {};
  const add = (name: string, outcome: Outcome) => {
    byStep[name] = outcome;
    note(
      `${name}: ${outcome.points} 处,确认 ${outcome.acknowledged},丢失 ${outcome.lost},重复 ${outcome.doubled}`,
    );
  };
  try {
    publishSmall(releases);
    const waiting = [...histories];
    const lane = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const recipient = await openRecipient();
        try {
          add(next.step, await runHistory(next, join(folder, next.step), releases, recipient));
        } finally {
          await recipient.close();
        }
      }
    };
    await Promise.all([lane(), lane(), lane()]);
    await runFaults(folder, releases, add);
    const all = Object.values(byStep);
    const sum = (of: (outcome: Outcome) => number) => all.reduce((total, one) => total + of(one), 0);
    return {
      points: sum((one) => one.points),
      acknowledged: sum((one) => one.acknowledged),
      lost: sum((one) => one.lost),
      doubled: sum((one) => one.doubled),
      byStep: Object.fromEntries(
        Object.entries(byStep).map(([name, { notes: _, ...counts }]) => [name, counts]),
      ),
      notes: Object.entries(byStep).flatMap(([name, { notes }]) => notes.map((one) => `${name}: ${one}`)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The organs of the fictional city alone: a process that dies in a second need not read a province. */
function publishSmall(releases: string): void {
  mkdirSync(releases, { recursive: true });
  const organs = readShipped({ demo: true }).filter(
    (record) => record.kind === "entity" && record.dataset === "demo",
  );
  const names = { preparedBy: "演示数据·整理", publishedBy: "演示数据·核对" };
  setCurrent(releases, writeRelease(releases, organs, names, new Date(Date.UTC(2026, 10, 1))).id);
}

function runFaults(
  folder: string,
  releases: string,
  add: (name: string, outcome: Outcome) => void,
): Promise<void> {
  const file = fileURLToPath(new URL("./faults.ts", import.meta.url));
  const child = fork(file, [join(folder, "faults"), releases], {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  if (child.stdout)
    createInterface({ input: child.stdout }).on("line", (line) => {
      const { name, outcome } = JSON.parse(line);
      add(name, outcome);
    });
  return new Promise((resolve, reject) => {
    child.on("close", (code) => (code === 0 ? resolve() : reject(new Error("the fault run fell over"))));
  });
}
