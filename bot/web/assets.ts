/** Style and script of the pages: bundled and compressed once at start, served from memory under a name that holds their digest. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import type { FastifyInstance } from "fastify";

export interface Asset {
  readonly path: string;
  readonly type: string;
  readonly body: Buffer;
  readonly gzipped: Buffer;
}

export interface Assets {
  readonly css: Asset;
  readonly chat: Asset;
  /** The one script tag other sites use; its name never changes. */
  readonly embed: Asset;
  readonly icon: Asset;
}

let made: Promise<Assets> | undefined;

export function loadAssets(): Promise<Assets> {
  made ??= makeAssets();
  return made;
}

async function makeAssets(): Promise<Assets> {
  const [chat, embed, css] = await Promise.all([
    bundle("client/chat.ts", "esm"),
    bundle("client/embed.ts", "iife"),
    transform(readFileSync(place("static/site.css"), "utf8"), { loader: "css", minify: true }),
  ]);
  return {
    css: asset("site", "css", "text/css; charset=utf-8", css.code),
    chat: asset("chat", "js", "text/javascript; charset=utf-8", chat),
    embed: { ...asset("embed", "js", "text/javascript; charset=utf-8", embed), path: "/embed.js" },
    icon: {
      ...asset("icon", "svg", "image/svg+xml", readFileSync(place("static/icon.svg"), "utf8")),
      path: "/static/icon.svg",
    },
  };
}

async function bundle(file: string, format: "esm" | "iife"): Promise<string> {
  const made = await build({
    entryPoints: [place(file)],
    bundle: true,
    minify: true,
    write: false,
    format,
    target: ["es2020"],
    charset: "utf8",
    legalComments: "none",
  });
  return made.outputFiles[0]?.text ?? "";
}

function asset(name: string, extension: string, type: string, text: string): Asset {
  const body = Buffer.from(text);
  const digest = createHash("sha256").update(body).digest("hex").slice(0, 10);
  return {
    path: `/static/${name}.${digest}.${extension}`,
    type,
    body,
    gzipped: gzipSync(body, { level: 9 }),
  };
}

export function serveAssets(server: FastifyInstance, assets: Assets): void {
  for (const { path, type, body, gzipped } of Object.values(assets) as Asset[]) {
    const forever = /\.[0-9a-f]{10}\./.test(path);
    server.get(path, { config: { rateLimit: false } }, (request, reply) => {
      const zip = /\bgzip\b/.test(String(request.headers["accept-encoding"] ?? ""));
      reply
        .type(type)
        .header("cache-control", forever ? "public, max-age=31536000, immutable" : "public, max-age=3600")
        .header("vary", "accept-encoding");
      // The embedding page is another origin.
      if (path === "/embed.js") reply.header("cross-origin-resource-policy", "cross-origin");
      if (zip) reply.header("content-encoding", "gzip");
      return reply.send(zip ? gzipped : body);
    });
  }
}

function place(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}
