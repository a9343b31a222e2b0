/** A local server that speaks the chat completions API and misbehaves as told. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Behaviour =
  /** Streams this content, token by token. */
  | { readonly kind: "says"; readonly content: (prompt: Prompt) => string }
  /** Never answers. */
  | { readonly kind: "hangs" }
  /** Streams the start and falls silent. */
  | { readonly kind: "stalls" }
  /** Streams the start and drops the connection. */
  | { readonly kind: "cuts" }
  | { readonly kind: "fails"; readonly status: number };

export interface Prompt {
  readonly system: string;
  readonly user: string;
  readonly call: string;
}

export interface ModelServer {
  readonly url: string;
  readonly prompts: Prompt[];
  behave(...behaviours: readonly [Behaviour, ...Behaviour[]]): void;
  stop(): Promise<void>;
}

/** Behaviours are used in order; the last one stays. */
export async function startModelServer(): Promise<ModelServer> {
  const prompts: Prompt[] = [];
  let behaviours: readonly Behaviour[] = [{ kind: "fails", status: 500 }];
  const server = createServer((request, response) => {
    void answer(request, response);
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const part of request) body += part;
    const sent = JSON.parse(body);
    const prompt: Prompt = {
      system: String(sent.messages[0].content),
      user: String(sent.messages[1].content),
      call: String(sent.response_format?.json_schema?.name),
    };
    prompts.push(prompt);
    const [now = { kind: "hangs" } as const, ...later] = behaviours;
    if (later.length > 0) behaviours = later;
    if (now.kind === "hangs") return;
    if (now.kind === "fails") {
      response.writeHead(now.status, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: { message: "broken", type: "server_error", code: "x" } }));
      return;
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    const send = (choice: object, usage?: object) =>
      response.write(
        `data: ${JSON.stringify({ id: "x", object: "chat.completion.chunk", created: 1, model: sent.model, choices: [choice], usage })}\n\n`,
      );
    const content = now.kind === "says" ? now.content(prompt) : '{"sentences":[{"text":"';
    send({ index: 0, delta: { role: "assistant", content }, finish_reason: null });
    if (now.kind === "stalls") return;
    if (now.kind === "cuts") {
      response.destroy();
      return;
    }
    send({ index: 0, delta: {}, finish_reason: "stop" });
    response.write(
      `data: ${JSON.stringify({ id: "x", object: "chat.completion.chunk", created: 1, model: sent.model, choices: [], usage: { prompt_tokens: 7, completion_tokens: 5, total_tokens: 12 } })}\n\n`,
    );
    response.end("data: [DONE]\n\n");
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    prompts,
    behave: (...next) => {
      behaviours = next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
