/**
 * Who may see what. A case is only ever read through `openCase`, which refuses the organ complained of, its parent and
 * its officers before anything is unsealed; lists are filtered by the same rule in the query itself.
 */
import { AppError } from "../error.ts";
import type { Keys } from "../keys.ts";
import type { Database, Transaction } from "../store/database.ts";
import type { Account } from "./accounts.ts";
import { findCase, type LoadedCase, officeKey } from "./case-repository.ts";
import type { Role } from "./states.ts";

const readers: readonly Role[] = ["supervisor", "reviewer", "auditor"];

export function hasRole(account: Account, ...wanted: readonly Role[]): boolean {
  return account.roles.some((role) => wanted.includes(role));
}

/** @throws AppError `forbidden` */
export function requireRole(account: Account, ...wanted: readonly Role[]): void {
  if (account.mustChange) throw new AppError("forbidden", { say: "请先修改一次性密码。" });
  if (!hasRole(account, ...wanted)) throw new AppError("forbidden");
}

/** A case this account may read, with its report's key. */
export interface OpenedCase extends LoadedCase {
  readonly key: Buffer;
}

/**
 * @throws AppError `not_found` for a case that does not exist, lies out of reach, or concerns the account itself:
 * the three are told apart by nobody.
 */
export async function openCase(
  db: Database | Transaction,
  keys: Keys,
  account: Account,
  id: string,
): Promise<OpenedCase> {
  if (account.mustChange) requireRole(account);
  const found = await findCase(db, id);
  if (!found || !mayRead(account, found))
    throw new AppError("not_found", { say: "没有这个案件,或不在您的办理范围内。" });
  const complaint = await db
    .selectFrom("complaint")
    .select(["id", "key_for_office"])
    .where("id", "=", found.row.complaint)
    .executeTakeFirstOrThrow();
  return { ...found, key: officeKey(keys, complaint) };
}

export function mayRead(account: Account, found: LoadedCase): boolean {
  if (found.excluded.some(({ party }) => party === account.entity || party === account.officer)) return false;
  const role = found.row.kind === "correction" ? [...readers, "editor" as const] : readers;
  if (!hasRole(account, ...role)) return false;
  if (account.entity !== "*" && found.row.office !== account.entity) return false;
  return (
    account.areas.length === 0 ||
    found.row.area === null ||
    account.areas.some((area) => found.row.area?.startsWith(area))
  );
}

/** The same rule as a condition on `case_file as c`. */
export function readable(db: Database, account: Account) {
  let query = db.selectFrom("case_file as c").where(({ not, exists, selectFrom }) =>
    not(
      exists(
        selectFrom("case_exclusion as x")
          .select("x.case_id")
          .whereRef("x.case_id", "=", "c.id")
          .where("x.party", "in", [account.entity, account.officer ?? account.entity]),
      ),
    ),
  );
  if (!hasRole(account, ...readers)) {
    query = query.where("c.kind", "=", hasRole(account, "editor") ? "correction" : ("none" as "complaint"));
  }
  if (account.entity !== "*") query = query.where("c.office", "=", account.entity);
  if (account.areas.length > 0) {
    query = query.where((where) =>
      where.or([
        where("c.area", "is", null),
        ...account.areas.map((area) => where("c.area", "like", `${area}%`)),
      ]),
    );
  }
  return query;
}
