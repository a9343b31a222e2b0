/** Telegram's side of the Bot API on a local port: updates to fetch, messages taken, failures on request. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Update } from "grammy/types";

export const TOKEN = "123:ABC";
export interface Call {
  readonly method: string;
  readonly body: Record<string, unknown>;
}
export interface Failure {
  readonly code: number;
  readonly description: string;
  readonly retryAfter?: number;
}

export interface BotApi {
  readonly root: string;
  readonly calls: Call[];
  push(update: Update): void;
  /** The next calls of `method` fail so. */
  fail(method: string, ...failures: Failure[]): void;
  /** The calls of `method` after the next `count` fail so. */
  failAfter(method: string, count: number, ...failures: Failure[]): void;
  /** From now on a file takes so long to come. */
  delayFiles(ms: number): void;
  /** All updates below it are Telegram's to forget. */
  confirmed(): number;
  sent(chat: number): readonly string[];
  close(): Promise<void>;
}

export async function openBotApi(file = Buffer.from("JPEGDATA")): Promise<BotApi> {
  const updates: Update[] = [];
  const calls: Call[] = [];
  const failures = new Map<string, (Failure | undefined)[]>();
  let fileMs = 0;
  let confirmed = 0;
  const waiting = new Set<() => void>();
  const server = createServer(async (request, response) => {
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    const url = request.url ?? "";
    const body = await read(request);
    if (url.startsWith(`/file/bot${TOKEN}/`)) {
      if (failures.get("file")?.shift()) return answer(404, {});
      return setTimeout(() => response.end(file), fileMs);
    }
    const method = url.split("/").pop() ?? "";
    calls.push({ method, body });
    const failure = failures.get(method)?.shift();
    if (failure) {
      return answer(failure.code, {
        ok: false,
        error_code: failure.code,
        description: failure.description,
        ...(failure.retryAfter !== undefined && { parameters: { retry_after: failure.retryAfter } }),
      });
    }
    if (method === "getUpdates") {
      const offset = typeof body["offset"] === "number" ? body["offset"] : 0;
      confirmed = Math.max(confirmed, offset);
      const fresh = () => updates.filter((update) => update.update_id >= Math.max(offset, confirmed));
      if (fresh().length === 0) {
        await new Promise<void>((resolve) => {
          waiting.add(resolve);
          response.on("close", resolve);
        });
      }
      return answer(200, { ok: true, result: fresh() });
    }
    const result = {
      getMe: { id: 1, is_bot: true, first_name: "明执", username: "mingzhi_bot" },
      getFile: { file_id: "F", file_unique_id: "f", file_path: "photos/1.jpg" },
      sendMessage: { message_id: 9, date: 0, chat: { id: body["chat_id"], type: "private" }, text: "" },
    }[method];
    return answer(200, { ok: true, result: result ?? true });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    root: `http://127.0.0.1:${port}`,
    calls,
    push(update) {
      updates.push(update);
      for (const wake of waiting) wake();
      waiting.clear();
    },
    fail: (method, ...list) => void failures.set(method, list),
    failAfter: (method, count, ...list) =>
      void failures.set(method, [...Array<undefined>(count).fill(undefined), ...list]),
    delayFiles(ms) {
      fileMs = ms;
    },
    confirmed: () => confirmed,
    sent: (chat) =>
      calls.flatMap(({ method, body }) =>
        method === "sendMessage" && String(body["chat_id"]) === String(chat) ? [String(body["text"])] : [],
      ),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function read(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
}
