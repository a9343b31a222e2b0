import { describe, expect, it } from "vitest";
import { createSupervisor, defaultLimits, type Signals } from "../../bot/supervisor.ts";
import { createLog } from "../../src/log.ts";
import { until } from "../contracts/doors.ts";
import { manualClock } from "./manual-clock.ts";

function gateway(options: { refuse?: number } = {}) {
  const clock = manualClock();
  const opened: {
    signals: Signals;
    closed: boolean;
    deaf: boolean;
    probe(): Promise<void>;
    close(): Promise<void>;
  }[] = [];
  let refuse = options.refuse ?? 0;
  const supervisor = createSupervisor({
    name: "gateway",
    async open(signals) {
      if (refuse-- > 0) throw new Error("unreachable");
      const connection = {
        signals,
        closed: false,
        deaf: false,
        probe: () => (connection.deaf ? new Promise<void>(() => {}) : Promise.resolve()),
        async close() {
          connection.closed = true;
        },
      };
      opened.push(connection);
      return connection;
    },
    clock,
    log: createLog("silent"),
  });
  return { clock, opened, supervisor };
}
const { firstRetryMs, lastRetryMs, loginMs, probeEveryMs, probeMs, scanMs } = defaultLimits;

describe("the supervisor of a messenger connection", () => {
  it("gives the connection out only once it is logged in", async () => {
    const { opened, supervisor } = gateway();
    supervisor.start();
    await until(() => expect(opened).toHaveLength(1));
    expect(supervisor.now()).toBeUndefined();
    opened[0]?.signals.up();
    expect(await supervisor.current()).toBe(opened[0]);
    await supervisor.stop();
    expect(opened[0]?.closed).toBe(true);
  });

  it.each(["error", "logout"])("opens anew after %s and serves those who waited", async (reason) => {
    const { clock, opened, supervisor } = gateway();
    supervisor.start();
    await until(() => expect(opened).toHaveLength(1));
    opened[0]?.signals.up();
    opened[0]?.signals.down(reason);
    const waited = supervisor.current();
    clock.advance(firstRetryMs);
    await until(() => expect(opened).toHaveLength(2));
    expect(opened[0]?.closed).toBe(true);
    opened[1]?.signals.up();
    expect(await waited).toBe(opened[1]);
    opened[0]?.signals.down("late news of the old one");
    expect(supervisor.now()).toBe(opened[1]);
    await supervisor.stop();
  });

  it("opens anew when nobody logs in", async () => {
    const { clock, opened, supervisor } = gateway();
    supervisor.start();
    await until(() => expect(opened).toHaveLength(1));
    clock.advance(loginMs + firstRetryMs);
    await until(() => expect(opened).toHaveLength(2));
    await supervisor.stop();
  });

  it("is patient while a code waits to be scanned", async () => {
    const { clock, opened, supervisor } = gateway();
    supervisor.start();
    await until(() => expect(opened).toHaveLength(1));
    opened[0]?.signals.scanning("https://login.example");
    clock.advance(scanMs - 1);
    expect(opened[0]?.closed).toBe(false);
    clock.advance(1 + firstRetryMs);
    await until(() => expect(opened).toHaveLength(2));
    await supervisor.stop();
  });

  it("notices within ten seconds that the other side has gone silent", async () => {
    const { clock, opened, supervisor } = gateway();
    supervisor.start();
    await until(() => expect(opened).toHaveLength(1));
    const [first] = opened;
    if (!first) throw new Error("not opened");
    first.signals.up();
    await supervisor.current();
    first.deaf = true;
    expect(probeEveryMs + probeMs).toBeLessThanOrEqual(10_000);
    clock.advance(probeEveryMs + probeMs);
    await until(() => expect(supervisor.now()).toBeUndefined());
    clock.advance(firstRetryMs);
    await until(() => expect(opened).toHaveLength(2));
    await supervisor.stop();
  });

  it("tries a gateway that cannot be reached again and again, ever slower", async () => {
    const { clock, opened, supervisor } = gateway({ refuse: 3 });
    supervisor.start();
    for (const wait of [1, 2, 4]) {
      await until(() => expect(clock.waiting(wait * firstRetryMs)).toBe(1));
      clock.advance(wait * firstRetryMs);
    }
    await until(() => expect(opened).toHaveLength(1));
    expect(lastRetryMs).toBeGreaterThan(4 * firstRetryMs);
    await supervisor.stop();
  });

  it("turns those who wait away when it stops", async () => {
    const { supervisor } = gateway();
    supervisor.start();
    const waited = expect(supervisor.current()).rejects.toThrow("stopped");
    await supervisor.stop();
    await waited;
    await expect(supervisor.current()).rejects.toThrow("stopped");
  });
});
