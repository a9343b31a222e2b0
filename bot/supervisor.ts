/**
 * Keeps one connection alive: what fails, logs out, never logs in or stops answering is closed and opened anew.
 * Whoever waits for the connection gets the next one, so what was about to be said is said there.
 */
import type { Log } from "../src/log.ts";
import type { Clock } from "./clock.ts";

export interface DoorState {
  /** `standby`: another worker does it. */
  readonly state: "starting" | "up" | "standby" | "down" | "stopped";
  readonly since: Date;
  /** Why it is down, in words for operators. */
  readonly reason?: string;
}

/** Thrown by `open` when another worker holds the connection: looked at again soon, and no trouble. */
export class StandBy extends Error {}

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
  /** Between looks at whether the worker that has it is still there. */
  readonly standbyMs: number;
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
  standbyMs: 5_000,
  closeMs: 5_000,
};

export interface Supervisor<C extends Connection> {
  state(): DoorState;
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
  /** The door, as operators know it. */
  readonly name: string;
  open(signals: Signals): Promise<C>;
  clock: Clock;
  log: Log;
  limits?: Partial<SupervisorLimits>;
}): Supervisor<C> {
  const { clock, log, name } = parts;
  const limits = { ...defaultLimits, ...parts.limits };
  let attempt: Attempt<C> | undefined;
  let stopped = false;
  let retryMs = limits.firstRetryMs;
  let cancelRetry = () => {};
  let told: DoorState = { state: "starting", since: new Date() };
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
        log.warn({ code }, `scan this code to log ${name} in`);
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
      (error: unknown) => {
        if (error instanceof StandBy) return standBy(mine);
        down(mine, `not opened: ${error instanceof Error ? error.message : String(error)}`);
      },
    );
  }

  function ready(mine: Attempt<C>): void {
    const { connection } = mine;
    if (attempt !== mine || !mine.loggedIn || !connection) return;
    log.info(`${name} is up`);
    tell("up");
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
    log.warn({ reason, retryMs }, `${name} is down; opening it anew`);
    tell("down", reason);
    reopen(mine, retryMs);
    retryMs = Math.min(retryMs * 2, limits.lastRetryMs);
  }

  function standBy(mine: Attempt<C>): void {
    if (attempt !== mine) return;
    attempt = undefined;
    for (const cancel of mine.timers) cancel();
    if (told.state !== "standby") tell("standby");
    retryMs = limits.firstRetryMs;
    reopen(mine, limits.standbyMs);
  }

  /** The old one is closed first: two at once would fight over what there is one of. */
  function reopen(mine: Attempt<C>, waitMs: number): void {
    const closed = mine.connection ? close(mine.connection) : undefined;
    cancelRetry = clock.after(waitMs, () => {
      if (!closed) return begin();
      void closed.then(() => {
        if (!stopped && !attempt) begin();
      });
    });
  }

  function tell(state: DoorState["state"], reason?: string): void {
    told = { state, since: new Date(), ...(reason !== undefined && { reason }) };
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
        .catch((error: unknown) => log.info({ err: error }, `${name} connection closed badly`))
        .finally(() => {
          cancel();
          resolve();
        });
    });
  }

  const up = () => (attempt?.loggedIn ? attempt.connection : undefined);
  return {
    state: () => told,
    start: begin,
    async stop() {
      stopped = true;
      tell("stopped");
      cancelRetry();
      const last = attempt;
      attempt = undefined;
      for (const cancel of last?.timers ?? []) cancel();
      for (const { reject } of waiting) reject(new Error(`${name} door stopped`));
      waiting = [];
      if (last?.connection) await close(last.connection);
    },
    now: up,
    async current() {
      const connection = up();
      if (connection) return connection;
      if (stopped) throw new Error(`${name} door stopped`);
      return new Promise<C>((resolve, reject) => waiting.push({ resolve, reject }));
    },
    async check(connection) {
      const mine = attempt;
      return mine?.connection === connection && (await probe(mine, connection));
    },
  };
}
