/** A local server that speaks the chat completions API with tools, and behaves as told. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Asked {
  readonly model: string;
  /** What our side sent first, as text: the question and what was proposed. */
  readonly first: string;
  /** Results of the tools called so far, oldest first. */
  readonly results: readonly string[];
  /** Names of the tools offered. */
  readonly tools: readonly string[];
  readonly body: string;
}
export interface Call {
  readonly name: string;
  readonly input: unknown;
}

export type Behaviour =
  /** Calls these tools; `answer` stands for whatever tool takes the answer. */
  | { readonly kind: "calls"; readonly calls: (asked: Asked) => readonly Call[] }
  /** Says this instead of calling anything. */
  | { readonly kind: "says"; readonly text: string }
  /** Never answers. */
  | { readonly kind: "hangs" }
  /** Begins to answer and drops the connection. */
  | { readonly kind: "cuts" }
  /** Answers with something that is no chat completion. */
  | { readonly kind: "rubbish"; readonly body: string }
  | { readonly kind: "fails"; readonly status: number };

export interface ModelServer {
  readonly url: string;
  readonly asked: Asked[];
  /** Requests whose client went away before an answer. */
  readonly abandoned: () => number;
  behave(behaviour: Behaviour | ((asked: Asked) => Behaviour)): void;
  stop(): Promise<void>;
}

export async function startModelServer(): Promise<ModelServer> {
  const asked: Asked[] = [];
  let abandoned = 0;
  let behaviour: (asked: Asked) => Behaviour = () => ({ kind: "fails", status: 500 });
  const server = createServer((request, response) => {
    void answer(request, response);
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const part of request) body += part;
    const now = read(body);
    asked.push(now);
    response.on("close", () => {
      if (!response.writableEnded) abandoned += 1;
    });
    const how = behaviour(now);
    const send = (status: number, value: string) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(value);
    };
    switch (how.kind) {
      case "hangs":
        return;
      case "fails":
        return send(how.status, JSON.stringify({ error: { message: "broken", type: "server_error" } }));
      case "rubbish":
        return send(200, how.body);
      case "cuts":
        response.writeHead(200, { "content-type": "application/json", "content-length": "9999" });
        response.write('{"id":"x","choi');
        response.destroy();
        return;
      case "says":
        return send(200, completion(now.model, { content: how.text }));
      case "calls": {
        const taking = now.tools.find((name) => name.startsWith("extract")) ?? "extract";
        const tool_calls = how.calls(now).map(({ name, input }, index) => ({
          id: `call_${asked.length}_${index}`,
          type: "function",
          function: { name: name === "answer" ? taking : name, arguments: JSON.stringify(input) },
        }));
        return send(200, completion(now.model, { content: null, tool_calls }));
      }
    }
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    abandoned: () => abandoned,
    behave: (next) => {
      behaviour = typeof next === "function" ? next : () => next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

interface Sent {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
  readonly tools?: readonly { readonly function: { readonly name: string } }[];
}

function read(body: string): Asked {
  const { model, messages, tools = [] } = JSON.parse(body) as Sent;
  const textOf = (content: unknown) => (typeof content === "string" ? content : JSON.stringify(content));
  return {
    model,
    first: textOf(messages.find(({ role }) => role === "user")?.content),
    results: messages.filter(({ role }) => role === "tool").map(({ content }) => textOf(content)),
    tools: tools.map((tool) => tool.function.name),
    body,
  };
}

const completion = (model: string, message: object) =>
  JSON.stringify({
    id: "x",
    object: "chat.completion",
    created: 1,
    model,
    choices: [{ index: 0, message: { role: "assistant", ...message }, finish_reason: "stop" }],
    usage: { prompt_tokens: 7, completion_tokens: 5, total_tokens: 12 },
  });
