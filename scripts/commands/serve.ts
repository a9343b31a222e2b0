/** `serve`: the whole product on one machine, until it is told to stop. */
import type { Command } from "commander";
import type { Switches } from "../../bot/console/services.ts";
import { serve } from "../../bot/main.ts";
import { createDataDesk } from "../../knowledge/desk/data-desk.ts";
import { distinctName } from "../../knowledge/release/diff.ts";
import { switchTopicOff, switchTopicOn, withdrawRecord } from "../../knowledge/release/switches.ts";
import { intents } from "../../src/answering/intents.ts";
import type { App } from "../../src/app.ts";
import { appendAudit } from "../../src/cases/audit.ts";
import type { DataDesk } from "../../src/data-desk.ts";
import { dayOf } from "../../src/law/day.ts";
import { readSwitches } from "../../src/records/releases.ts";
import { pullReleases, pushReleases } from "../../src/store/release-files.ts";
import { type Io, releasesFolder } from "./io.ts";

export function registerServeCommand(program: Command, io: Io): void {
  program
    .command("serve")
    .description("启动网页、工作台和已配置的渠道")
    .action(async () => {
      const app = await io.openApp();
      const serving = await serve(
        app,
        consoleSwitches(app, releasesFolder(io.config)),
        consoleData(app, releasesFolder(io.config)),
      ).catch(async (refused) => {
        await app.close();
        throw refused;
      });
      // Last of all: a one-time password made by a start that then refuses would never be told.
      const admin = await app.desk.accounts.ensureFirstAdmin(app.now());
      io.print(`智能问答  ${serving.address}/`);
      io.print(`工作台    ${serving.address}/console`);
      if (admin?.password)
        io.print(`首次登录  账号 ${admin.name}  一次性密码 ${admin.password}(只显示这一次)`);
      else if (admin)
        io.print(
          `首次登录  账号 ${admin.name}  一次性密码已显示过;遗失请运行 mingzhi user reset ${admin.name}`,
        );
      io.print(`渠道      ${serving.doors.join("、")}`);
      const stop = () => {
        void serving.stop().then(() => process.exit(0));
      };
      process.once("SIGINT", stop);
      process.once("SIGTERM", stop);
    });
}

/** What the console may take out at once; the account's name stands in the journal. */
function consoleSwitches(app: App, folder: string): Switches {
  const shared = app.store.kind === "postgres";
  const pull = async () => shared && pullReleases(app.store.db, folder);
  const push = async (at: Date) => shared && pushReleases(app.store.db, folder, at);
  return {
    async list() {
      const { records, topics } = readSwitches(folder);
      const library = app.library();
      const title = (id: string) => {
        const record = library.find(id);
        return record ? distinctName(record) : id;
      };
      return {
        topics: Object.entries(intents).map(([id, label]) => ({ id, label, off: topics[id]?.reason })),
        withdrawn: Object.entries(records).map(([id, { reason }]) => ({ id, title: title(id), reason })),
      };
    },
    async setTopic(by, topic, offReason, at) {
      const decision = { by: by.name, on: dayOf(at) };
      await pull();
      if (offReason === undefined) switchTopicOn(folder, topic, { ...decision, reason: "恢复回答" }, at);
      else switchTopicOff(folder, topic, { ...decision, reason: offReason }, at);
      await push(at);
    },
    async withdraw(by, record, reason, at) {
      await pull();
      withdrawRecord(folder, record, { by: by.name, reason, on: dayOf(at) }, at);
      await push(at);
    },
  };
}

/** Lists and releases on screen; every step stands in the house's log. */
function consoleData(app: App, releases: string): DataDesk {
  const { store, config, now } = app;
  return createDataDesk({
    dataFolder: config.dataFolder,
    releases,
    demo: config.DEMO_DATA,
    now,
    audit: (by, action, subject, reason) =>
      store.db
        .transaction()
        .execute((transaction) =>
          appendAudit(store, transaction, { actor: by.id, action, subject, reason }, now()),
        ),
    ...(store.kind === "postgres" && {
      pull: () => pullReleases(store.db, releases),
      push: () => pushReleases(store.db, releases, now()),
    }),
  });
}
