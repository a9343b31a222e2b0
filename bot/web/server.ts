/** The web door: chat page, public look-up pages and the JSON contract, on one address. */
import formbody from "@fastify/formbody";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { AppError } from "../../src/error.ts";
import type { Door } from "../door.ts";
import { mountApi, type WebHouse } from "./api.ts";
import { loadAssets, serveAssets } from "./assets.ts";
import { tellFailures } from "./failures.ts";
import type { Html } from "./html.ts";
import { type Page, renderPage, type Visit } from "./layout.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { mountPages } from "./pages/index.ts";
import { defaultLimits, type Limits, secure } from "./security.ts";
import type { WebServices } from "./services.ts";

export interface WebOptions {
  readonly services: WebServices;
  /** `::` listens on IPv6 and IPv4. Default: the HOST setting. */
  readonly host?: string;
  /** 0 picks a free one. Default: the PORT setting. */
  readonly port?: number;
  /** Sites that may show the chat in a frame. Default none but our own. */
  readonly frameAncestors?: readonly string[];
  readonly limits?: Partial<Limits>;
  readonly now?: () => Date;
  /** Console, webhooks and what serves other programs are mounted on the same address. */
  readonly mount?: readonly ((server: FastifyInstance, parts: MountParts) => Promise<void>)[];
}

/** What is shared with what is mounted: one set of limits and counters. */
export interface MountParts {
  readonly limits: Limits;
  readonly metrics: Metrics;
  readonly now: () => Date;
}

export interface WebDoor extends Door {
  readonly server: FastifyInstance;
  /** What an operator scrapes. */
  metrics(): Promise<{ readonly type: string; readonly text: string }>;
  /** `http://127.0.0.1:8080`, once started. */
  address(): string;
}

const BODY_LIMIT = 256 * 1024;

export async function createWebDoor(app: WebHouse, options: WebOptions): Promise<WebDoor> {
  const { config } = app;
  const limits = { ...defaultLimits, ...options.limits };
  const metrics = createMetrics();
  const assets = await loadAssets();
  const now = options.now ?? (() => new Date());
  const server = Fastify({
    logger: false,
    // So many hops in front are ours; the address beyond them is the visitor's.
    trustProxy: (_address, hop) => hop < (config.TRUSTED_PROXIES ?? 0),
    bodyLimit: BODY_LIMIT,
  });

  server.removeContentTypeParser("text/plain");

  const visit = (request: FastifyRequest): Visit => ({
    elder: request.cookies["mz_elder"] === "1",
    path: request.url,
    library: app.library(),
    assets: { css: assets.css.path, chat: assets.chat.path },
  });
  const show = (request: FastifyRequest, reply: FastifyReply, page: Page) =>
    reply
      .type("text/html; charset=utf-8")
      .header("cache-control", "no-store")
      .send(renderPage(visit(request), page));

  await secure(server, {
    keys: app.keys,
    limits,
    metrics,
    frameAncestors: options.frameAncestors ?? [],
    secure: config.PUBLIC_URL?.startsWith("https:") ?? false,
  });
  refuseForeignCalls(server);
  tellFailures(server, app.log, (request, _reply, title, body: Html) =>
    renderPage(visit(request), { title, body }),
  );
  serveAssets(server, assets);
  mountApi(server, { app, services: options.services, metrics, limits, now });
  await server.register(async (pages) => {
    await pages.register(formbody);
    mountPages(pages, { app, services: options.services, metrics, limits, now, show });
  });
  for (const mount of options.mount ?? [])
    await server.register((inside) => mount(inside, { limits, metrics, now }));
  server.get("/healthz", { config: { rateLimit: false } }, async () => ({
    ok: true,
    release: app.library().release.id,
    doors: options.services.doors?.() ?? {},
  }));
  await server.ready();

  return {
    name: "web",
    manners: {
      buttons: true,
      files: true,
      maxMessage: { amount: 20_000, unit: "characters" },
      abroad: false,
    },
    server,
    metrics: async () => ({
      type: metrics.contentType,
      text: await metrics.text((await options.services.gauges?.()) ?? {}),
    }),
    async start() {
      await server.listen({ host: options.host ?? config.HOST, port: options.port ?? config.PORT });
    },
    stop: () => server.close(),
    async send() {
      throw new AppError("not_found", { say: "网页不能推送;请凭回执号在网页查看进度。" });
    },
    address() {
      const address = server.server.address();
      if (address === null || typeof address === "string")
        throw new AppError("internal", { detail: { reason: "not listening" } });
      const host =
        address.family === "IPv6"
          ? `[${address.address === "::" ? "::1" : address.address}]`
          : address.address;
      return `http://${host === "0.0.0.0" ? "127.0.0.1" : host}:${address.port}`;
    },
  };
}

/** Another site's page may not call the API in a visitor's name; scripts send no such header. */
function refuseForeignCalls(server: FastifyInstance): void {
  server.addHook("onRequest", async (request) => {
    if (request.method === "POST" && request.headers["sec-fetch-site"] === "cross-site") {
      throw new AppError("forbidden", { say: "不接受从其他网站页面发来的请求。" });
    }
  });
}
