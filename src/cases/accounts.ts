/** People who sign in to the console: accounts, roles by office and area, sessions. */
import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { hash, verify } from "@node-rs/argon2";
import { nanoid } from "nanoid";
import { z } from "zod";
import { AppError } from "../error.ts";
import type { Keys } from "../keys.ts";
import { createBuckets } from "../store/buckets.ts";
import type { AccountRow } from "../store/case-tables.ts";
import { isUniqueViolation, type Store } from "../store/database.ts";
import { appendAudit } from "./audit.ts";
import { type Role, roles } from "./states.ts";

export interface Account {
  readonly id: string;
  /** Sign-in name. */
  readonly name: string;
  readonly display: string;
  readonly roles: readonly Role[];
  /** Entity id the person works for; `*` is the operator, who reaches every office and the human tray. */
  readonly entity: string;
  /** Area code prefixes within the office's reach; empty is all. */
  readonly areas: readonly string[];
  /** Officer record id when the person also enforces. */
  readonly officer?: string;
  readonly disabled: boolean;
  /** Must choose a new password before anything else. */
  readonly mustChange: boolean;
}

export const NewAccount = z.object({
  name: z.string().regex(/^[\w.@-]{2,40}$/, "登录名为 2 至 40 个字母、数字或 . @ - _"),
  display: z.string().trim().min(1).max(30),
  roles: z.array(z.enum(Object.keys(roles) as [Role, ...Role[]])).min(1),
  entity: z.string().min(1).max(64),
  areas: z.array(z.string().regex(/^\d{2,9}$/)).default([]),
  officer: z.string().max(64).optional(),
});
export type NewAccount = z.input<typeof NewAccount>;

/** `password`: this worker made the account. Without one it was made before, and nobody has ever signed in. */
export interface FirstAdmin {
  readonly name: string;
  readonly password?: string;
}

/** Tries of one name from one address, and of one name from everywhere. */
const FROM_ADDRESS = { burst: 5, perHour: 60, deepest: 10 };
const OF_NAME = { burst: 50, perHour: 120, deepest: 1 };
const STEP_MS = 500;
const NAME_MS = 2_000;

const SESSION_MS = 12 * 3_600_000;
const IDLE_MS = 2 * 3_600_000;
const MIN_PASSWORD = 10;

export interface Accounts {
  /** Creates with a one-time password, returned once. `by` is the account that creates it; default the command line. */
  add(
    input: NewAccount,
    at: Date,
    by?: string,
  ): Promise<{ readonly account: Account; readonly password: string }>;
  list(): Promise<readonly Account[]>;
  update(
    id: string,
    change: Partial<Pick<Account, "roles" | "entity" | "areas" | "disabled">>,
    by: string,
    at: Date,
  ): Promise<void>;
  resetPassword(id: string, by: string, at: Date): Promise<string>;
  /**
   * Undefined when name or password is wrong (same cost either way).
   *
   * Failures slow the next tries for this name from this address down, on every worker, and then refuse them for a
   * while; the same name from elsewhere is never refused, so that nobody can lock another out.
   *
   * @throws AppError `too_many`
   */
  signIn(
    name: string,
    password: string,
    from: string,
    at: Date,
  ): Promise<{ readonly account: Account; readonly token: string } | undefined>;
  /** The account of a session token, kept alive; undefined when expired, signed out or disabled. */
  session(token: string, at: Date): Promise<Account | undefined>;
  signOut(token: string): Promise<void>;
  /** @throws AppError `bad_input` when the old one is wrong or the new one too short. */
  changePassword(account: Account, old: string, fresh: string, at: Date): Promise<void>;
  /**
   * The operator's account, made by the first of all workers that start; its one-time password is told to that one only.
   * It keeps accounts and reads no complaint.
   */
  ensureFirstAdmin(at: Date): Promise<FirstAdmin | undefined>;
}

export function createAccounts(store: Store, keys: Keys): Accounts {
  const { db } = store;
  // Verified when the name is unknown, so that a wrong name costs what a wrong password costs.
  const nobody = hash(randomBytes(16).toString("hex"));
  const buckets = createBuckets(store);
  const sessionKey = (token: string) => keys.digest("session", token);

  async function insert(input: NewAccount, password: string, at: Date): Promise<Account> {
    const parsed = NewAccount.safeParse(input);
    if (!parsed.success) {
      const wrong = parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`).join(";");
      throw new AppError("bad_input", {
        say: `账号信息有误:${wrong}。角色可选:${Object.keys(roles).join("、")}。`,
      });
    }
    const { data } = parsed;
    const taken = await db
      .selectFrom("account")
      .select("id")
      .where("name", "=", data.name)
      .executeTakeFirst();
    if (taken) throw new AppError("conflict", { say: `登录名“${data.name}”已被使用。` });
    const row: AccountRow = {
      id: nanoid(12),
      name: data.name,
      display: data.display,
      password: await hash(password),
      roles: JSON.stringify(data.roles),
      entity: data.entity,
      areas: JSON.stringify(data.areas),
      officer: data.officer ?? null,
      disabled: 0,
      must_change: 1,
      signed_in_at: null,
      created_at: at.getTime(),
    };
    await db.insertInto("account").values(row).execute();
    return toAccount(row);
  }

  async function write(
    id: string,
    values: Partial<AccountRow>,
    actor: string,
    action: string,
    at: Date,
  ): Promise<void> {
    await db.transaction().execute(async (transaction) => {
      const done = await transaction
        .updateTable("account")
        .set(values)
        .where("id", "=", id)
        .executeTakeFirst();
      if (done.numUpdatedRows !== 1n) throw new AppError("not_found", { say: "没有这个账号。" });
      await transaction.deleteFrom("session").where("account", "=", id).execute();
      await appendAudit(store, transaction, { actor, action, subject: id, reason: "" }, at);
    });
  }

  return {
    async add(input, at, by = "system") {
      const password = oneTimePassword();
      const account = await insert(input, password, at);
      const reason = account.roles.map((role) => roles[role]).join("、");
      await db
        .transaction()
        .execute((transaction) =>
          appendAudit(
            store,
            transaction,
            { actor: by, action: "account.add", subject: account.name, reason },
            at,
          ),
        );
      return { account, password };
    },
    async list() {
      const rows = await db.selectFrom("account").selectAll().orderBy("name").execute();
      return rows.map(toAccount);
    },
    async update(id, change, by, at) {
      const values: Partial<AccountRow> = {
        ...(change.roles && { roles: JSON.stringify(change.roles) }),
        ...(change.entity && { entity: change.entity }),
        ...(change.areas && { areas: JSON.stringify(change.areas) }),
        ...(change.disabled !== undefined && { disabled: change.disabled ? 1 : 0 }),
      };
      await write(id, values, by, "account.update", at);
    },
    async resetPassword(id, by, at) {
      const password = oneTimePassword();
      await write(id, { password: await hash(password), must_change: 1 }, by, "account.resetPassword", at);
      return password;
    },
    async signIn(name, password, from, at) {
      const now = at.getTime();
      const here = keys.digest("sign-in", JSON.stringify([name, from]));
      const left = await buckets.take(here, FROM_ADDRESS, at);
      if (left <= -FROM_ADDRESS.deepest) {
        throw new AppError("too_many", {
          say: "从这个地址用这个账号登录失败太多次,请几分钟后再试,或换一个网络地址登录。其他人不受影响。",
        });
      }
      const byAll = await buckets.take(keys.digest("sign-in", JSON.stringify([name])), OF_NAME, at);
      await delay(Math.max(0, -left) * STEP_MS + (byAll < 0 ? NAME_MS : 0));
      const row = await db.selectFrom("account").selectAll().where("name", "=", name).executeTakeFirst();
      const right = await verify(row?.password ?? (await nobody), password);
      if (!row || !right || row.disabled) {
        return undefined;
      }
      await buckets.fill(here);
      const token = randomBytes(32).toString("base64url");
      await db.transaction().execute(async (transaction) => {
        await transaction
          .updateTable("account")
          .set({ signed_in_at: now })
          .where("id", "=", row.id)
          .execute();
        await transaction
          .insertInto("session")
          .values({
            id: sessionKey(token),
            account: row.id,
            created_at: now,
            seen_at: now,
            expires_at: now + SESSION_MS,
          })
          .execute();
        await appendAudit(
          store,
          transaction,
          { actor: row.id, action: "signIn", subject: row.id, reason: "" },
          at,
        );
      });
      return { account: toAccount(row), token };
    },
    async session(token, at) {
      const now = at.getTime();
      const row = await db
        .selectFrom("session")
        .selectAll()
        .where("id", "=", sessionKey(token))
        .executeTakeFirst();
      if (!row || now > row.expires_at || now > row.seen_at + IDLE_MS) return undefined;
      const account = await db
        .selectFrom("account")
        .selectAll()
        .where("id", "=", row.account)
        .executeTakeFirst();
      if (!account || account.disabled) return undefined;
      if (now - row.seen_at > 60_000) {
        await db.updateTable("session").set({ seen_at: now }).where("id", "=", row.id).execute();
      }
      return toAccount(account);
    },
    async signOut(token) {
      await db.deleteFrom("session").where("id", "=", sessionKey(token)).execute();
    },
    async changePassword(account, old, fresh, at) {
      const row = await db
        .selectFrom("account")
        .selectAll()
        .where("id", "=", account.id)
        .executeTakeFirstOrThrow();
      if (!(await verify(row.password, old))) throw new AppError("bad_input", { say: "原密码不对。" });
      if (fresh.length < MIN_PASSWORD || fresh === old)
        throw new AppError("bad_input", { say: `新密码至少 ${MIN_PASSWORD} 位,且不能与原密码相同。` });
      await db.transaction().execute(async (transaction) => {
        await transaction
          .updateTable("account")
          .set({ password: await hash(fresh), must_change: 0 })
          .where("id", "=", row.id)
          .execute();
        await appendAudit(
          store,
          transaction,
          { actor: row.id, action: "account.changePassword", subject: row.id, reason: "" },
          at,
        );
      });
    },
    async ensureFirstAdmin(at) {
      const everSignedIn = await db
        .selectFrom("account")
        .select("id")
        .where("signed_in_at", "is not", null)
        .executeTakeFirst();
      if (everSignedIn) return undefined;
      const password = oneTimePassword();
      try {
        await insert({ name: "admin", display: "系统管理员", roles: ["admin"], entity: "*" }, password, at);
      } catch (thrown) {
        const taken = thrown instanceof AppError && thrown.code === "conflict";
        if (!taken && !isUniqueViolation(thrown)) throw thrown;
        return { name: "admin" };
      }
      return { name: "admin", password };
    },
  };
}

function toAccount(row: AccountRow): Account {
  return {
    id: row.id,
    name: row.name,
    display: row.display,
    roles: JSON.parse(row.roles) as Role[],
    entity: row.entity,
    areas: JSON.parse(row.areas) as string[],
    officer: row.officer ?? undefined,
    disabled: row.disabled === 1,
    mustChange: row.must_change === 1,
  };
}

/** 80 bits, without characters that look alike. */
function oneTimePassword(): string {
  const alphabet = "23456789abcdefghjkmnpqrstuvwxyz";
  const text = [...randomBytes(16)].map((byte) => alphabet[byte % alphabet.length]).join("");
  return text.replace(/(.{4})(?=.)/g, "$1-");
}
