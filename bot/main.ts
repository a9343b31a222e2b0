/** The process: every door whose keys are set, the console, and the workers; one clean stop for all of them. */
import type { App } from "../src/app.ts";
import { checkProxies } from "../src/config.ts";
import type { DataDesk } from "../src/data-desk.ts";
import { createConsoleServices } from "./console/desk-service.ts";
import { createConsole } from "./console/index.ts";
import type { Switches } from "./console/services.ts";
import type { Door } from "./door.ts";
import { openMetricsPort } from "./metrics-port.ts";
import type { DoorState } from "./supervisor.ts";
import { createComplaintService } from "./web/complaint-service.ts";
import { createOfficerCheck } from "./web/officer-service.ts";
import { createWebDoor, type WebDoor } from "./web/server.ts";
import { startWorkers } from "./workers.ts";

export interface Serving {
  /** `http://127.0.0.1:8080`. */
  readonly address: string;
  readonly doors: readonly string[];
  /** Where metrics are, when METRICS_PORT is set. */
  readonly metrics: string | undefined;
  stop(): Promise<void>;
}

/**
 * @param switches how the console takes a topic or a record out; what publishes releases belongs to the caller.
 * @param data where lists come in and releases go out; without it the console shows neither.
 * @throws AppError `bad_input` when a setting would make the limits worthless, or a door refuses its keys.
 */
export async function serve(app: App, switches: Switches, data?: DataDesk): Promise<Serving> {
  const { config, library, complaints, store, outbox, now } = app;
  checkProxies(config);
  const telegram = config.TELEGRAM_TOKEN
    ? (await import("./telegram/door.ts")).createTelegramDoor(app)
    : undefined;
  const wechat =
    config.WECHAT_APP_ID || config.WECHATY_PUPPET
      ? (await import("./wechat/door.ts")).createWechatDoor(app)
      : undefined;
  const states = () =>
    Object.fromEntries(
      doors.map((door) => [door.name, door.state?.() ?? ({ state: "up" } as const)]),
    ) satisfies Record<string, DoorState | { state: "up" }>;
  const web: WebDoor = await createWebDoor(app, {
    services: {
      officers: createOfficerCheck(library, app.checkLimits),
      complaints: createComplaintService({
        store,
        complaints,
        evidence: app.evidence,
        library,
        calendar: () => app.materials.calendar,
      }),
      doors: states,
      gauges: async () => ({
        outbox: await outbox.counts(),
        inbox: await app.inbox.counts(),
        doors: Object.fromEntries(
          Object.entries(states()).map(([door, { state }]) => [
            door,
            state === "up" || state === "standby" ? 1 : 0,
          ]),
        ),
        gateViolations: app.answering.heldBack,
        model: app.answering.modelStats && { ...app.answering.modelStats },
      }),
    },
    mount: [
      createConsole({
        services: createConsoleServices(app.desk, library, now, switches, data),
        secure: config.PUBLIC_URL?.startsWith("https:") ?? false,
        now,
        house: app,
      }),
      ...(telegram ? [telegram.mount] : []),
      ...(wechat ? [wechat.mount] : []),
    ],
    frameAncestors: config.FRAME_ANCESTORS,
    now,
  });
  const doors: Door[] = [web, ...(telegram ? [telegram] : []), ...(wechat ? [wechat] : [])];
  for (const door of doors.slice(1)) await door.start();
  await web.start();
  const metrics =
    config.METRICS_PORT === undefined ? undefined : await openMetricsPort(config.METRICS_PORT, web.metrics);
  const workers = startWorkers(app, doors);
  return {
    address: web.address(),
    doors: doors.map((door) => door.name),
    metrics: metrics?.address,
    async stop() {
      for (const door of [...doors].reverse()) await door.stop();
      await metrics?.close();
      await workers.stop();
      await app.close();
    },
  };
}
