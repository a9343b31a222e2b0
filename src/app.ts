/** The one composition root: settings in, a working house out. Doors and commands use what it returns. */
import { join } from "node:path";
import { type Assistant, createAssistant } from "./assistant.ts";
import type { Config } from "./config.ts";
import type { TurnHandler } from "./conversation.ts";
import { type Keys, openKeys } from "./keys.ts";
import type { Calendar } from "./law/calendar.ts";
import { createLog, type Log } from "./log.ts";
import type { Library } from "./records/library.ts";
import { openReleases, type Releases } from "./records/releases.ts";
import type { LearnedModel } from "./search/model.ts";
import { openStore, type Store } from "./store/database.ts";

export interface App {
  readonly config: Config;
  readonly materials: Materials;
  readonly log: Log;
  readonly keys: Keys;
  readonly store: Store;
  readonly releases: Releases;
  /** The release being answered from, withdrawals applied; may change between turns. */
  library(): Library;
  readonly assistant: Assistant;
  close(): Promise<void>;
}

/** What the house is handed from the library of data: it reads paths, never folders of its own. */
export interface Materials {
  readonly calendar: Calendar;
  /** Weights of the question router and of triage, as trained. */
  readonly routes: unknown;
  readonly triage: unknown;
  /** The learned search model; read when search first needs it. */
  readonly searchModel: () => LearnedModel | undefined;
}

/** What tests and special commands may put in place of the real parts. */
export interface Overrides {
  readonly store?: Store;
  readonly keys?: Keys;
  readonly log?: Log;
  readonly releases?: Releases;
  readonly now?: () => Date;
}

export async function createApp(
  config: Config,
  materials: Materials,
  overrides: Overrides = {},
): Promise<App> {
  const log = overrides.log ?? createLog(config.LOG_LEVEL);
  const keys = overrides.keys ?? openKeys(join(config.dataFolder, "keys"));
  const store =
    overrides.store ?? (await openStore(config.DATABASE_URL ?? join(config.dataFolder, "mingzhi.sqlite")));
  const releases = overrides.releases ?? openReleases(join(config.dataFolder, "releases"));
  const library = () => releases.library();

  const handlers: TurnHandler[] = [];
  const assistant = createAssistant({ store, keys, log, library, handlers });
  return {
    config,
    materials,
    log,
    keys,
    store,
    releases,
    library,
    assistant,
    close: () => store.close(),
  };
}
