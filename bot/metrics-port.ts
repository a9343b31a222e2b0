/** `GET /metrics` on a port of its own, for this machine only: what an operator scrapes never shares an address with the public. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface MetricsPort {
  /** `http://127.0.0.1:9464/metrics` */
  readonly address: string;
  close(): Promise<void>;
}

export async function openMetricsPort(
  port: number,
  read: () => Promise<{ readonly type: string; readonly text: string }>,
): Promise<MetricsPort> {
  const server = createServer((request, response) => {
    if (request.url !== "/metrics") return void response.writeHead(404).end();
    read().then(
      ({ type, text }) => response.writeHead(200, { "content-type": type }).end(text),
      () => response.writeHead(503).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
