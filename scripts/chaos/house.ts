/** The house put together for the fault run: every part real, receipts cheap to compute, the clock handed in. */
import { join } from "node:path";
import { loadCalendar } from "../../knowledge/calendar.ts";
import { type Assistant, createAssistant } from "../../src/assistant.ts";
import type { Account } from "../../src/cases/accounts.ts";
import { createDesk, type Desk } from "../../src/cases/desk.ts";
import { createOutbox, type Outbox } from "../../src/cases/outbox.ts";
import { openAcknowledgements } from "../../src/complaints/acknowledgement.ts";
import { type Complaints, createComplaints } from "../../src/complaints/complaints.ts";
import { type Evidence, openEvidence } from "../../src/complaints/evidence.ts";
import { createVault } from "../../src/complaints/vault.ts";
import type { TurnHandler } from "../../src/conversation.ts";
import { type Keys, openKeys } from "../../src/keys.ts";
import { createLog, type Log } from "../../src/log.ts";
import { openReleases } from "../../src/records/releases.ts";
import { openStore, type Store } from "../../src/store/database.ts";
import { createInbox, type Inbox } from "../../src/store/inbox.ts";

export interface House {
  readonly folder: string;
  readonly store: Store;
  readonly keys: Keys;
  readonly complaints: Complaints;
  readonly evidence: Evidence;
  readonly desk: Desk;
  readonly outbox: Outbox;
  readonly inbox: Inbox;
  /** The front door with the intake dialogue behind it; put together when first asked for. */
  assistant(): Promise<Assistant>;
  close(): Promise<void>;
}

/** @param releases folder of the releases, shared by every house of a run. */
export async function openHouse(
  folder: string,
  releases: string,
  now: () => Date,
  log: Log = createLog("error"),
): Promise<House> {
  const keys = openKeys(join(folder, "keys"));
  const store = await openStore(join(folder, "mingzhi.sqlite"));
  const live = openReleases(releases);
  const calendar = loadCalendar();
  const vault = createVault(keys);
  const evidence = openEvidence(store);
  const shared = { store, keys, vault, evidence, webhook: true };
  const library = () => live.library();
  const complaints = createComplaints({
    ...shared,
    acknowledgements: openAcknowledgements(join(folder, "keys", "acknowledgement"), now),
    library,
    calendar: () => calendar,
    now,
    cost: { memoryKiB: 64, passes: 1 },
  });
  let assistant: Assistant | undefined;
  return {
    folder,
    store,
    keys,
    complaints,
    evidence,
    desk: createDesk({ ...shared, library, calendar: () => calendar, log }, now),
    outbox: createOutbox(store),
    // The next process takes over from a dead one sooner than it would in earnest.
    inbox: createInbox({ store, keys, log, rhythm: { pollMs: 50, leaseMs: 300, ownMs: 100 } }),
    async assistant() {
      assistant ??= createAssistant({
        store,
        keys,
        log,
        library,
        handlers: [await dialogues({ complaints, evidence, keys, folder })],
      });
      return assistant;
    },
    close: () => store.close(),
  };
}

async function dialogues(
  parts: Pick<House, "complaints" | "evidence" | "keys" | "folder">,
): Promise<TurnHandler> {
  const [{ loadMaterials }, { createDialogueHandler }, { createIntake }, { createTriage }] =
    await Promise.all([
      import("../../knowledge/materials.ts"),
      import("../../src/dialogue/handler.ts"),
      import("../../src/complaints/intake.ts"),
      import("../../src/complaints/triage.ts"),
    ]);
  const materials = loadMaterials(parts.folder);
  const scripts = createIntake({
    ...parts,
    triage: createTriage(materials.triage),
    calendar: () => materials.calendar,
    telegramIdentity: false,
  });
  return createDialogueHandler({
    scripts,
    wants: () => undefined,
    answer: async () => undefined,
  });
}

export const clerk = "clerk";

/** A reviewer of the fictional city's supervision office, ready to work. */
export async function addClerk(house: House, at: Date): Promise<Account> {
  const { accounts } = house.desk;
  const { account, password } = await accounts.add(
    { name: clerk, display: "演示审核员", roles: ["supervisor", "reviewer", "admin"], entity: "*" },
    at,
  );
  await accounts.changePassword(account, password, `${password}-2`, at);
  const other = await accounts.add(
    { name: second, display: "演示复核员", roles: ["reviewer"], entity: "*" },
    at,
  );
  await accounts.changePassword(other.account, other.password, `${other.password}-2`, at);
  return { ...account, mustChange: false };
}

/** Who makes what the maker of the last decisive move may not. */
export const second = "second";

export async function accountOf(house: House, name: string): Promise<Account> {
  const found = (await house.desk.accounts.list()).find((account) => account.name === name);
  if (!found) throw new Error(`${name} was not set up`);
  return found;
}

export const clerkOf = (house: House): Promise<Account> => accountOf(house, clerk);
