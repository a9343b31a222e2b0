/** From a request to a Turn. */
import { randomUUID } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { AppError } from "../../src/error.ts";
import { roles, type Turn, type TurnFile, TurnInput } from "../../src/turn.ts";
import { addressOf, personOf, visitorOf } from "./visitor.ts";

/** An id that nobody can guess is its own proof; a shorter one (a script's `c1`) counts only from the same address. */
const UNGUESSABLE = /^[\w-]{22,128}$/;

/** A form sends empty fields for what was left open. */
const filled = (value: unknown) => (value === "" ? undefined : value);
export const TurnForm = z.object({
  conversation: z.preprocess(filled, z.string().max(128).optional()),
  q: z.preprocess(filled, z.string().max(20_000).optional()),
  choice: z.preprocess(filled, z.string().max(200).optional()),
  role: z.preprocess(filled, z.enum(roles).optional()),
  area: z.preprocess(filled, z.string().max(20).optional()),
});

export function conversationKey(request: FastifyRequest, id: string): string {
  return UNGUESSABLE.test(id) ? `web:${id}` : `web:${addressOf(request)}:${id}`;
}

/** @throws AppError `bad_input` naming the field and what is allowed. */
export function toTurn(
  request: FastifyRequest,
  body: unknown,
  at: Date,
  files: readonly TurnFile[] = [],
): Turn {
  const input = parseBody(TurnInput, body);
  if (files.length === 0 && !input.text?.trim() && !input.choice) {
    throw new AppError("bad_input", { say: "缺少“text”或“choice”:请写下问题,或选择上一条回复给出的选项。" });
  }
  const conversation = conversationKey(request, input.conversation);
  const key = request.headers["idempotency-key"];
  if (typeof key === "string" && !/^[\x21-\x7e]{1,128}$/.test(key)) {
    throw new AppError("bad_input", { say: "请求头“Idempotency-Key”应为 1 至 128 个可见 ASCII 字符。" });
  }
  return {
    id: typeof key === "string" ? `${conversation}:${key}` : `web:${randomUUID()}`,
    door: visitorOf(request) ? "web" : "api",
    conversation,
    person: personOf(request),
    role: input.role ?? "citizen",
    text: input.text ?? "",
    ...(input.choice !== undefined && { choice: input.choice }),
    ...(input.area !== undefined && input.area !== "" && { area: input.area }),
    files,
    at,
  };
}

/** Parses with a schema; a misfit becomes one Chinese sentence that names each field and what it allows. */
export function parseBody<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  throw new AppError("bad_input", { say: `请求有误:${parsed.error.issues.map(sayIssue).join(";")}。` });
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: "文字",
  number: "数字",
  int: "整数",
  boolean: "是或否",
  object: "JSON 对象",
  array: "列表",
};

function sayIssue(issue: z.core.$ZodIssue): string {
  const field = issue.path.length > 0 ? `“${issue.path.join(".")}”` : "请求内容";
  switch (issue.code) {
    case "invalid_value":
      return `${field}只能是 ${issue.values.map(String).join("、")}`;
    case "invalid_type":
      return `${field}应为${TYPE_NAMES[issue.expected] ?? issue.expected}`;
    case "too_small":
      return `${field}不能少于 ${issue.minimum}${issue.origin === "string" ? " 个字符" : ""}`;
    case "too_big":
      return `${field}不能多于 ${issue.maximum}${issue.origin === "string" ? " 个字符" : ""}`;
    case "unrecognized_keys":
      return `不认识的字段 ${issue.keys.join("、")}`;
    default:
      return `${field}${issue.message}`;
  }
}
