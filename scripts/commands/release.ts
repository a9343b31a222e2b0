/** `release …`: from drafts to what people are answered from, and back. */
import type { Command } from "commander";
import { diffRecords, distinctName } from "../../knowledge/release/diff.ts";
import { discardDraft } from "../../knowledge/release/discard.ts";
import { listReleases } from "../../knowledge/release/folder.ts";
import type { HeldList } from "../../knowledge/release/hold.ts";
import { nameOfList, nextRelease, publishNext, type ReleaseHouse } from "../../knowledge/release/next.ts";
import { checkDraft, rollBack } from "../../knowledge/release/publish.ts";
import { publishShippedData } from "../../knowledge/release/shipped.ts";
import {
  restoreRecord,
  switchTopicOff,
  switchTopicOn,
  withdrawRecord,
} from "../../knowledge/release/switches.ts";
import { intentNames } from "../../src/answering/intents.ts";
import { AppError } from "../../src/error.ts";
import { dayOf } from "../../src/law/day.ts";
import { readCurrent, readRelease } from "../../src/records/releases.ts";
import type { PublishedRecord } from "../../src/records/schema.ts";
import { type Database, openStore } from "../../src/store/database.ts";
import { pullReleases, pushReleases } from "../../src/store/release-files.ts";
import { type Io, releasesFolder } from "./io.ts";

export function registerReleaseCommands(program: Command, io: Io): void {
  const folder = releasesFolder(io.config);
  const release = program
    .command("release")
    .description("检查、发布、比较、回退公示数据")
    .hook("preAction", () => exchange(io, folder, pullReleases))
    .hook("postAction", () => exchange(io, folder, (db) => pushReleases(db, folder, new Date())));

  release
    .command("check")
    .description("对将要发布的全部记录运行跨记录检查")
    .option("--json", "输出一份 JSON")
    .action((options: { json?: boolean }) => {
      const { whole, going, held } = nextRelease(houseOf(io), today());
      const result = checkDraft(whole.records, today());
      const lists = { going: going.map(({ id }) => id), held: held.map(saidOf) };
      if (options.json) io.json({ ok: result.errors.length === 0 && held.length === 0, ...result, ...lists });
      else {
        io.print(
          `共 ${result.records} 条记录:错误 ${result.errors.length} 处,提醒 ${result.warnings.length} 处。`,
        );
        for (const issue of [...result.errors, ...result.warnings.slice(0, 20)])
          io.print(`【${issue.severity}】${issue.message}`);
        sayHeld(io, held);
        if (going.length > 0)
          io.print(`可以发布的清单 ${going.length} 份:${going.map(nameOfList).join("、")}。`);
      }
      if (result.errors.length > 0 || held.length > 0) process.exitCode = 1;
    });

  release
    .command("publish")
    .description("由两个不同的人准备并发布")
    .requiredOption("--prepared-by <name>", "准备人")
    .requiredOption("--published-by <name>", "发布人,不能是准备人或导入人")
    .option("--note <text>", "说明")
    .option("--remove-missing", "同意删除新清单中不再出现的记录")
    .option("--json", "输出一份 JSON")
    .action(
      (options: {
        preparedBy: string;
        publishedBy: string;
        note?: string;
        removeMissing?: boolean;
        json?: boolean;
      }) => {
        const {
          manifest,
          missing: unnamed,
          held,
        } = publishNext(houseOf(io), options, today(), new Date(), options);
        const missing = unnamed.map((record) => record.id);
        if (options.json) io.json({ ...manifest, missing, held: held.map(saidOf) });
        else {
          io.print(`已发布 ${manifest.id},共 ${manifest.records} 条记录。`);
          sayHeld(io, held);
          if (unnamed.length > 0 && !options.removeMissing) {
            io.print(
              `有 ${unnamed.length} 条记录在新清单中不再出现,仍保留。要停用请用 release withdraw;要删除请重新导入该清单,发布时加 --remove-missing。`,
            );
            for (const record of unnamed.slice(0, 20)) io.print(`  ${sayRecord(record)}`);
          }
        }
      },
    );

  release
    .command("list")
    .option("--json", "输出一份 JSON")
    .action((options: { json?: boolean }) => {
      publishShippedData(folder, { demo: io.config.DEMO_DATA });
      const releases = listReleases(folder);
      if (options.json) return io.json(releases);
      for (const one of releases) {
        io.print(
          `${one.live ? "*" : " "} ${one.id}  ${one.records} 条  ${one.preparedBy} → ${one.publishedBy}  ${one.note ?? ""}`,
        );
      }
    });

  release
    .command("diff")
    .description("将要发布的与现行的不同;或任意两版的不同")
    .option("--from <release>", "旧的一版,默认现行版")
    .option("--to <release>", "新的一版,默认将要发布的")
    .option("--json", "输出一份 JSON")
    .action((options: { from?: string; to?: string; json?: boolean }) => {
      publishShippedData(folder, { demo: io.config.DEMO_DATA });
      const before = recordsOf(folder, options.from ?? readCurrent(folder));
      const { records: after, missing } = options.to
        ? { records: recordsOf(folder, options.to), missing: [] }
        : nextRelease(houseOf(io), today()).whole;
      const difference = diffRecords(before, after, today());
      if (options.json) return io.json({ ...difference, missing: missing.map((record) => record.id) });
      for (const [label, changes] of [
        ["新增", difference.added],
        ["变更", difference.changed],
        ["删除", difference.removed],
        ["30 日内到期", difference.expiring],
      ] as const) {
        io.print(`${label} ${changes.length} 条`);
        for (const one of changes.slice(0, 20)) {
          io.print(`  ${one.kind} ${one.name}${one.fields.length > 0 ? `:${one.fields.join("、")}` : ""}`);
        }
      }
      if (missing.length > 0)
        io.print(`新清单中不再出现 ${missing.length} 条,发布时加 --remove-missing 才删除`);
      for (const record of missing.slice(0, 20)) io.print(`  ${sayRecord(record)}`);
    });

  release
    .command("rollback <release>")
    .description("让先前的一版重新生效")
    .requiredOption("--by <name>", "经办人")
    .requiredOption("--approved-by <name>", "批准人,不能是经办人")
    .requiredOption("--reason <text>", "理由")
    .option("--json", "输出一份 JSON")
    .action((id: string, options: { by: string; approvedBy: string; reason: string; json?: boolean }) => {
      const moved = rollBack(folder, id, options, new Date());
      if (options.json) io.json(moved);
      else io.print(`已从 ${moved.from} 回退到 ${moved.to}。`);
    });

  registerSwitches(release, io, folder);
}

type Decide = { by: string; reason: string; json?: boolean };

function registerSwitches(release: Command, io: Io, folder: string): void {
  const withReason = (command: Command) =>
    command
      .requiredOption("--by <name>", "经办人")
      .requiredOption("--reason <text>", "理由")
      .option("--json", "输出一份 JSON");
  const done = (options: Decide, value: Record<string, string>, said: string) =>
    options.json ? io.json(value) : io.print(said);

  withReason(release.command("discard <drafts...>").description("丢弃导入后还没有发布的草稿")).action(
    (ids: readonly string[], options: Decide) => {
      const said = ids.map((id) => {
        const { file, counts } = discardDraft(folder, io.config.dataFolder, id, options, new Date());
        return `已丢弃《${file}》的草稿 ${id}(${counts.accepted} 行)。`;
      });
      done(options, { discarded: ids.join("、") }, said.join("\n"));
    },
  );
  withReason(release.command("withdraw <record>").description("立即停用一条记录")).action(
    (id: string, options: Decide) => {
      const record = readRelease(folder, readCurrent(folder)).find(id);
      if (!record) throw new AppError("not_found", { say: `现行版中没有编号为“${id}”的记录。` });
      withdrawRecord(folder, id, { ...options, on: today() }, new Date());
      done(options, { withdrawn: id }, `已停用“${distinctName(record)}”。`);
    },
  );
  withReason(release.command("restore <record>").description("恢复一条停用的记录")).action(
    (id: string, options: Decide) => {
      restoreRecord(folder, id, { ...options, on: today() }, new Date());
      done(options, { restored: id }, `已恢复 ${id}。`);
    },
  );
  withReason(release.command("topic-off <intent>").description("立即停答一类问题")).action(
    (intent: string, options: Decide) => {
      if (!intentNames.some((name) => name === intent)) {
        throw new AppError("unknown_value", { say: `没有主题“${intent}”。可用:${intentNames.join("、")}。` });
      }
      switchTopicOff(folder, intent, { ...options, on: today() }, new Date());
      done(options, { off: intent }, `已停答 ${intent}。`);
    },
  );
  withReason(release.command("topic-on <intent>").description("恢复回答一类问题")).action(
    (intent: string, options: Decide) => {
      switchTopicOn(folder, intent, { ...options, on: today() }, new Date());
      done(options, { on: intent }, `已恢复回答 ${intent}。`);
    },
  );
}

/** With one database for several machines, what is changed here starts from and goes to all of them. */
async function exchange(
  io: Io,
  folder: string,
  move: (db: Database, folder: string) => Promise<unknown>,
): Promise<void> {
  if (!io.config.DATABASE_URL) return;
  const store = await openStore(io.config.DATABASE_URL);
  try {
    await move(store.db, folder);
  } finally {
    await store.close();
  }
}

function sayRecord(record: PublishedRecord): string {
  return `${record.kind} ${distinctName(record)}(${record.id})`;
}

function houseOf(io: Io): ReleaseHouse {
  const { dataFolder, DEMO_DATA } = io.config;
  return { dataFolder, releases: releasesFolder(io.config), demo: DEMO_DATA };
}

const saidOf = ({ list, reasons }: HeldList) => ({ draft: list.id, file: list.file, reasons });

function sayHeld(io: Io, held: readonly HeldList[]): void {
  for (const { list, reasons } of held) {
    io.print(`暂不发布${nameOfList(list)},仍留作草稿,${reasons.length} 处:`);
    for (const reason of reasons.slice(0, 5)) io.print(`  ${reason}`);
  }
}

function recordsOf(folder: string, id: string): readonly PublishedRecord[] {
  return readRelease(folder, id).records();
}

function today() {
  return dayOf(new Date());
}
