/** Routes past cases again by the table as it now stands, and says which would go elsewhere. Changes nothing. */
import { Filing } from "../complaints/filing.ts";
import { type Keys, unseal } from "../keys.ts";
import { dayOf } from "../law/day.ts";
import type { Library } from "../records/library.ts";
import type { Store } from "../store/database.ts";
import { officeKey } from "./case-repository.ts";
import { recipients } from "./recipients.ts";
import { routeCase } from "./routing.ts";

interface Where {
  readonly rule: string;
  readonly office?: string;
}
export interface DryRun {
  readonly cases: number;
  readonly same: number;
  readonly changed: readonly { readonly id: string; readonly before: Where; readonly after: Where }[];
}

export async function dryRunRouting(
  parts: { readonly store: Store; readonly keys: Keys; readonly library: () => Library },
  last: number,
  at: Date,
): Promise<DryRun> {
  const { db } = parts.store;
  const { offices } = await recipients(db);
  const rows = await db
    .selectFrom("case_file as c")
    .innerJoin("complaint as p", "p.id", "c.complaint")
    .select(["c.id", "c.kind", "c.rule", "c.office", "p.id as complaint", "p.key_for_office", "p.content"])
    .orderBy("c.submitted_at", "desc")
    .limit(last)
    .execute();
  const changed: { id: string; before: Where; after: Where }[] = [];
  for (const row of rows) {
    const key = officeKey(parts.keys, { id: row.complaint, key_for_office: row.key_for_office });
    const filing = Filing.parse(JSON.parse(unseal(key, row.content, `filing ${row.complaint}`).toString()));
    const facts = { kind: row.kind, matter: filing.matter, organs: filing.organIds, area: filing.area };
    const route = routeCase(facts, parts.library(), dayOf(at), (office) => offices.has(office));
    const before = { rule: row.rule, office: row.office ?? undefined };
    if (route.rule !== before.rule || route.office !== before.office) {
      changed.push({ id: row.id, before, after: { rule: route.rule, office: route.office } });
    }
  }
  return { cases: rows.length, same: rows.length - changed.length, changed };
}
