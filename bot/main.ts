/** The process: every door whose keys are set, the console, and the workers; one clean stop for all of them. */
import type { App } from "../src/app.ts";
import { createConsoleServices } from "./console/desk-service.ts";
import { createConsole } from "./console/index.ts";
import type { Switches } from "./console/services.ts";
import type { Door } from "./door.ts";
import { createComplaintService } from "./web/complaint-service.ts";
import { createOfficerCheck } from "./web/officer-service.ts";
import { createWebDoor } from "./web/server.ts";
import { startWorkers } from "./workers.ts";

export interface Serving {
  /** `http://127.0.0.1:8080`. */
  readonly address: string;
  readonly doors: readonly string[];
  stop(): Promise<void>;
}

/** @param switches how the console takes a topic or a record out; what publishes releases belongs to the caller. */
export async function serve(app: App, switches: Switches): Promise<Serving> {
  const { config, library, complaints, store, outbox, now } = app;
  const telegram = config.TELEGRAM_TOKEN
    ? (await import("./telegram/door.ts")).createTelegramDoor(app)
    : undefined;
  const wechat =
    config.WECHAT_APP_ID || config.WECHATY_PUPPET
      ? (await import("./wechat/door.ts")).createWechatDoor(app)
      : undefined;
  const web = await createWebDoor(app, {
    services: {
      officers: createOfficerCheck(library, app.checkLimits),
      complaints: createComplaintService({
        store,
        complaints,
        evidence: app.evidence,
        library,
        calendar: () => app.materials.calendar,
      }),
      gauges: async () => ({
        outbox: await outbox.counts(),
        gateViolations: app.answering.heldBack,
        model: app.answering.modelStats && { ...app.answering.modelStats },
      }),
    },
    mount: [
      createConsole({
        services: createConsoleServices(app.desk, library, now, switches),
        secure: config.PUBLIC_URL?.startsWith("https:") ?? false,
        now,
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
  const workers = startWorkers(app, doors);
  return {
    address: web.address(),
    doors: doors.map((door) => door.name),
    async stop() {
      for (const door of [...doors].reverse()) await door.stop();
      await workers.stop();
      await app.close();
    },
  };
}
