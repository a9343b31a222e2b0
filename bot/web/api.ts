/** The JSON contract people script against. Its description, `/api/openapi.json`, is made from the same schemas. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { App } from "../../src/app.ts";
import { AppError } from "../../src/error.ts";
import { dayOf, parseDay } from "../../src/law/day.ts";
import { computeDeadline, findCountedRule } from "../../src/law/deadline.ts";
import { recordKinds } from "../../src/records/schema.ts";
import type { Reply } from "../../src/reply.ts";
import { TurnInput } from "../../src/turn.ts";
import { parseBody, toTurn } from "./inbound.ts";
import type { Metrics } from "./metrics.ts";
import { describeApi } from "./openapi.ts";
import { limitPerPerson } from "./person-limit.ts";
import { findRecords } from "./records.ts";
import type { Limits } from "./security.ts";
import { secrecies, type WebServices } from "./services.ts";
import { collectForm, filesOf } from "./uploads.ts";
import { addressOf, personOf } from "./visitor.ts";

/** What the web door reads of the house. */
export type WebHouse = Pick<App, "config" | "materials" | "log" | "keys" | "library" | "assistant">;

export interface ApiParts {
  readonly app: WebHouse;
  readonly services: WebServices;
  readonly metrics: Metrics;
  readonly limits: Limits;
  readonly now: () => Date;
}

const listed = Object.keys(recordKinds).filter((kind) => kind !== "officer") as Exclude<
  keyof typeof recordKinds,
  "officer"
>[];

export const RecordsQuery = z.object({
  kind: z.enum(listed),
  q: z.string().max(200).optional(),
  entity: z.string().max(64).optional(),
  page: z.coerce.number().int().min(1).max(100_000).optional(),
});
export const OfficerInput = z.object({
  certNo: z.string().trim().min(4).max(40),
  name: z.string().trim().max(20).optional(),
});
export const DayInput = z.string().transform((text, context) => {
  const day = parseDay(text);
  if (day) return day;
  context.addIssue({ code: "custom", message: `“${text.slice(0, 20)}”不是真实存在的日期,应写成 2026-03-02` });
  return z.NEVER;
});
export const DeadlineInput = z.object({ rule: z.string().max(60), from: DayInput });
const blank = (value: unknown) => (value === "" ? undefined : value);
const optionalText = (max: number) => z.preprocess(blank, z.string().trim().max(max).optional());
export const ComplaintInput = z.object({
  matter: z.string().min(1).max(60),
  text: z.string().trim().min(10).max(10_000),
  organ: optionalText(100),
  officer: optionalText(100),
  day: z.preprocess(blank, DayInput.optional()),
  place: optionalText(200),
  area: optionalText(20),
  secrecy: z.enum(secrecies),
  name: optionalText(40),
  contact: optionalText(100),
});
export const StatusInput = z.object({ receipt: z.string().trim().min(1).max(60), text: optionalText(4000) });

export function mountApi(server: FastifyInstance, parts: ApiParts): void {
  const { app, services, limits, metrics, now } = parts;
  const perMinute = (max: number) => ({ rateLimit: { max, timeWindow: "1 minute" } });
  const personLimit = limitPerPerson(limits.personTurns, personOf, metrics, now);
  const today = () => dayOf(now());

  server.post("/api/turns", { config: perMinute(limits.turns), preHandler: personLimit }, async (request) =>
    answerTurn(parts, toTurn(request, request.body, now())),
  );
  server.post(
    "/api/turns/files",
    // The person's limit comes before a byte of the files is read.
    { config: perMinute(limits.turns), onRequest: personLimit, preValidation: collectForm },
    async (request) => answerTurn(parts, toTurn(request, request.body, now(), filesOf(request))),
  );
  server.get("/api/records", async (request) => {
    const query = parseBody(RecordsQuery, request.query);
    return { release: app.library().release.id, ...findRecords(app.library(), today(), query) };
  });
  server.post("/api/officers/verify", { config: perMinute(limits.checks) }, async (request) => {
    const input = parseBody(OfficerInput, request.body);
    return need(services.officers).check({
      ...input,
      person: personOf(request),
      address: addressOf(request),
      at: now(),
    });
  });
  server.post("/api/deadlines", async (request) => {
    const { rule, from } = parseBody(DeadlineInput, request.body);
    return computeDeadline(findCountedRule(rule), from, app.materials.calendar);
  });
  server.post(
    "/api/complaints",
    { config: perMinute(limits.complaints), preValidation: collectForm },
    async (request, reply) => {
      const form = parseBody(ComplaintInput, request.body);
      const key = request.headers["idempotency-key"];
      const filed = await need(services.complaints).file(
        { ...form, files: filesOf(request) },
        {
          submission: `api ${addressOf(request)} ${typeof key === "string" ? key : request.id}`,
          person: personOf(request),
          at: now(),
        },
      );
      return reply.code(201).send(filed);
    },
  );
  server.post("/api/complaints/status", { config: perMinute(limits.receipts) }, async (request) => {
    const { receipt } = parseBody(StatusInput, request.body);
    const status = await need(services.complaints).status(receipt, {
      address: addressOf(request),
      at: now(),
    });
    if (!status) throw new AppError("not_found", { say: "没有这个回执号。请逐位核对 17 位数字后再试。" });
    return status;
  });
  server.get("/api/openapi.json", async () => describeApi(apiSchemas, app.config.PUBLIC_URL));
}

/** One turn, counted. */
export async function answerTurn(
  { app, metrics }: ApiParts,
  turn: ReturnType<typeof toTurn>,
): Promise<Reply> {
  const started = performance.now();
  const reply = await app.assistant.reply(turn);
  metrics.answered(reply, turn.door, (performance.now() - started) / 1000);
  return reply;
}

/** @throws AppError `not_found` for a service this installation does not run. */
export function need<T>(service: T | undefined): T {
  if (service === undefined) throw new AppError("not_found", { say: "本站没有开通这项服务。" });
  return service;
}

export const apiSchemas = {
  TurnInput,
  RecordsQuery,
  OfficerInput,
  DeadlineInput,
  ComplaintInput,
  StatusInput,
};
