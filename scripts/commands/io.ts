/** What every command gets: settings, a working house when it asks for one, and a place to print. */
import { type App, createApp, type Overrides } from "../../src/app.ts";
import type { Config } from "../../src/config.ts";
import type { Library } from "../../src/records/library.ts";

export interface Io {
  readonly config: Config;
  /** The whole house on the operator's store; publishes the shipped data first where nothing was ever published. */
  openApp(overrides?: Overrides): Promise<App>;
  /** Only the published records: no database, no keys. */
  openLibrary(): Promise<Library>;
  /** One line for people, on stdout. */
  print(text: string): void;
  /** One JSON document, on stdout and nothing else. */
  json(value: unknown): void;
  /** Progress and remarks, on stderr. */
  note(text: string): void;
}

export function createIo(config: Config): Io {
  return {
    config,
    openApp: async (overrides) => {
      await bootstrap(config);
      const { loadMaterials } = await import("../../knowledge/materials.ts");
      const app = await createApp(config, loadMaterials(config.dataFolder), overrides);
      if (app.store.kind === "postgres") await shareReleases(app, releasesFolder(config));
      return app;
    },
    openLibrary: async () => {
      await bootstrap(config);
      const { openReleases } = await import("../../src/records/releases.ts");
      return openReleases(releasesFolder(config)).library();
    },
    print: (text) => void process.stdout.write(`${text}\n`),
    json: (value) => void process.stdout.write(`${JSON.stringify(value)}\n`),
    note: (text) => void process.stderr.write(`${text}\n`),
  };
}

export function releasesFolder(config: Config): string {
  return `${config.dataFolder}/releases`;
}

/** Follows what another machine published; the first machine of all publishes what it has. */
async function shareReleases(app: App, folder: string): Promise<void> {
  const { pullReleases, pushReleases } = await import("../../src/store/release-files.ts");
  await pullReleases(app.store.db, folder);
  await pushReleases(app.store.db, folder, app.now());
}

async function bootstrap(config: Config): Promise<void> {
  const { publishShippedData } = await import("../../knowledge/release/shipped.ts");
  publishShippedData(releasesFolder(config), { demo: config.DEMO_DATA });
}
