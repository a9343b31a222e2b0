/** The house's desk as the console's pages need it. */
import type { CaseLine, Desk as HouseDesk } from "../../src/cases/desk.ts";
import { documentKinds, type DocumentKind as HouseDocumentKind } from "../../src/cases/documents.ts";
import { fields, moves } from "../../src/cases/states.ts";
import type { CaseStatistics } from "../../src/cases/statistics.ts";
import { AppError } from "../../src/error.ts";
import { addDays, type Day, dayOf, parseDay } from "../../src/law/day.ts";
import type { Library } from "../../src/records/library.ts";
import type { ConsoleServices, QueueItem, Statistics, Switches } from "./services.ts";

const PAGE_SIZE = 30;
/** Rows the desk gives a page of its log. */
const AUDIT_PAGE = 100;

export function createConsoleServices(
  desk: HouseDesk,
  library: () => Library,
  now: () => Date = () => new Date(),
  switches?: Switches,
): ConsoleServices {
  const names = async () => new Map((await desk.accounts.list()).map(({ id, display }) => [id, display]));
  const partyName = (id: string) => {
    const record = library().find(id);
    return record && "name" in record ? record.name : id;
  };

  return {
    accounts: desk.accounts,
    bindings: {
      async code(by, certNo) {
        const officer = library()
          .all("officer")
          .find((record) => record.certNo === certNo);
        if (!officer) throw new AppError("not_found", { say: "名单里没有这个执法证号,请核对后再试。" });
        const { code, expiresAt } = await desk.officerCodes.issue(by, officer.id);
        return { code, until: sayTime(expiresAt) };
      },
    },
    ...(switches && { switches }),
    desk: {
      async queue(by, filter) {
        const organ = filter.q ? library().entitiesNamed(filter.q)[0]?.id : undefined;
        if (filter.q && !organ) return { items: [], total: 0, page: 1, pages: 1 };
        const page = filter.page ?? 1;
        const { cases, total } = await desk.list(by, {
          ...(organ && { organ }),
          ...(filter.status && { status: filter.status }),
          ...(filter.view === "corrections" && { kind: "correction" }),
          ...(filter.view === "mine" && { assignee: by.id }),
          ...(filter.view === "tray" ? { only: "tray" } : filter.late ? { only: "late" } : {}),
          page,
          pageSize: PAGE_SIZE,
        });
        const people = await names();
        return {
          items: cases.map((line) => toItem(line, people)),
          total,
          page,
          pages: Math.max(1, Math.ceil(total / PAGE_SIZE)),
        };
      },
      async open(by, id) {
        const view = await desk.load(by, id);
        const people = await names();
        const { filing } = view;
        const said: readonly (readonly [string, string | undefined])[] = [
          ["单位(原话)", filing.organName],
          ["人员", filing.officer],
          ["时间", filing.when ?? filing.day],
          ["地点", filing.where],
          ["金额", filing.amountYuan === undefined ? undefined : `${filing.amountYuan} 元`],
          ["被指有误的记录", filing.record],
        ];
        const today = dayOf(now());
        return {
          item: toItem(view, people),
          version: view.version,
          text: filing.what,
          facts: said.flatMap(([label, value]) => (value ? [{ label, value }] : [])),
          reason: view.reason,
          excluded: view.excluded.map(({ party, why }) => ({ name: partyName(party), why })),
          clocks: view.clocks.map(({ label, due, basis }) => ({ label, due, basis, late: due < today })),
          events: view.events.map((event) => ({
            at: sayTime(event.at),
            actor: sayActor(event.actor, people),
            label: event.kind in moves ? moves[event.kind as keyof typeof moves].label : "登记",
            fields: Object.entries(event.fields).flatMap(([name, value]) =>
              value && name in fields ? [{ label: fields[name as keyof typeof fields].label, value }] : [],
            ),
          })),
          messages: view.messages.map(({ at, from, text }) => ({ at: sayTime(at), from, text })),
          files: view.files.map(({ id: file, type, bytes }) => ({
            id: file,
            name: `证据 ${file}`,
            type,
            bytes,
          })),
          moves: view.moves.map(({ name }) => name),
          identity: (["name", "contact"] as const).filter((field) => view.identity[field] !== ""),
        };
      },
      move: (by, id, version, name, given) => desk.act(by, id, name, given, version),
      say: (by, id, text) => desk.write(by, id, text),
      async draft(by, id, kind) {
        const known: HouseDocumentKind = kind;
        return { title: `${documentKinds[known]}(草稿)`, text: await desk.draft(by, id, known) };
      },
      async reveal(by, id, field, reason) {
        const value = await desk.reveal(by, id, field, reason);
        if (value === undefined) throw new AppError("not_found", { say: "没有留下这一项,或已按期删除。" });
        return value;
      },
      file: (by, id, file) => desk.file(by, id, file),
      async alarms(by) {
        const rows = await desk.alarms(by);
        return rows.map((row) => ({ id: row.id, at: sayTime(new Date(row.first_at)), text: row.text }));
      },
      acknowledge: (by, id) => desk.acknowledge(by, id),
      async statistics(by, month) {
        const from = parseDay(`${month}-01`);
        if (!from) throw new AppError("bad_input", { say: "月份应写成 2026-11。" });
        return toStatistics(await desk.statistics(by, from, lastDayOf(from)));
      },
      async audit(by, page) {
        const [rows, broken, people] = await Promise.all([
          desk.audit(by, page),
          desk.verifyChains(by),
          names(),
        ]);
        return {
          items: rows.map((row) => ({
            at: sayTime(new Date(row.at)),
            who: sayActor(row.actor, people),
            what: row.action,
            about: row.subject,
            reason: row.reason,
          })),
          page,
          more: rows.length === AUDIT_PAGE,
          intact: broken === undefined,
        };
      },
    },
  };
}

function toItem(line: CaseLine, people: ReadonlyMap<string, string>): QueueItem {
  return {
    id: line.id,
    kind: line.kind,
    status: line.status,
    matter: line.matter,
    ...(line.organName && { organ: line.organName }),
    ...(line.area && { area: line.area }),
    submitted: dayOf(line.submittedAt),
    ...(line.dueDay && { dueDay: line.dueDay }),
    late: line.late,
    ...(line.assignee && { assignee: people.get(line.assignee) ?? line.assignee }),
  };
}

function toStatistics(figures: CaseStatistics): Statistics {
  const group = (title: string, rows: CaseStatistics["byOrgan"]) => ({
    title,
    rows: rows.map(({ label, count }) => ({ name: label, count })),
  });
  return {
    total: figures.filed,
    open: figures.open,
    late: figures.late,
    ...(figures.daysToAccept.median !== undefined && { daysToAccept: figures.daysToAccept.median }),
    ...(figures.daysToClose.median !== undefined && { daysToClose: figures.daysToClose.median }),
    by: [
      group("按机关", figures.byOrgan),
      group("按事项", figures.byMatter),
      group("按地区", figures.byArea),
      group("按结果", figures.byResult),
    ],
  };
}

function sayActor(actor: string, people: ReadonlyMap<string, string>): string {
  if (actor === "complainant") return "投诉人";
  return actor === "system" ? "系统" : (people.get(actor) ?? actor);
}

/** `2026-11-24 09:30`, Beijing. */
function sayTime(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");
}

function lastDayOf(first: Day): Day {
  let day = addDays(first, 27);
  while (addDays(day, 1).slice(0, 7) === first.slice(0, 7)) day = addDays(day, 1);
  return day;
}
