/** `deadline`, `competence`, `gate`: the rules of law from the command line. */
import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { z } from "zod";
import { loadCalendar } from "../../knowledge/calendar.ts";
import { AppError, asAppError } from "../../src/error.ts";
import type { Calendar } from "../../src/law/calendar.ts";
import { type Day, parseDay, sayDay } from "../../src/law/day.ts";
import { computeDeadline, type Deadline, findCountedRule, listRules } from "../../src/law/deadline.ts";
import { parseFacts } from "../../src/law/gates/facts.ts";
import { askGate, findGate, listGates } from "../../src/law/gates/gates.ts";
import {
  type ActKind,
  actKinds,
  type Competence,
  competence,
  type Finding,
} from "../../src/law/jurisdiction.ts";
import type { SaidRef } from "../../src/law/legal-ref.ts";
import type { Organ } from "../../src/law/organ.ts";
import { sayLength } from "../../src/law/period.ts";
import type { DeadlineRule } from "../../src/law/rule.ts";
import { organNamed } from "../../src/tools/law.ts";

/** What these commands need of the caller; the command line's `Io` has it. */
export interface LawIo {
  readonly config: { readonly dataFolder: string };
  openLibrary(): Promise<{
    entitiesNamed(name: string): readonly { readonly id: string; readonly name: string }[];
    organ(id: string): Organ | undefined;
  }>;
  print(text: string): void;
  json(value: unknown): void;
  note(text: string): void;
}

const BatchLine = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  rule: z.string(),
  from: z.string(),
});

export function registerLawCommands(program: Command, io: LawIo): void {
  const calendar = () => loadCalendar(`${io.config.dataFolder}/calendar`);

  program
    .command("deadline [rule]")
    .description("计算期限:从触发日算出最后一天,并说明怎么算的")
    .option("--from <date>", "触发日,如 2026-03-02(当天不算)")
    .option("--extended", "加上已批准的一次延长")
    .option("--list", "列出全部规则及依据")
    .option("--batch <file>", "逐行读取 {rule, from},逐行输出结果")
    .option("--json", "只输出 JSON")
    .action((rule: string | undefined, options: DeadlineArguments) => {
      if (options.list) return printRules(io, options.json === true);
      if (options.batch) return runBatch(io, calendar(), options.batch);
      if (!rule || !options.from)
        throw new AppError("bad_input", { say: "用法:deadline <规则> --from <日期>,或 deadline --list。" });
      const deadline = computeDeadline(findCountedRule(rule), readDay(options.from), calendar(), {
        extended: options.extended,
      });
      if (options.json) io.json(deadline);
      else io.print(sayDeadline(deadline));
    });

  program
    .command("competence")
    .description("查找复议机关、被告和法院级别")
    .requiredOption("--organ <name>", "作出行为的机关名称")
    .option("--kind <kind>", `行为种类:${actKinds.join("、")}`)
    .option("--json", "只输出 JSON")
    .action(async (options: { organ: string; kind?: string; json?: boolean }) => {
      const found = await findCompetence(io, options.organ, readKind(options.kind));
      if (options.json) io.json(found);
      else io.print(sayCompetence(found));
    });

  program
    .command("gate [id]")
    .description("办案前的判断:能不能、要不要")
    .option("--facts <json>", '案情,如 \'{"party":"citizen","fineYuan":200}\'', "{}")
    .option("--list", "列出全部判断")
    .option("--json", "只输出 JSON")
    .action((id: string | undefined, options: { facts: string; list?: boolean; json?: boolean }) => {
      if (options.list) return printGates(io, options.json === true);
      if (!id) throw new AppError("bad_input", { say: "用法:gate <判断> --facts '{…}',或 gate --list。" });
      findGate(id);
      const answer = askGate(id, parseFacts(readJson(options.facts)));
      if (options.json) return io.json(answer);
      const words = { yes: "是", no: "否", depends: "要看情况" } as const;
      io.print(
        [
          `${findGate(id).title}:${words[answer.answer]}`,
          ...answer.reasons,
          ...(answer.on ?? []).map(({ ask }) => `请补充:${ask}`),
          sayBasis(answer.basis),
        ].join("\n"),
      );
    });
}

interface DeadlineArguments {
  readonly from?: string;
  readonly extended?: boolean;
  readonly list?: boolean;
  readonly batch?: string;
  readonly json?: boolean;
}

function readDay(text: string): Day {
  const day = parseDay(text);
  if (!day) throw new AppError("bad_input", { say: `日期“${text}”不对,应写成真实的日期,如 2026-03-02。` });
  return day;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("bad_input", { say: "案情不是有效的 JSON,例如 '{\"fineYuan\":200}'。", cause });
  }
}

function readKind(text: string | undefined): ActKind | undefined {
  if (text === undefined) return undefined;
  const kind = actKinds.find((known) => known === text);
  if (!kind)
    throw new AppError("unknown_value", { say: `没有行为种类“${text}”。可用的有:${actKinds.join("、")}。` });
  return kind;
}

/** One JSON line out for each line in; a line that fails gives `{error}` and does not stop the rest. */
function runBatch(io: LawIo, calendar: Calendar, file: string): void {
  for (const [index, line] of readFileSync(file, "utf8").split("\n").entries()) {
    if (line.trim() === "") continue;
    try {
      const { id, rule, from } = BatchLine.parse(JSON.parse(line));
      const deadline = computeDeadline(findCountedRule(rule), readDay(from), calendar);
      io.json(id === undefined ? deadline : { id, ...deadline });
    } catch (thrown) {
      const error = thrown instanceof AppError ? thrown : asAppError(thrown);
      io.json({
        line: index + 1,
        error: error.code === "internal" ? "bad_input" : error.code,
        message: error.code === "internal" ? '这一行应为 {"rule": …, "from": …}。' : error.say,
      });
    }
  }
}

function sayBasis(basis: readonly SaidRef[]): string {
  return `依据:${basis.map((ref) => ref.text).join("、")}`;
}

function sayDeadline(deadline: Deadline): string {
  return [
    `${deadline.label}:最后一天是${sayDay(deadline.lastDay)}${deadline.projected ? "(推算)" : ""}`,
    `稳妥日:${sayDay(deadline.safeDay)}`,
    ...deadline.count.map((line) => `  ${line}`),
    sayBasis(deadline.basis),
    ...(deadline.caution ? [`注意:${deadline.caution}`] : []),
  ].join("\n");
}

function sayRule(rule: DeadlineRule): string {
  const length =
    rule.kind === "counted"
      ? `${rule.period.direction === "backward" ? "提前" : ""}${sayLength(rule.period.amount, rule.period.unit)}`
      : rule.kind === "fixedDate"
        ? `次年${rule.month}月${rule.dayOfMonth}日`
        : "没有固定天数";
  return `${rule.id}\t${rule.label}\t${length}\t自${rule.event}\t${rule.basis.map((ref) => ref.text).join("、")}`;
}

function printRules(io: LawIo, json: boolean): void {
  if (json) io.json(listRules());
  else for (const rule of listRules()) io.print(sayRule(rule));
}

function printGates(io: LawIo, json: boolean): void {
  const gates = listGates().map(({ id, title, facts }) => ({ id, title, facts }));
  if (json) io.json(gates);
  else for (const gate of gates) io.print(`${gate.id}\t${gate.title}\t${gate.facts.join("、")}`);
}

async function findCompetence(
  io: LawIo,
  name: string,
  kind: ActKind | undefined,
): Promise<Competence & { organ: Organ }> {
  const library = await io.openLibrary();
  const organ = organNamed(library, name);
  return { organ, ...competence({ organ, kind }, (id) => library.organ(id)) };
}

function sayFinding(title: string, finding: Finding): string[] {
  switch (finding.kind) {
    case "found":
      return finding.options.map(
        (option) =>
          `${title}:${option.organ.name}。${option.why}${option.office ? `承办:${option.office}。` : ""}${sayBasis(option.basis)}`,
      );
    case "ask":
      return [`${title}:${finding.why}请确认:${finding.ask}`];
    case "human":
      return [`${title}:${finding.why}`];
  }
}

function sayCompetence(found: Competence): string {
  return [
    ...sayFinding("被申请人", found.respondent),
    ...sayFinding("复议机关", found.reconsideration),
    `是否先复议:${found.priorReconsideration.why}${found.priorReconsideration.meaning}`,
    ...found.litigation.map(
      (way) =>
        `${way.label}:被告 ${way.defendants.join("、")};${way.level};${way.place}。${sayBasis(way.basis)}`,
    ),
    ...found.notes.map((note) => note.text),
  ].join("\n");
}
