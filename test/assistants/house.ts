/** The whole process over the shipped records, on a real port, as other programs meet it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Serving, serve } from "../../bot/main.ts";
import { loadMaterials } from "../../knowledge/materials.ts";
import { publishShippedData } from "../../knowledge/release/shipped.ts";
import { type App, createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";

export interface Served {
  readonly app: App;
  readonly address: string;
  readonly folder: string;
  close(): Promise<void>;
}

export async function openServed(settings: Readonly<Record<string, string>> = {}): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), "mingzhi-assistants-"));
  publishShippedData(join(folder, "releases"), { demo: true });
  const config = readConfig({ MINGZHI_DATA: folder, LOG_LEVEL: "silent", PORT: "0", ...settings });
  const app = await createApp(config, loadMaterials(folder), {
    now: () => new Date("2026-11-24T02:00:00Z"),
  });
  const serving: Serving = await serve(app, {
    list: async () => ({ topics: [], withdrawn: [] }),
    setTopic: async () => {},
    withdraw: async () => {},
  });
  return {
    app,
    address: serving.address,
    folder,
    async close() {
      await serving.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
