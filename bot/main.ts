/** The process: every door whose keys are set, the console, and the workers; one clean stop for all of them. */
import type { App } from "../src/app.ts";
import { checkProxies } from "../src/config.ts";
import type { DataDesk } from "../src/data-desk.ts";
import { AppError } from "../src/error.ts";
import { mountChatCompletions } from "./assistants/chat-completions.ts";
import { mountMcp } from "./assistants/mcp-http.ts";
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
 * @throws AppError `bad_input` when a setting would make the limits worthless, a door refuses its keys, or a port is taken.
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
      mountMcp(app),
      ...(config.CHAT_API_KEYS.length > 0 ? [mountChatCompletions(app)] : []),
      ...(telegram ? [telegram.mount] : []),
      ...(wechat ? [wechat.mount] : []),
    ],
    frameAncestors: config.FRAME_ANCESTORS,
    now,
  });
  const doors: Door[] = [web, ...(telegram ? [telegram] : []), ...(wechat ? [wechat] : [])];
  // Nobody may ask yet: what the first question needs is made now, and not while others wait.
  await app.answering.warm(library());
  // The ports first: they may be taken, and a chat door that runs already would keep a refused start alive.
  await listening("PORT", config.PORT, () => web.start());
  const metrics =
    config.METRICS_PORT === undefined
      ? undefined
      : await listening("METRICS_PORT", config.METRICS_PORT, () =>
          openMetricsPort(config.METRICS_PORT ?? 0, web.metrics),
        ).catch(async (refused) => {
          await web.stop();
          throw refused;
        });
  for (const door of doors.slice(1)) await door.start();
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

/** @throws AppError `bad_input` when another process listens there, or this one may not. */
async function listening<T>(setting: string, port: number, listen: () => Promise<T>): Promise<T> {
  try {
    return await listen();
  } catch (thrown) {
    const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
    if (code !== "EADDRINUSE" && code !== "EACCES") throw thrown;
    const why = code === "EACCES" ? "本用户无权监听" : "已被别的程序占用";
    throw new AppError("bad_input", {
      say: `不能启动:端口 ${port} ${why}。请停掉占用的程序,或用 ${setting} 换一个端口(1024–65535,0 为自动挑选)。`,
      cause: thrown,
    });
  }
}
