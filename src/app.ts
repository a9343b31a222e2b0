/** The one composition root: settings in, a working house out. Doors and commands use what it returns. */
import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Answering, createAnswering } from "./answering/answering.ts";
import type { ModelSettings } from "./answering/consulting/consultant.ts";
import type { LearnedFinder } from "./answering/finding/model.ts";
import type { ServiceAsk } from "./answering/finding/unit.ts";
import { createRouter } from "./answering/understand/router.ts";
import { type Assistant, createAssistant } from "./assistant.ts";
import { createDesk, type Desk } from "./cases/desk.ts";
import { createBindingHandler } from "./cases/officer-codes.ts";
import { createOutbox, type Outbox } from "./cases/outbox.ts";
import { type Acknowledgements, openAcknowledgements } from "./complaints/acknowledgement.ts";
import { type Complaints, createComplaints } from "./complaints/complaints.ts";
import { adoptEvidenceFiles, type Evidence, openEvidence } from "./complaints/evidence.ts";
import { createIntake } from "./complaints/intake.ts";
import { createStatus } from "./complaints/status-script.ts";
import { rememberingTold } from "./complaints/told.ts";
import { createTriage } from "./complaints/triage.ts";
import { createVault } from "./complaints/vault.ts";
import { createWants } from "./complaints/wants.ts";
import type { Config } from "./config.ts";
import type { TurnHandler } from "./conversation.ts";
import { createDialogueHandler } from "./dialogue/handler.ts";
import { AppError } from "./error.ts";
import { type Keys, openKeys } from "./keys.ts";
import type { Calendar } from "./law/calendar.ts";
import { createLog, type Log } from "./log.ts";
import { type CheckLimits, createCheckLimits } from "./officers/limits.ts";
import type { Library } from "./records/library.ts";
import { openReleases, type Releases } from "./records/releases.ts";
import { endpointOf } from "./search/embeddings.ts";
import type { LearnedModel } from "./search/model.ts";
import { openStore, type Store } from "./store/database.ts";
import { createInbox, type Inbox } from "./store/inbox.ts";
import { createKeptPages, type KeptPages } from "./store/kept-pages.ts";
import { createLeases, type Leases } from "./store/leases.ts";

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
  readonly answering: Answering;
  readonly complaints: Complaints;
  readonly evidence: Evidence;
  readonly acknowledgements: Acknowledgements;
  readonly desk: Desk;
  readonly outbox: Outbox;
  /** What chat platforms delivered, on its way to an answer. */
  readonly inbox: Inbox;
  readonly keptPages: KeptPages;
  readonly leases: Leases;
  /** Shared by every door: a person's allowance of look-ups is one. */
  readonly checkLimits: CheckLimits;
  readonly now: () => Date;
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
  /** The learned finder of points, and how people ask for what is computed. */
  readonly finder: () => LearnedFinder | undefined;
  readonly serviceAsks: () => readonly ServiceAsk[];
}

/** What tests and special commands may put in place of the real parts. */
export interface Overrides {
  readonly store?: Store;
  readonly keys?: Keys;
  readonly log?: Log;
  readonly releases?: Releases;
  readonly now?: () => Date;
  /** Another allowance of look-ups, e.g. none for a batch on the operator's own machine. */
  readonly checkLimits?: CheckLimits;
}

export async function createApp(
  config: Config,
  materials: Materials,
  overrides: Overrides = {},
): Promise<App> {
  const log = overrides.log ?? createLog(config.LOG_LEVEL);
  // Names of organs, matters and times stand in the database in clear: nobody else on the machine reads them.
  mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 });
  chmodSync(config.dataFolder, 0o700);
  const keys = overrides.keys ?? openKeys(join(config.dataFolder, "keys"));
  const store =
    overrides.store ?? (await openStore(config.DATABASE_URL ?? join(config.dataFolder, "mingzhi.sqlite")));
  await checkKeys(store, keys);
  const releases =
    overrides.releases ??
    openReleases(join(config.dataFolder, "releases"), {
      prepare: (library) => answering.prepare(library),
      onFailure: (err) => log.error({ err }, "release not taken up"),
    });
  const library = () => releases.library();
  const now = overrides.now ?? (() => new Date());
  const calendar = () => materials.calendar;
  const webhook = config.CASE_WEBHOOK_URL !== undefined;

  const vault = createVault(keys);
  await adoptEvidenceFiles(store, join(config.dataFolder, "evidence"), now());
  const evidence = openEvidence(store);
  const acknowledgements = openAcknowledgements(join(config.dataFolder, "keys", "acknowledgement"), now);
  const complaints = createComplaints({
    store,
    keys,
    vault,
    evidence,
    acknowledgements,
    library,
    calendar,
    webhook,
    now,
  });
  const desk = createDesk({ store, keys, library, calendar, vault, evidence, log, webhook }, now);

  // Tried in order. What is said aside in a dialogue goes to those after it.
  const checkLimits = overrides.checkLimits ?? createCheckLimits();
  const endpoint = endpointOf(config);
  const router = once(() => createRouter(materials.routes));
  const answering = createAnswering({
    calendar,
    router,
    searchModel: once(materials.searchModel),
    finder: once(materials.finder),
    serviceAsks: once(materials.serviceAsks),
    indexFolder: join(config.dataFolder, "search", "indexes"),
    log,
    checkLimits,
    defaultArea: config.DEFAULT_AREA,
    model: modelSettings(config),
    endpoint: endpoint && { ...endpoint, folder: join(config.dataFolder, "search", "vectors") },
  });
  const triage = once(() => createTriage(materials.triage));
  const wants = once(() => createWants(router(), triage(), calendar));
  const [complaint, correction] = createIntake({
    complaints,
    evidence,
    keys,
    calendar,
    triage: (text, mentions) => triage()(text, mentions),
    telegramIdentity: config.TELEGRAM_COMPLAINT_IDENTITY,
  });
  const dialogue = createDialogueHandler({
    scripts: [complaint, correction, createStatus({ complaints, evidence, keys })],
    answer: answering.handler,
    wants: (context) => wants()(context),
  });
  const handlers: TurnHandler[] = [
    createBindingHandler({ store, keys, library }),
    rememberingTold(dialogue),
    rememberingTold(answering.handler),
  ];
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
    complaints,
    evidence,
    acknowledgements,
    desk,
    outbox: createOutbox(store),
    inbox: createInbox({ store, keys, log }),
    keptPages: createKeptPages(store, keys),
    leases: createLeases(store, now),
    answering,
    checkLimits,
    now,
    close: () => store.close(),
  };
}

/**
 * A worker with a key of its own would seal what no other can open.
 *
 * @throws AppError `bad_input` when the database belongs to another master key.
 */
async function checkKeys({ db }: Store, keys: Keys): Promise<void> {
  const name = "key fingerprint";
  const mine = keys.digest("fingerprint", name).slice(0, 16);
  await db
    .insertInto("setting")
    .values({ name, value: mine })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .execute();
  const { value } = await db
    .selectFrom("setting")
    .select("value")
    .where("name", "=", name)
    .executeTakeFirstOrThrow();
  if (value === mine) return;
  throw new AppError("bad_input", {
    say: `主密钥与数据库不符,不能启动:数据库属于指纹 ${value} 的密钥,本机 keys/master.key 的指纹是 ${mine}。请把原来的 master.key 复制到本机的 keys 文件夹,再启动;不要另建新密钥。`,
  });
}

/** A model is asked only when both its address and its name are set. */
function modelSettings(config: Config): ModelSettings | undefined {
  const { LLM_BASE_URL: baseUrl, LLM_MODEL: model, LLM_API_KEY: apiKey } = config;
  if (!baseUrl || !model) return undefined;
  const spare = config.LLM_FALLBACK_MODEL;
  const spareKey = config.LLM_FALLBACK_API_KEY ?? (config.LLM_FALLBACK_BASE_URL ? undefined : apiKey);
  return {
    baseUrl,
    model,
    timeoutMs: config.LLM_TIMEOUT_MS,
    ...(apiKey ? { apiKey } : {}),
    ...(spare
      ? {
          fallback: {
            baseUrl: config.LLM_FALLBACK_BASE_URL ?? baseUrl,
            model: spare,
            ...(spareKey ? { apiKey: spareKey } : {}),
          },
        }
      : {}),
  };
}

/** Made when first needed: a command that answers nothing loads no weights. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
