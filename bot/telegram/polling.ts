/**
 * The line to Telegram as the supervisor keeps it: a webhook, or long polling by one worker of all. An update is confirmed
 * only by asking for later ones, and that is done only after it has been saved.
 */
import { createRunner, createSource, createUpdateFetcher, type UpdateSink } from "@grammyjs/runner";
import type { Api } from "grammy";
import type { Update } from "grammy/types";
import type { Leases } from "../../src/store/leases.ts";
import { type Connection, type Signals, StandBy } from "../supervisor.ts";
import { commands, type Me } from "./inbound.ts";

export const UPDATE_KINDS = ["message", "edited_message", "callback_query"] as const;
const LEASE = "telegram polling";

export interface LineParts {
  readonly api: Api;
  readonly leases: Leases;
  readonly holder: string;
  readonly leaseMs: number;
  /** Present: Telegram calls us there. */
  readonly webhook?: { readonly address: string; readonly secret: string };
  met(me: Me): void;
  save(updates: readonly Update[]): Promise<void>;
}

/** @throws StandBy while another worker polls; whatever Telegram refuses with. */
export async function openLine(parts: LineParts, signals: Signals): Promise<Connection> {
  const { api, leases, holder, webhook } = parts;
  parts.met(await api.getMe());
  await api.setMyCommands(commands.map(({ command, description }) => ({ command, description })));
  if (webhook) {
    await api.setWebhook(webhook.address, { secret_token: webhook.secret, allowed_updates: UPDATE_KINDS });
    signals.up();
    return { probe: async () => {}, close: async () => {} };
  }
  const hold = () => leases.take(LEASE, holder, parts.leaseMs);
  if (!(await hold())) throw new StandBy();
  try {
    await api.deleteWebhook();
  } catch (error) {
    await leases.leave(LEASE, holder);
    throw error;
  }
  const runner = poll(parts);
  runner.start();
  runner
    .task()
    ?.catch((error: unknown) => signals.down(error instanceof Error ? error.message : String(error)));
  signals.up();
  return {
    async probe() {
      if (!(await hold())) throw new Error("another worker polls");
    },
    async close() {
      if (runner.isRunning()) await runner.stop();
      await leases.leave(LEASE, holder);
    },
  };
}

/** grammY's runner with one change: the next updates are asked for when these are saved. Failures are the supervisor's. */
function poll({ api, save }: LineParts) {
  const fetchUpdates = createUpdateFetcher(
    { api, errorHandler: () => {} } as unknown as Parameters<typeof createUpdateFetcher>[0],
    { fetch: { allowed_updates: UPDATE_KINDS }, maxRetryTime: 0, silent: true },
  );
  const sink: UpdateSink<Update> = {
    async handle(updates) {
      await save(updates);
      return Number.POSITIVE_INFINITY;
    },
    size: () => 0,
    snapshot: () => [],
  };
  return createRunner(createSource({ supply: fetchUpdates }), sink);
}
