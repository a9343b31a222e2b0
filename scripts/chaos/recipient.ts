/** An official's system that is told about cases: a real server that can be down. */
import { createServer } from "node:http";
import type { Delivered } from "./verify.ts";

export interface Recipient {
  readonly url: string;
  delivered(): Delivered;
  /** While down it answers 503 and keeps nothing. */
  setDown(down: boolean): void;
  close(): Promise<void>;
}

export async function openRecipient(): Promise<Recipient> {
  const got = new Map<string, { bodies: Set<string>; times: number }>();
  let down = false;
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    if (!down) {
      const { id } = JSON.parse(body);
      const seen = got.get(id) ?? { bodies: new Set<string>(), times: 0 };
      got.set(id, { bodies: seen.bodies.add(body), times: seen.times + 1 });
    }
    response.writeHead(down ? 503 : 204).end();
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}/`,
    delivered: () => got,
    setDown: (value) => {
      down = value;
    },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
