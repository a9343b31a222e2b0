/** Who can receive a case today: offices with an enabled supervisor or reviewer, and whoever keeps the human tray. */
import type { Database, Transaction } from "../store/database.ts";

export interface Recipients {
  /** Entity ids with somebody to receive cases. */
  readonly offices: ReadonlySet<string>;
  /** Whether anything may be taken in: the tray has a keeper, or nobody has set the place up yet (its first admin will). */
  readonly open: boolean;
}

export async function recipients(db: Database | Transaction): Promise<Recipients> {
  const accounts = await db.selectFrom("account").select(["entity", "roles", "disabled"]).execute();
  const enabled = accounts.filter((account) => account.disabled === 0);
  const holds = (account: { roles: string }, ...roles: string[]) =>
    (JSON.parse(account.roles) as string[]).some((role) => roles.includes(role));
  const offices = enabled
    .filter((account) => holds(account, "supervisor", "reviewer"))
    .map((account) => account.entity);
  const tray = enabled.some((account) => account.entity === "*" && holds(account, "admin", "reviewer"));
  return { offices: new Set(offices), open: accounts.length === 0 || tray };
}
