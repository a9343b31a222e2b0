/** The data desk: lists come in, a second person confirms how they are read, and a second person lets them go out. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nanoid } from "nanoid";
import { z } from "zod";
import { hasRole, requireRole } from "../../src/cases/access.ts";
import type { Account } from "../../src/cases/accounts.ts";
import type {
  ChangedRecord,
  DataDesk,
  ListSheet,
  MappingLine,
  Proposal,
  UploadFacts,
  WaitingLine,
} from "../../src/data-desk.ts";
import { replaceFile } from "../../src/durable-file.ts";
import { AppError } from "../../src/error.ts";
import { dayOf, parseDay } from "../../src/law/day.ts";
import { readCurrent, readRelease } from "../../src/records/releases.ts";
import { type PublishedRecord, recordKinds } from "../../src/records/schema.ts";
import { builders } from "../import/builders.ts";
import { readBatches } from "../import/drafts.ts";
import { fieldLabel } from "../import/kinds.ts";
import { confirmMapping, listMappings } from "../import/mappings.ts";
import { diffRecords, distinctName, keyOf } from "../release/diff.ts";
import { discardDraft } from "../release/discard.ts";
import { listReleases } from "../release/folder.ts";
import { type Next, nextRelease, publishNext, type ReleaseHouse } from "../release/next.ts";
import { checkDraft, rollBack } from "../release/publish.ts";
import { keepList, kindNamed, type ListFacts, readList } from "./read-list.ts";
import { columnOf, sheetOf } from "./sheet.ts";

export interface DataDeskParts extends ReleaseHouse {
  readonly now: () => Date;
  /** Into the house's chained log. */
  readonly audit: (by: Account, action: string, subject: string, reason: string) => Promise<void>;
  /** Several machines on one database: what was changed elsewhere comes in first, what is changed here goes out. */
  readonly pull?: () => Promise<unknown>;
  readonly push?: () => Promise<unknown>;
}

const Proposed = z.object({
  what: z.enum(["publish", "rollback"]),
  by: z.string(),
  at: z.iso.datetime(),
  reason: z.string(),
  lists: z.array(z.string()),
  release: z.string().optional(),
  removeMissing: z.boolean(),
});
const Uploaded = z.object({ facts: z.looseObject({ kind: z.string() }), file: z.string() });

type Asked = Omit<Proposal, "mine">;

const SHOWN_CHANGES = 200;
const label = (kind: string) =>
  kind in recordKinds ? recordKinds[kind as PublishedRecord["kind"]].label : kind;

/** How an account signs: by the person's name, told apart from a namesake by the account. */
export const signatureOfAccount = ({ display, name }: Account) => `${display}(${name})`;

export function createDataDesk(parts: DataDeskParts): DataDesk {
  const { dataFolder, releases, now, audit } = parts;
  const uploadsFolder = join(dataFolder, "desk", "uploads");
  const sheetsFolder = join(dataFolder, "desk", "sheets");
  const proposalFile = join(dataFolder, "desk", "proposal.json");
  const today = () => dayOf(now());
  const live = () => readRelease(releases, readCurrent(releases)).records();
  const enter = (by: Account) => requireRole(by, "editor", "reviewer");

  const changing = async <T>(work: () => T): Promise<T> => {
    await parts.pull?.();
    const done = work();
    await parts.push?.();
    return done;
  };

  function readSheet(file: string): ListSheet | undefined {
    return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as ListSheet) : undefined;
  }
  const uploadFolder = (id: string) => {
    const folder = join(uploadsFolder, id);
    if (!/^[\w-]{10,40}$/.test(id) || !existsSync(folder))
      throw new AppError("not_found", { say: "没有这份待看的清单,可能已保存为草稿或已删除。" });
    return folder;
  };

  // Laying everything together and checking it takes seconds: done once for what waits and what is live.
  let known: { readonly of: string; readonly next: Next } | undefined;
  function nextNow(): Next {
    const mappings = listMappings(dataFolder).map(({ id, confirmed, mapping }) => [id, confirmed, mapping]);
    const of = JSON.stringify([readCurrent(releases), today(), readBatches(dataFolder), mappings]);
    if (known?.of !== of) known = { of, next: nextRelease(parts, today()) };
    return known.next;
  }

  function waitingLines(): readonly WaitingLine[] {
    const batches = readBatches(dataFolder);
    if (batches.length === 0) return [];
    const { held: all } = nextNow();
    const confirmed = new Set(
      listMappings(dataFolder)
        .filter((one) => one.confirmed)
        .map(({ id }) => id),
    );
    return batches.map((batch): WaitingLine => {
      const held = all.find(({ list }) => list.id === batch.id);
      const unconfirmed = batch.mappingId && !confirmed.has(batch.mappingId) ? batch.mappingId : undefined;
      return {
        id: batch.id,
        file: batch.file,
        kindLabel: label(batch.kind),
        by: batch.by,
        at: batch.at,
        records: batch.counts.accepted,
        held: unconfirmed ? ["列的对应还没有由另一人确认。"] : (held?.reasons ?? []),
        ...(unconfirmed && { mapping: unconfirmed }),
      };
    });
  }

  function proposal(): Asked | undefined {
    if (!existsSync(proposalFile)) return undefined;
    const { release, ...rest } = Proposed.parse(JSON.parse(readFileSync(proposalFile, "utf8")));
    return { ...rest, ...(release && { release }) };
  }
  function propose(fresh: Asked): void {
    const before = proposal();
    if (before)
      throw new AppError("conflict", {
        say: `“${before.by}”提请的${before.what === "publish" ? "发布" : "回退"}还没有处理,请先由另一人办理或撤销。`,
      });
    if (fresh.reason.trim().length < 4)
      throw new AppError("bad_input", { say: "请写明理由(至少 4 个字)。", detail: { field: "reason" } });
    mkdirSync(join(dataFolder, "desk"), { recursive: true });
    replaceFile(proposalFile, `${JSON.stringify(fresh, null, 2)}\n`);
  }

  return {
    kinds: [...Object.keys(builders), "statute", "policy"].map((id) => ({ id, label: label(id) })),

    async upload(by, file, facts) {
      requireRole(by, "editor");
      const id = nanoid(16);
      const folder = join(uploadsFolder, id);
      mkdirSync(folder, { recursive: true });
      const path = join(folder, safeName(file.name));
      writeFileSync(path, file.bytes, { mode: 0o600 });
      try {
        const read = await readList(dataFolder, path, live(), factsOf(facts, signatureOfAccount(by), now()));
        const sheet = await sheetOf(id, path, read, { by: signatureOfAccount(by), at: now() });
        writeFileSync(join(folder, ".facts"), JSON.stringify({ facts, file: safeName(file.name) }));
        writeFileSync(join(folder, ".sheet"), JSON.stringify(sheet));
      } catch (thrown) {
        rmSync(folder, { recursive: true, force: true });
        throw thrown;
      }
      await audit(by, "data.upload", safeName(file.name), "");
      return id;
    },
    waitingLists(by) {
      enter(by);
      return waitingLines();
    },
    uploads(by) {
      enter(by);
      if (!existsSync(uploadsFolder)) return [];
      return readdirSync(uploadsFolder)
        .flatMap((id) => readSheet(join(uploadsFolder, id, ".sheet")) ?? [])
        .sort((a, b) => b.at.localeCompare(a.at));
    },
    sheet(by, id) {
      enter(by);
      const kept = /^[\w-]{10,60}$/.test(id) ? readSheet(join(sheetsFolder, `${id}.json`)) : undefined;
      const found = kept ?? readSheet(join(uploadFolder(id), ".sheet"));
      if (!found) throw new AppError("not_found", { say: "这份清单还在读,请稍后刷新。" });
      return found;
    },
    async keep(by, id) {
      requireRole(by, "editor");
      const folder = uploadFolder(id);
      const { facts, file } = Uploaded.parse(JSON.parse(readFileSync(join(folder, ".facts"), "utf8")));
      const path = join(folder, file);
      const at = now();
      const signed = signatureOfAccount(by);
      const read = await readList(dataFolder, path, live(), factsOf(facts as UploadFacts, signed, at));
      if (read.result.refused)
        throw new AppError("import_refused", {
          say: "文件没有被接受,不能保存为草稿。请按问题改正后重新上传。",
        });
      const batch = keepList(dataFolder, path, read, { by: signed, at });
      const sheet = await sheetOf(batch.id, path, read, { by: signed, at });
      mkdirSync(sheetsFolder, { recursive: true });
      writeFileSync(join(sheetsFolder, `${batch.id}.json`), JSON.stringify(sheet));
      rmSync(folder, { recursive: true, force: true });
      await audit(by, "data.keep", batch.id, file);
    },
    async drop(by, id) {
      requireRole(by, "editor");
      rmSync(uploadFolder(id), { recursive: true, force: true });
      await audit(by, "data.drop", id, "");
    },
    async discard(by, list, reason) {
      requireRole(by, "editor");
      await changing(() =>
        discardDraft(releases, dataFolder, list, { by: signatureOfAccount(by), reason }, now()),
      );
      await audit(by, "data.discard", list, reason);
    },
    mappings(by) {
      enter(by);
      return listMappings(dataFolder)
        .map((one): MappingLine => {
          return {
            id: one.id,
            kindLabel: label(one.kind),
            source: one.source,
            by: one.proposed.by,
            at: one.proposed.at,
            columns: one.headers.map((heading) => columnOf(one.kind, heading, one.mapping, one.matches)),
            ...(one.confirmed && { confirmedBy: one.confirmed.by }),
          };
        })
        .sort((a, b) => b.at.localeCompare(a.at));
    },
    async confirmMapping(by, id) {
      enter(by);
      confirmMapping(dataFolder, id, { by: signatureOfAccount(by), at: now() });
      await audit(by, "data.confirmMapping", id, "");
    },
    next(by) {
      enter(by);
      const lists = waitingLines();
      if (lists.length === 0)
        return { lists, errors: [], warnings: [], added: [], changed: [], removed: [], missing: [] };
      const next = nextNow();
      const before = live();
      const checked = checkDraft(next.draft.records, today());
      const difference = diffRecords(before, next.draft.records, today());
      const old = new Map(before.map((record) => [keyOf(record), record]));
      const fresh = new Map(next.draft.records.map((record) => [record.id, record]));
      const shown = (changes: typeof difference.added) =>
        changes.slice(0, SHOWN_CHANGES).map(({ id, kind, name, fields }): ChangedRecord => {
          const after = fresh.get(id);
          const was = after && old.get(keyOf(after));
          return {
            id,
            kindLabel: label(kind),
            name,
            fields: fields.map((field) => ({
              name: fieldLabel(kind, field) ?? field,
              before: sayValue(was, field),
              after: sayValue(after, field),
            })),
          };
        });
      return {
        lists,
        errors: checked.errors.map(({ message }) => message),
        warnings: checked.warnings.map(({ message }) => message),
        added: shown(difference.added),
        changed: shown(difference.changed),
        removed: shown(difference.removed),
        missing: next.draft.missing.slice(0, SHOWN_CHANGES).map((record) => ({
          id: record.id,
          kindLabel: label(record.kind),
          name: distinctName(record),
          fields: [],
        })),
      };
    },
    proposal(by) {
      enter(by);
      const asked = proposal();
      return asked && { ...asked, mine: asked.by === signatureOfAccount(by) };
    },
    async proposePublish(by, reason, removeMissing) {
      enter(by);
      const { going } = nextNow();
      if (going.length === 0)
        throw new AppError("bad_input", {
          say: "没有可以发布的清单。请先确认列的对应,或按原因改正后重新上传。",
        });
      const lists = going.map(({ id }) => id);
      const at = now().toISOString();
      propose({
        what: "publish",
        by: signatureOfAccount(by),
        at,
        reason: reason.trim(),
        lists,
        removeMissing,
      });
      await audit(by, "release.propose", lists.join(" "), reason.trim());
    },
    async proposeRollback(by, release, reason) {
      enter(by);
      const found = listReleases(releases).find(({ id }) => id === release);
      if (!found || found.live)
        throw new AppError("bad_input", { say: "只能回退到先前发布过、现在不生效的一版。" });
      const at = now().toISOString();
      propose({
        what: "rollback",
        by: signatureOfAccount(by),
        at,
        reason: reason.trim(),
        lists: [],
        release,
        removeMissing: false,
      });
      await audit(by, "release.proposeRollback", release, reason.trim());
    },
    async approve(by) {
      enter(by);
      const asked = proposal();
      if (!asked) throw new AppError("not_found", { say: "没有待办理的发布或回退。" });
      const signed = signatureOfAccount(by);
      const at = now();
      const done = await changing(() => {
        if (asked.what === "rollback") {
          const names = { by: asked.by, approvedBy: signed, reason: asked.reason };
          return rollBack(releases, asked.release ?? "", names, at).to;
        }
        const { going } = nextRelease(parts, today());
        const same = going.length === asked.lists.length && going.every(({ id }) => asked.lists.includes(id));
        if (!same)
          throw new AppError("conflict", { say: "提请之后清单有变化,与当时看到的不同。请撤销后重新提请。" });
        const names = { preparedBy: asked.by, publishedBy: signed, note: asked.reason };
        return publishNext(parts, names, today(), at, { removeMissing: asked.removeMissing }).manifest.id;
      });
      rmSync(proposalFile, { force: true });
      await audit(by, asked.what === "publish" ? "release.publish" : "release.rollback", done, asked.reason);
      return done;
    },
    async refuse(by) {
      enter(by);
      const asked = proposal();
      rmSync(proposalFile, { force: true });
      if (asked) await audit(by, "release.refuse", asked.release ?? asked.lists.join(" "), asked.reason);
    },
    releases(by) {
      enter(by);
      return listReleases(releases).map(
        ({ id, publishedAt, records, preparedBy, publishedBy, note, live: now }) => ({
          id,
          at: publishedAt,
          records,
          preparedBy,
          publishedBy,
          ...(note && { note }),
          live: now,
        }),
      );
    },
    waiting(by) {
      enter(by);
      const signed = signatureOfAccount(by);
      return {
        uploads: hasRole(by, "editor") ? this.uploads(by).length : 0,
        lists: readBatches(dataFolder).length,
        mappings: listMappings(dataFolder).filter((one) => !one.confirmed && one.proposed.by !== signed)
          .length,
        proposals: proposal() && proposal()?.by !== signed ? 1 : 0,
      };
    },
  };
}

/** @throws AppError `bad_input` naming the kind or the day that is none. */
function factsOf(facts: UploadFacts, by: string, at: Date): ListFacts {
  const { kind, publishedOn, ...said } = facts;
  const day = publishedOn === undefined ? undefined : parseDay(publishedOn);
  if (publishedOn !== undefined && !day)
    throw new AppError("bad_input", {
      say: `公布日期“${publishedOn}”应为真实存在的日期,如 2026-03-02。`,
      detail: { field: "publishedOn" },
    });
  return { ...said, kind: kindNamed(kind), by, at, ...(day && { publishedOn: day }) };
}

/** A name that stays in its folder and is no hidden file. */
function safeName(name: string): string {
  return (
    name
      .replace(/[/\\\u0000-\u001f]/g, "")
      .replace(/^\.+/, "")
      .slice(-120) || "清单"
  );
}

function sayValue(record: PublishedRecord | undefined, field: string): string {
  const value = record && new Map<string, unknown>(Object.entries(record)).get(field);
  if (value === undefined || value === null) return "(无)";
  return typeof value === "string" || typeof value === "number" ? String(value) : sayPlain(value);
}

/** Lists and pairs without the marks of a programming language. */
function sayPlain(value: unknown): string {
  if (Array.isArray(value)) return value.map(sayPlain).join(";") || "(无)";
  if (typeof value === "object" && value !== null) {
    const { raw } = value as { readonly raw?: unknown };
    return typeof raw === "string" ? raw : Object.values(value).map(sayPlain).join(" ");
  }
  return typeof value === "boolean" ? (value ? "是" : "否") : String(value);
}
