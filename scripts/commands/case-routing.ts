/** What today's routing table would do with the cases there are. Nothing is moved. */
import type { App } from "../../src/app.ts";
import { officeKey } from "../../src/cases/case-repository.ts";
import type { Matter } from "../../src/cases/matters.ts";
import { recipients } from "../../src/cases/recipients.ts";
import { routeCase } from "../../src/cases/routing.ts";
import { Filing } from "../../src/complaints/filing.ts";
import { unseal } from "../../src/keys.ts";
import { dayOf } from "../../src/law/day.ts";

export interface Rerouted {
  readonly cases: number;
  readonly changes: readonly {
    readonly case: string;
    readonly status: string;
    readonly before: { readonly office: string; readonly rule: string };
    readonly after: { readonly office: string; readonly rule: string; readonly reason: string };
  }[];
}

const TRAY = "人工分办台";

/** Opens each filing for its organs only; text and identity go nowhere. */
export async function reroute(app: App): Promise<Rerouted> {
  const { db } = app.store;
  const library = app.library();
  const { offices } = await recipients(db);
  const rows = await db
    .selectFrom("case_file as c")
    .innerJoin("complaint as p", "p.id", "c.complaint")
    .select(["c.id", "c.kind", "c.status", "c.matter", "c.area", "c.office", "c.rule"])
    .select(["p.id as complaint", "p.content", "p.key_for_office"])
    .orderBy("c.submitted_at")
    .execute();
  const nameOf = (id: string | null | undefined) => {
    const record = id ? library.find(id) : undefined;
    return record?.kind === "entity" ? record.name : (id ?? TRAY);
  };
  const changes = rows.flatMap((row) => {
    const key = officeKey(app.keys, { id: row.complaint, key_for_office: row.key_for_office });
    const filing = Filing.parse(JSON.parse(unseal(key, row.content, `filing ${row.complaint}`).toString()));
    const route = routeCase(
      { kind: row.kind, matter: row.matter as Matter, organs: filing.organIds, area: row.area ?? undefined },
      library,
      dayOf(app.now()),
      (office) => offices.has(office),
    );
    if ((route.office ?? null) === row.office && route.rule === row.rule) return [];
    const after = route.kind === "channel" ? "不登记,告知渠道" : nameOf(route.office);
    return [
      {
        case: row.id,
        status: row.status,
        before: { office: nameOf(row.office), rule: row.rule },
        after: { office: after, rule: route.rule, reason: route.reason },
      },
    ];
  });
  return { cases: rows.length, changes };
}
