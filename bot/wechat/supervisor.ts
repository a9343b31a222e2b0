/**
 * Keeps one connection alive: what fails, logs out, never logs in or stops answering is closed and opened anew.
 * Whoever waits for the connection gets the next one, so what was about to be said is said there.
 */
import type { Log } from "../../src/log.ts";
import type { Clock } from "./clock.ts";

/** How a connection tells its fate; a report of one already replaced counts for nothing. */
export interface Signals {
  /** Logged in and usable. */
  up(): void;
  down(reason: string): void;
  /** Waits for a person to scan a code: patience is longer. */
  scanning(code: string): void;
}

export interface Connection {
  /** Resolves when the other side answers. */
  probe(): Promise<void>;
  close(): Promise<void>;
}

export interface SupervisorLimits {
  /** To be logged in after opening. */
  readonly loginMs: number;
  readonly scanMs: number;
  /** Between probes, and for one to be answered. */
  readonly probeEveryMs: number;
  readonly probeMs: number;
  readonly firstRetryMs: number;
  readonly lastRetryMs: number;
  /** For a dead connection to close before it is left behind. */
  readonly closeMs: number;
}

/** A dead gateway is noticed within ten seconds; the next try follows after one, then slower. */
export const defaultLimits: SupervisorLimits = {
  loginMs: 20_000,
  scanMs: 300_000,
  probeEveryMs: 5_000,
  probeMs: 5_000,
  firstRetryMs: 1_000,
  lastRetryMs: 30_000,
  closeMs: 5_000,
};

export interface Supervisor<C extends Connection> {
  start(): void;
  stop(): Promise<void>;
  /** The connection if it is up right now. */
  now(): C | undefined;
  /** Waits until one is up. @throws once stopped. */
  current(): Promise<C>;
  /** Probes `connection` at once; true when it is alive, and otherwise it is being replaced. */
  check(connection: C): Promise<boolean>;
}

interface Attempt<C> {
  connection?: C;
  loggedIn: boolean;
  timers: Set<() => void>;
}

export function createSupervisor<C extends Connection>(parts: {
  open(signals: Signals): Promise<C>;
  clock: Clock;
  log: Log;
  limits?: Partial<SupervisorLimits>;
}): Supervisor<C> {
  const { clock, log } = parts;
  const limits = { ...defaultLimits, ...parts.limits };
  let attempt: Attempt<C> | undefined;
  let stopped = false;
  let retryMs = limits.firstRetryMs;
  let cancelRetry = () => {};
  let waiting: { resolve(connection: C): void; reject(error: Error): void }[] = [];

  function begin(): void {
    const mine: Attempt<C> = { loggedIn: false, timers: new Set() };
    attempt = mine;
    let cancelLogin = timer(mine, limits.loginMs, () => down(mine, "no login"));
    const signals: Signals = {
      up() {
        cancelLogin();
        mine.loggedIn = true;
        ready(mine);
      },
      down: (reason) => down(mine, reason),
      scanning(code) {
        log.warn({ code }, "scan this code with WeChat to log in");
        cancelLogin();
        if (attempt === mine && !mine.loggedIn) {
          cancelLogin = timer(mine, limits.scanMs, () => down(mine, "code not scanned"));
        }
      },
    };
    parts.open(signals).then(
      (connection) => {
        if (attempt !== mine) return void close(connection);
        mine.connection = connection;
        ready(mine);
      },
      (error: unknown) => down(mine, `not opened: ${error instanceof Error ? error.message : String(error)}`),
    );
  }

  function ready(mine: Attempt<C>): void {
    const { connection } = mine;
    if (attempt !== mine || !mine.loggedIn || !connection) return;
    log.info("wechat is up");
    retryMs = limits.firstRetryMs;
    const served = waiting;
    waiting = [];
    for (const { resolve } of served) resolve(connection);
    watch(mine, connection);
  }

  function watch(mine: Attempt<C>, connection: C): void {
    timer(mine, limits.probeEveryMs, async () => {
      if (await probe(mine, connection)) watch(mine, connection);
    });
  }

  async function probe(mine: Attempt<C>, connection: C): Promise<boolean> {
    const alive = await new Promise<boolean>((resolve) => {
      const cancel = timer(mine, limits.probeMs, () => resolve(false));
      connection.probe().then(
        () => {
          cancel();
          resolve(true);
        },
        () => {
          cancel();
          resolve(false);
        },
      );
    });
    if (!alive) down(mine, "does not answer");
    return alive && attempt === mine;
  }

  function down(mine: Attempt<C>, reason: string): void {
    if (attempt !== mine) return;
    attempt = undefined;
    for (const cancel of mine.timers) cancel();
    log.warn({ reason, retryMs }, "wechat is down; opening it anew");
    if (mine.connection) void close(mine.connection);
    cancelRetry = clock.after(retryMs, begin);
    retryMs = Math.min(retryMs * 2, limits.lastRetryMs);
  }

  /** A timer that dies with its attempt. */
  function timer(mine: Attempt<C>, ms: number, run: () => void): () => void {
    const cancel = clock.after(ms, () => {
      mine.timers.delete(cancel);
      if (attempt === mine) run();
    });
    mine.timers.add(cancel);
    return () => {
      mine.timers.delete(cancel);
      cancel();
    };
  }

  /** Never throws and never hangs: a dead connection may do both. */
  function close(connection: C): Promise<void> {
    return new Promise((resolve) => {
      const cancel = clock.after(limits.closeMs, resolve);
      connection
        .close()
        .catch((error: unknown) => log.info({ err: error }, "wechat connection closed badly"))
        .finally(() => {
          cancel();
          resolve();
        });
    });
  }

  const up = () => (attempt?.loggedIn ? attempt.connection : undefined);
  return {
    start: begin,
    async stop() {
      stopped = true;
      cancelRetry();
      const last = attempt;
      attempt = undefined;
      for (const cancel of last?.timers ?? []) cancel();
      for (const { reject } of waiting) reject(new Error("wechat door stopped"));
      waiting = [];
      if (last?.connection) await close(last.connection);
    },
    now: up,
    async current() {
      const connection = up();
      if (connection) return connection;
      if (stopped) throw new Error("wechat door stopped");
      return new Promise<C>((resolve, reject) => waiting.push({ resolve, reject }));
    },
    async check(connection) {
      const mine = attempt;
      return mine?.connection === connection && (await probe(mine, connection));
    },
  };
}
