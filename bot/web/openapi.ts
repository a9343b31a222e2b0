/** The OpenAPI description, made from the schemas that check each call. */
import { z } from "zod";
import { outcomes } from "../../src/reply.ts";

const paths = [
  {
    method: "post",
    path: "/api/turns",
    summary: "说一句话,得到一个答复",
    input: "TurnInput",
    output: "Reply",
  },
  {
    method: "post",
    path: "/api/turns/files",
    summary: "带文件的一句话(multipart/form-data)",
    input: "TurnInput",
    output: "Reply",
    form: true,
  },
  { method: "get", path: "/api/records", summary: "查公示记录", input: "RecordsQuery" },
  { method: "post", path: "/api/officers/verify", summary: "核验一个执法证号", input: "OfficerInput" },
  { method: "post", path: "/api/deadlines", summary: "算一个法定期限", input: "DeadlineInput" },
  { method: "post", path: "/api/complaints", summary: "提交投诉举报", input: "ComplaintInput" },
  { method: "post", path: "/api/complaints/status", summary: "凭回执号查进度", input: "StatusInput" },
] as const;

const replySchema = {
  type: "object",
  required: ["turn", "outcome", "intent", "blocks", "choices", "citations", "labels", "release"],
  properties: {
    turn: { type: "string" },
    outcome: { enum: outcomes },
    intent: { type: "string" },
    blocks: {
      type: "array",
      items: {
        type: "object",
        required: ["kind"],
        properties: { kind: { enum: ["text", "card", "steps", "table", "deadline", "notice", "receipt"] } },
      },
    },
    choices: {
      type: "array",
      items: { type: "object", properties: { id: { type: "string" }, label: { type: "string" } } },
    },
    citations: {
      type: "array",
      items: { type: "object", properties: { record: { type: "string" }, title: { type: "string" } } },
    },
    labels: { type: "array", items: { type: "string" } },
    release: { type: "string" },
    reference: { type: "string" },
  },
};
const failureSchema = {
  type: "object",
  properties: {
    error: { type: "object", properties: { code: { type: "string" }, say: { type: "string" } } },
  },
};

export function describeApi(
  inputs: Readonly<Record<string, z.ZodType>>,
  publicUrl?: string,
): Record<string, unknown> {
  const schemas: Record<string, unknown> = { Reply: replySchema, Failure: failureSchema };
  for (const [name, schema] of Object.entries(inputs)) {
    schemas[name] = z.toJSONSchema(schema, { io: "input", unrepresentable: "any", target: "openapi-3.0" });
  }
  return {
    openapi: "3.0.3",
    info: { title: "明执", version: "1", description: "行政执法公开信息的问答、查询与投诉举报。" },
    ...(publicUrl ? { servers: [{ url: publicUrl }] } : {}),
    paths: Object.fromEntries(paths.map((entry) => [entry.path, { [entry.method]: operation(entry) }])),
    components: { schemas },
  };
}

function operation(entry: (typeof paths)[number]): Record<string, unknown> {
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const answer = (schema: unknown, description: string) => ({
    description,
    content: { "application/json": { schema } },
  });
  return {
    summary: entry.summary,
    ...(entry.method === "get"
      ? {
          parameters: [
            { name: "query", in: "query", style: "form", explode: true, schema: ref(entry.input) },
          ],
        }
      : {
          requestBody: {
            required: true,
            content: {
              ["form" in entry ? "multipart/form-data" : "application/json"]: { schema: ref(entry.input) },
            },
          },
        }),
    responses: {
      "200": answer("output" in entry ? ref(entry.output) : { type: "object" }, "结果"),
      "400": answer(ref("Failure"), "请求有误,句子里说明哪个字段、允许什么"),
      "429": answer(ref("Failure"), "操作太频繁"),
    },
  };
}
