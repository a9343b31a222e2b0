/** The house's desk as the console's pages need it. */
import { hasRole } from "../../src/cases/access.ts";
import type { Account } from "../../src/cases/accounts.ts";
import type { CaseLine } from "../../src/cases/case-view.ts";
import { AUDIT_PAGE, type Desk as HouseDesk, type QueueSearch } from "../../src/cases/desk.ts";
import { titleOf } from "../../src/cases/documents.ts";
import type { FieldName, MoveFields } from "../../src/cases/states.ts";
import type { CaseStatistics } from "../../src/cases/statistics.ts";
import type { DataDesk } from "../../src/data-desk.ts";
import { AppError } from "../../src/error.ts";
import { addDays, type Day, dayOf, parseDay } from "../../src/law/day.ts";
import type { Library } from "../../src/records/library.ts";
import { deeds, sayDeed } from "./audit-words.ts";
import { sayActor, sayTime, toCaseView, toItem } from "./case-view.ts";
import { EVERY_ORGAN, organIdOf, organNameOf } from "./organs.ts";
import type { ConsoleServices, QueueFilter, Statistics, Switches } from "./services.ts";

/** Fields of a move that name an organ. */
const organFields: readonly FieldName[] = ["office", "referTo", "recipient"];
const channels = { door: "投诉人的渠道", webhook: "对接系统", console: "工作台" } as const;
const topics: Readonly<Record<string, string>> = {
  "case.news": "告知投诉人有新进展",
  "case.new": "新件通知",
  "case.escalated": "逾期上报",
  "document.issued": "文书送达",
  "document.answered": "文书已答复",
};
const PAGE_SIZE = 30;

export function createConsoleServices(
  desk: HouseDesk,
  library: () => Library,
  now: () => Date = () => new Date(),
  switches?: Switches,
  data?: DataDesk,
): ConsoleServices {
  const items = async (lines: readonly CaseLine[]) => {
    const people = await names();
    return lines.map((line) => toItem(line, people, library(), dayOf(now())));
  };
  async function narrow(by: Account, { assignee, page: _, ...filter }: QueueFilter): Promise<QueueSearch> {
    if (!assignee || assignee === "none") return { ...filter, ...(assignee && { assignee }) };
    if (assignee === "me") return { ...filter, assignee: by.id };
    const found = (await desk.accounts.list()).find(({ name }) => name === assignee);
    return { ...filter, assignee: found?.id ?? assignee };
  }
  const names = async () => new Map((await desk.accounts.list()).map(({ id, display }) => [id, display]));
  return {
    accounts: desk.accounts,
    organId: (written) => organIdOf(library(), written),
    organName: (id) => organNameOf(library(), id),
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
    ...(data && { data }),
    desk: {
      async queue(by, filter) {
        const page = filter.page ?? 1;
        const { cases, total } = await desk.list(by, {
          ...(await narrow(by, filter)),
          page,
          pageSize: PAGE_SIZE,
        });
        return {
          items: await items(cases),
          total,
          page,
          pages: Math.max(1, Math.ceil(total / PAGE_SIZE)),
        };
      },
      count: async (by, filter) => desk.count(by, await narrow(by, filter)),
      exportList: async (by, filter) => items(await desk.listForExport(by, await narrow(by, filter))),
      async assignees(by) {
        return (await desk.accounts.list())
          .filter(
            (one) =>
              !one.disabled &&
              hasRole(one, "supervisor", "reviewer", "editor") &&
              (by.entity === EVERY_ORGAN || one.entity === by.entity),
          )
          .map(({ name, display }) => ({ value: name, label: `${display}(${name})` }));
      },
      async assignAll(by, ids, assignee) {
        const failed: { id: string; say: string }[] = [];
        for (const id of ids) {
          try {
            await desk.act(by, id, "assign", { assignee });
          } catch (thrown) {
            if (!(thrown instanceof AppError) || thrown.status >= 500) throw thrown;
            failed.push({ id, say: thrown.say });
          }
        }
        return { done: ids.length - failed.length, failed };
      },
      async open(by, id) {
        const view = await desk.load(by, id);
        const accounts = await desk.accounts.list();
        return toCaseView(view, by, accounts, library(), dayOf(now()));
      },
      async move(by, id, version, name, given) {
        await desk.act(by, id, name, withOrgans(given, library()), version);
      },
      say: (by, id, text) => desk.write(by, id, text),
      preview: (by, id, name, given) => desk.preview(by, id, name, withOrgans(given, library())),
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
      export: (by, id, reason) => desk.export(by, id, reason),
      async inquiries(by) {
        const today = dayOf(now());
        return (await desk.inquiries.list(by)).map((one) => ({
          id: one.id,
          title: titleOf(one.kind, one.number),
          at: sayTime(one.at),
          ...(one.dueDay && { due: one.dueDay }),
          late: one.answer === undefined && one.dueDay !== undefined && one.dueDay < today,
          text: one.text,
          ...(one.answer && { answer: one.answer }),
        }));
      },
      answer: (by, id, text) => desk.inquiries.answer(by, id, text),
      async stuck(by) {
        return (await desk.stuck(by)).map((row) => ({
          id: row.id,
          at: sayTime(new Date(row.created_at)),
          topic: topics[row.topic] ?? row.topic,
          channel: channels[row.channel],
          tries: row.tries,
          error: row.last_error ?? "",
        }));
      },
      retry: (by, id) => desk.retry(by, id),
      async statistics(by, month) {
        const from = parseDay(`${month}-01`);
        if (!from) throw new AppError("bad_input", { say: "月份应写成 2026-11。" });
        return toStatistics(await desk.statistics(by, from, lastDayOf(from)));
      },
      async audit(by, page, { deed, who, about }) {
        const accounts = await desk.accounts.list();
        const people = new Map(accounts.map(({ id, display, name }) => [id, `${display}(${name})`]));
        const actor =
          who && (accounts.find(({ name, display }) => name === who || display === who)?.id ?? who);
        const [rows, broken] = await Promise.all([
          desk.audit(by, page, {
            ...(deed && { actions: Object.keys(deeds[deed].actions) }),
            ...(actor && { actor }),
            ...(about && { subject: about }),
          }),
          desk.verifyChains(by),
        ]);
        return {
          items: rows
            .filter(({ no }) => no > 0)
            .map((row) => ({
              at: sayTime(new Date(row.at)),
              who: sayActor(row.actor, people),
              what: sayDeed(row.action),
              about: people.get(row.subject) ?? row.subject,
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

/** Organs as ids, where a person wrote a name. @throws AppError `unknown_value` with the field it stands in. */
function withOrgans(given: MoveFields, library: Library): MoveFields {
  const fields = { ...given };
  for (const field of organFields) {
    const written = fields[field];
    if (!written) continue;
    try {
      fields[field] = organIdOf(library, written);
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      throw new AppError(thrown.code, { say: thrown.say, detail: { field } });
    }
  }
  return fields;
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

function lastDayOf(first: Day): Day {
  let day = addDays(first, 27);
  while (addDays(day, 1).slice(0, 7) === first.slice(0, 7)) day = addDays(day, 1);
  return day;
}
