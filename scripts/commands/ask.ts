/** `ask`: one turn, or a file of them, through the front door. `chat`: a talk in the terminal. */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { z } from "zod";
import { plainMessages } from "../../bot/text/render.ts";
import type { App } from "../../src/app.ts";
import { AppError } from "../../src/error.ts";
import { type Day, parseDay } from "../../src/law/day.ts";
import { createLibrary, type Library } from "../../src/records/library.ts";
import type { Reply } from "../../src/reply.ts";
import { openStore } from "../../src/store/database.ts";
import { type Role, roles, type Turn } from "../../src/turn.ts";
import type { Io } from "./io.ts";

interface AskOptions {
  readonly role?: string;
  readonly area?: string;
  readonly today?: string;
  readonly dataset?: string;
  readonly batch?: string;
  readonly json?: boolean;
}

/** One line of a batch. Lines with the same `conversation` talk in one; without it each starts afresh. */
const BatchLine = z.object({
  id: z.union([z.string(), z.number()]),
  q: z.string(),
  role: z.enum(roles).optional(),
  area: z.string().optional(),
  today: z.string().optional(),
  conversation: z.string().optional(),
});

export function registerAskCommands(program: Command, io: Io): void {
  program
    .command("ask [text]")
    .description("问一句,打印回答;--batch 一次问一个文件")
    .option("--role <role>", "citizen 或 officer", "citizen")
    .option("--area <code>", "所在地区代码,如 140802")
    .option("--today <day>", "按这一天回答,如 2026-11-24")
    .option("--dataset <names>", "只用这些数据集(national 总在内),用逗号分开")
    .option("--batch <file>", "每行一个 JSON:{id,q,role?,area?,today?,conversation?}")
    .option("--json", "输出 JSON")
    .action(async (text: string | undefined, options: AskOptions) => {
      if (text === undefined && options.batch === undefined) {
        throw new AppError("bad_input", { say: "请写上要问的话,或者用 --batch 指定文件。" });
      }
      const app = await openForQuestions(io, options.dataset);
      try {
        if (options.batch !== undefined) await askBatch(app, io, options.batch, options);
        else {
          const reply = await askOnce(app, text ?? "", readManners(options));
          if (options.json) io.json(reply);
          else for (const message of sayReply(reply)) io.print(message);
        }
      } finally {
        await app.close();
      }
    });

  program
    .command("chat")
    .description("在终端里对话")
    .option("--role <role>", "citizen 或 officer", "citizen")
    .action(async (options: { role: string }) => {
      const { runTerminal } = await import("../../bot/terminal/door.ts");
      const app = await io.openApp();
      await runTerminal(app, {
        role: readRole(options.role),
        input: process.stdin,
        output: process.stdout,
      });
      await app.close();
    });
}

export interface Manners {
  readonly role: Role;
  readonly area?: string;
  readonly today?: Day;
  readonly conversation?: string;
}

/**
 * A house for questions only: nothing asked is written to the operator's store, and look-ups are not counted
 * against anybody.
 */
export async function openForQuestions(io: Io, datasets?: string): Promise<App> {
  const store = await openStore(":memory:");
  const checkLimits = { refuse: () => undefined };
  if (datasets === undefined) return io.openApp({ store, checkLimits });
  const library = onlyDatasets(await io.openLibrary(), datasets.split(","));
  return io.openApp({ store, checkLimits, releases: { library: () => library } });
}

function onlyDatasets(library: Library, names: readonly string[]): Library {
  const known = [...new Set(library.records().map((record) => record.dataset))].sort();
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new AppError("unknown_value", {
      say: `没有数据集“${unknown.join("、")}”。可用的有:${known.join("、")}。`,
    });
  }
  return createLibrary(
    library.release,
    library.records().filter((record) => record.dataset === "national" || names.includes(record.dataset)),
  );
}

export function askOnce(app: App, text: string, manners: Manners): Promise<Reply> {
  const conversation = manners.conversation ?? randomUUID();
  const turn: Turn = {
    id: randomUUID(),
    door: "api",
    conversation,
    person: conversation,
    role: manners.role,
    text,
    files: [],
    ...(manners.area ? { area: manners.area } : {}),
    at: manners.today ? new Date(`${manners.today}T12:00:00+08:00`) : new Date(),
  };
  return app.assistant.reply(turn);
}

async function askBatch(app: App, io: Io, file: string, options: AskOptions): Promise<void> {
  const base = readManners(options);
  const lines = readFileSync(file, "utf8").split("\n");
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const asked = parseLine(line, file, index + 1);
    const reply = await askOnce(app, asked.q, {
      role: asked.role ?? base.role,
      area: asked.area ?? base.area,
      today: asked.today === undefined ? base.today : readDay(asked.today),
      conversation: asked.conversation,
    });
    if (options.json) io.json({ id: asked.id, ...reply });
    else {
      io.print(`【${asked.id}】${asked.q}`);
      for (const message of sayReply(reply)) io.print(message);
    }
  }
}

function parseLine(line: string, file: string, number: number): z.infer<typeof BatchLine> {
  try {
    return BatchLine.parse(JSON.parse(line));
  } catch (cause) {
    throw new AppError("bad_input", {
      say: `${file} 第 ${number} 行应是一个 JSON 对象:{"id":"1","q":"问题"},可加 role、area、today、conversation。`,
      cause,
    });
  }
}

function readManners(options: AskOptions): Manners {
  return {
    role: readRole(options.role ?? "citizen"),
    ...(options.area ? { area: options.area } : {}),
    ...(options.today ? { today: readDay(options.today) } : {}),
  };
}

function readRole(text: string): Role {
  const role = roles.find((known) => known === text);
  if (role) return role;
  throw new AppError("bad_input", { say: `--role 应为 ${roles.join(" 或 ")},收到“${text}”。` });
}

function readDay(text: string): Day {
  const day = parseDay(text);
  if (day) return day;
  throw new AppError("bad_input", { say: `日期“${text}”不存在或写法不对,应写成 2026-11-24。` });
}

const sayReply = (reply: Reply) => plainMessages(reply, { amount: 100_000, unit: "characters" });
