/** An office with real accounts and one case, moved by the real table of states and kept in memory. */
import type { Account, ConsoleServices } from "../../bot/console/services.ts";
import { loadCalendar } from "../../knowledge/calendar.ts";
import { createAccounts } from "../../src/cases/accounts.ts";
import { startClock } from "../../src/cases/clocks.ts";
import { moves } from "../../src/cases/states.ts";
import { type CaseState, permittedMoves, transition } from "../../src/cases/transition.ts";
import { AppError } from "../../src/error.ts";
import { keysFrom } from "../../src/keys.ts";
import { dayOf, daysBetween } from "../../src/law/day.ts";
import { openStore } from "../../src/store/database.ts";

export const PASSWORD = "correct horse battery";
const calendar = loadCalendar();

export interface Office {
  readonly services: ConsoleServices;
  /** Closes its own store. */
  close(): Promise<void>;
  readonly revealed: { readonly by: string; readonly reason: string }[];
  state(): CaseState;
}

export async function openOffice(
  text: string,
  options: { readonly roles?: Account["roles"]; readonly late?: boolean } = {},
): Promise<Office> {
  const store = await openStore(":memory:");
  const accounts = createAccounts(store, keysFrom(Buffer.alloc(32, 3)));
  const at = new Date("2026-11-24T01:00:00Z");
  const { account, password } = await accounts.add(
    {
      name: "liming",
      display: "李明(演示)",
      roles: [
        ...(options.roles ?? (["supervisor", "reviewer", "admin", "auditor", "editor", "liaison"] as const)),
      ],
      entity: "ent_demo_sfj",
    },
    at,
  );
  await accounts.changePassword(account, password, PASSWORD, at);
  const submitted = dayOf(new Date(options.late ? "2026-01-05T02:00:00Z" : "2026-11-23T02:00:00Z"));
  let state: CaseState = {
    status: "registered",
    kind: "complaint",
    matter: "fine",
    excluded: ["ent_demo_cgj"],
    submitted,
    clocks: [
      startClock("accept", false, submitted, calendar),
      startClock("finish", false, submitted, calendar),
    ],
    awaiting: [],
    returns: 0,
  };
  let version = 1;
  const events = [
    {
      at: submitted as string,
      actor: "系统",
      label: "登记",
      fields: [] as { label: string; value: string }[],
    },
  ];
  const messages: { at: string; from: "complainant" | "office"; text: string }[] = [];
  const revealed: Office["revealed"] = [];
  let alarms = [{ id: "al1", at: submitted as string, text: "一件通知三次未送达" }];
  const answers: string[] = [];
  let stuck = [
    { id: "o1", at: "2026-11-23", topic: "文书送达", channel: "工作台", tries: 8, error: "连接被拒绝" },
  ];
  const topics: { id: string; label: string; off?: string }[] = [{ id: "benchmark", label: "裁量档次" }];

  const item = (at: Date) => {
    const dueDay = state.clocks.map((clock) => clock.due).sort()[0];
    return {
      id: "C-1",
      kind: state.kind,
      status: state.status,
      matter: state.matter,
      organ: "演示市城市管理局",
      submitted: state.submitted,
      ...(dueDay && { dueDay, daysLeft: daysBetween(dayOf(at), dueDay) }),
      late: dueDay !== undefined && dueDay < dayOf(at),
      ...(state.assignee && { assignee: state.assignee }),
    };
  };
  const mover = (by: Account) => ({ kind: by.roles, id: by.id });

  return {
    close: () => store.close(),
    revealed,
    state: () => state,
    services: {
      accounts,
      organId: (written) => written,
      organName: (id) => id,
      bindings: { code: async () => ({ code: "246810", until: "2026-11-25" }) },
      desk: {
        queue: async (_by, _filter, at) => ({ items: [item(at)], total: 1, page: 1, pages: 1 }),
        async open(by, id, at) {
          if (id !== "C-1") return undefined;
          return {
            item: item(at),
            version,
            text,
            facts: [{ label: "地点", value: "市场门口" }],
            reason: "同级司法行政部门监督",
            excluded: [{ name: "演示市城市管理局", why: "被反映机关" }],
            clocks: state.clocks.map(({ label, due, basis }) => ({
              label,
              due,
              basis,
              late: due < dayOf(at),
            })),
            events,
            messages,
            files: [],
            moves: permittedMoves(state, mover(by), dayOf(at)),
            identity: ["contact"],
            documents: [
              {
                title: "核查通知",
                state: "answered",
                at: "2026-11-23",
                recipient: "演示市城市管理局",
                text: "请说明有关执法情况。",
                answer: "已自查。",
              },
            ],
            offers: { assignee: [{ value: "liming", label: "李明(演示)(liming)" }] },
            organs: ["演示市司法局"],
            may: { write: true, reveal: true, export: true },
            begin: {},
          };
        },
        async move(by, _id, seen, name, fields, at) {
          if (seen !== version) throw new AppError("conflict");
          const moved = transition(state, name, fields, mover(by), dayOf(at), calendar);
          if (moved.kind === "refused") throw new AppError("bad_input", { say: moved.say });
          state = moved.case;
          version += 1;
          events.push({
            at: dayOf(at),
            actor: by.display,
            label: moves[name].label,
            fields: Object.entries(fields).map(([label, value]) => ({ label, value: value ?? "" })),
          });
        },
        async say(_by, _id, said, at) {
          messages.push({ at: dayOf(at), from: "office", text: said });
        },
        preview: async () => "核查通知\n(文号在发出时编)\n演示市城市管理局:\n请核查并答复。",
        count: async () => 1,
        exportList: async (_by, _filter) => [item(new Date())],
        assignees: async () => [{ value: "liming", label: "李明(演示)(liming)" }],
        assignAll: async (_by, ids) => ({ done: ids.length, failed: [] }),
        async reveal(by, _id, _field, reason) {
          revealed.push({ by: by.name, reason });
          return "0359-0000000";
        },
        export: async (by, id) => `${id} 〔${by.display}〕`,
        inquiries: async () => [
          {
            id: "d1",
            title: "核查通知",
            at: "2026-11-23",
            late: false,
            text: "请说明有关执法情况。",
            ...(answers[0] && { answer: answers[0] }),
          },
        ],
        answer: async (_by, _id, said) => {
          answers.push(said);
        },
        stuck: async () => stuck,
        retry: async (_by, id) => {
          stuck = stuck.filter((one) => one.id !== id);
        },
        alarms: async () => alarms,
        async acknowledge(_by, id) {
          alarms = alarms.filter((alarm) => alarm.id !== id);
        },
        statistics: async () => ({
          total: 3,
          open: 2,
          late: 1,
          daysToAccept: 2.5,
          by: [
            {
              title: "按事项",
              rows: [
                { name: "乱罚款", count: 2 },
                { name: "=1+1", count: 1 },
                { name: "\r=1+2", count: 1 },
                { name: " =1+3", count: 1 },
              ],
            },
          ],
        }),
        audit: async () => ({
          items: [{ at: "2026-11-24", who: "liming", what: "查看身份", about: "C-1", reason: "核实" }],
          page: 1,
          more: false,
          intact: true,
        }),
      },
      switches: {
        list: async () => ({ topics, withdrawn: [] }),
        async setTopic(_by, id, off) {
          topics.splice(0, topics.length, { id, label: "裁量档次", ...(off && { off }) });
        },
        async withdraw() {},
      },
    },
  };
}
