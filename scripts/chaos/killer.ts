/**
 * Counts every statement and every write to a file, before and after, and kills its own process at the n-th.
 * It stands around the database driver and `node:fs` of this process only; the house knows nothing of it.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import SqliteDatabase from "better-sqlite3";

const writes = ["mkdirSync", "openSync", "writeSync", "writeFileSync", "appendFileSync"] as const;
const settles = ["fsyncSync", "closeSync", "renameSync", "copyFileSync", "rmSync"] as const;

let counted = 0;
let fatal: number | undefined;
const write = fs.writeSync;

/** From now on the n-th step is the last. `undefined` counts only. */
export function arm(step: number | undefined): void {
  counted = 0;
  fatal = step;
}

/** Ends the danger; how many steps were counted. */
export function disarm(): number {
  fatal = undefined;
  return counted;
}

/** One line on stdout that is out of the process before anything else happens. */
export function tell(line: unknown): void {
  write(1, `${JSON.stringify(line)}\n`);
}

/** A place where the process may die. */
export function step(): void {
  counted += 1;
  if (counted !== fatal) return;
  process.kill(process.pid, "SIGKILL");
  // Nothing runs while the signal is on its way.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

function around<T>(work: () => T): T {
  step();
  const result = work();
  step();
  return result;
}

/** Puts the counter in place; once per process, before the house opens. */
export function install(): void {
  for (const name of [...writes, ...settles]) {
    const real = Reflect.get(fs, name);
    Reflect.set(fs, name, (...given: unknown[]) => {
      return around(() => Reflect.apply(real, fs, given));
    });
  }
  syncBuiltinESMExports();
  const prepare = SqliteDatabase.prototype.prepare;
  Reflect.set(SqliteDatabase.prototype, "prepare", function (this: SqliteDatabase.Database, sql: string) {
    const statement = Reflect.apply(prepare, this, [sql]);
    for (const name of ["all", "run"]) {
      const real = Reflect.get(statement, name);
      Reflect.set(statement, name, (...given: unknown[]) =>
        around(() => Reflect.apply(real, statement, given)),
      );
    }
    return statement;
  });
}
