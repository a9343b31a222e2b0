/** WeChat's side of the 公众号 API on a local port: tokens, messages, media, and every refusal on request. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface WechatApi {
  readonly base: string;
  readonly calls: { readonly path: string; readonly body: string }[];
  /** The next calls of `path` are refused with these codes; `always` repeats the first. */
  refuse(path: string, codes: readonly number[], always?: boolean): void;
  /** Calls of `path` are never answered. */
  hang(path: string): void;
  /** Customer-service texts to a person. */
  pushed(person: string): readonly string[];
  /** Told of each pushed text when it arrives. */
  onPush: (person: string, text: string) => void;
  close(): Promise<void>;
}

export async function openWechatApi(): Promise<WechatApi> {
  const calls: { path: string; body: string }[] = [];
  const refusals = new Map<string, { codes: number[]; always: boolean }>();
  const pushes: { touser: string; text: string }[] = [];
  const hung = new Set<string>();
  let tokens = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const url = new URL(request.url ?? "/", "http://localhost");
    const path = url.pathname.replace("/cgi-bin/", "");
    calls.push({ path, body });
    if (hung.has(path)) return;
    const say = (result: unknown) =>
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(result));
    const refusal = refusals.get(path);
    const code = refusal?.always ? refusal.codes[0] : refusal?.codes.shift();
    if (code !== undefined) return say({ errcode: code, errmsg: "refused" });
    if (path === "stable_token") return say({ access_token: `T${++tokens}`, expires_in: 7200 });
    if (!/^T\d+$/.test(url.searchParams.get("access_token") ?? ""))
      return say({ errcode: 40001, errmsg: "no token" });
    if (path === "media/get") {
      return response.writeHead(200, { "content-type": "image/jpeg" }).end(Buffer.from("JPEGDATA"));
    }
    if (path === "media/upload") return say({ media_id: "M1", type: "image" });
    if (path === "message/custom/send") {
      const sent = JSON.parse(body) as { touser: string; text?: { content: string } };
      if (sent.text) {
        pushes.push({ touser: sent.touser, text: sent.text.content });
        api.onPush(sent.touser, sent.text.content);
      }
    }
    say({ errcode: 0, errmsg: "ok" });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const api: WechatApi = {
    base: `http://127.0.0.1:${port}`,
    calls,
    refuse: (path, codes, always = false) => void refusals.set(path, { codes: [...codes], always }),
    hang: (path) => void hung.add(path),
    pushed: (person) => pushes.filter(({ touser }) => touser === person).map(({ text }) => text),
    onPush: () => {},
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return api;
}
