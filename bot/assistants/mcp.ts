/**
 * The Model Context Protocol: another assistant uses our rows through our own functions. The same server stands behind
 * `mingzhi mcp` (stdio) and `POST /mcp` (streamable HTTP); who calls, and how often, is the caller's.
 */
import { randomUUID } from "node:crypto";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { z } from "zod";
import type { App } from "../../src/app.ts";
import { asAppError } from "../../src/error.ts";
import { dayOf } from "../../src/law/day.ts";
import { outcomes, type Reply } from "../../src/reply.ts";
import { sourced, type Tool, type ToolHouse } from "../../src/tools/tool.ts";
import { tools } from "../../src/tools/tools.ts";
import { roles, type Turn } from "../../src/turn.ts";
import { wholeText } from "../text/render.ts";

/** What MCP needs of the house. */
export type McpHouse = Pick<
  App,
  "config" | "materials" | "log" | "library" | "assistant" | "answering" | "checkLimits"
>;

export interface Caller {
  /** Whom limits count. */
  readonly person: string;
  readonly address?: string;
  readonly now: () => Date;
  /** The house's name of a conversation the caller names. */
  conversation(id: string): string;
  /** @throws AppError `too_many`. Called before a certificate is looked up, besides the house's own allowance. */
  beforeCheck(): void;
  /** One turn, counted. @throws AppError `too_many` */
  answer(turn: Turn): Promise<Reply>;
}

const INSTRUCTIONS =
  "明执:行政执法公开信息。每个结果都有 citations;转述时请连同出处、caution 和 labels 一起给出,没有查到就说没有查到,不要自己补法条、期限、电话或机关。ask 由助手整段回答,其余工具给出单项结果。投诉要由当事人本人填写。";

export function createMcpServer(app: McpHouse, caller: Caller): McpServer {
  const server = new McpServer({ name: "mingzhi", version: "1" }, { instructions: INSTRUCTIONS });
  for (const tool of tools) {
    server.registerTool(
      tool.name,
      {
        title: tool.title,
        description: tool.description,
        inputSchema: tool.input,
        outputSchema: tool.output,
        annotations: { readOnlyHint: true, openWorldHint: false },
      },
      (input: Record<string, unknown>) => said(app, async () => runTool(tool, input, app, caller)),
    );
  }
  server.registerTool(
    "ask",
    {
      title: "问助手",
      description:
        "把当事人或执法人员的原话整句问明执,得到一段有依据的完整答复和可选的下一步。接着问时带上返回的 conversation;选一项时把它的 id 写进 choice。",
      inputSchema: AskInput,
      outputSchema: AskOutput,
      annotations: { readOnlyHint: false, openWorldHint: false },
    },
    (input: z.output<typeof AskInput>) => said(app, () => ask(input, caller)),
  );
  return server;
}

const AskInput = z.object({
  question: z.string().trim().max(20_000).describe("原话,不要改写"),
  choice: z.string().max(200).optional(),
  conversation: z.string().min(1).max(128).optional(),
  role: z.enum(roles).optional(),
  area: z.string().max(20).optional().describe("所在地的区划代码,如 140802"),
});
const AskOutput = z.object({
  conversation: z.string(),
  outcome: z.enum(outcomes),
  text: z.string(),
  choices: z.array(z.object({ id: z.string(), label: z.string() })),
  ...sourced,
});

async function ask(input: z.output<typeof AskInput>, caller: Caller): Promise<z.output<typeof AskOutput>> {
  const conversation = input.conversation ?? randomUUID();
  const reply = await caller.answer({
    id: `mcp:${randomUUID()}`,
    door: "api",
    conversation: caller.conversation(conversation),
    person: caller.person,
    role: input.role ?? "citizen",
    text: input.question,
    ...(input.choice ? { choice: input.choice } : {}),
    ...(input.area ? { area: input.area } : {}),
    files: [],
    at: caller.now(),
  });
  const { outcome, choices, citations, labels, release } = reply;
  return {
    conversation,
    outcome,
    text: wholeText(reply),
    choices: [...choices],
    citations: [...citations],
    labels: [...labels],
    release,
  };
}

function runTool(tool: Tool, input: Record<string, unknown>, app: McpHouse, caller: Caller) {
  const library = app.library();
  const house: ToolHouse = {
    library,
    today: dayOf(caller.now()),
    calendar: app.materials.calendar,
    search: app.answering.searchOf(library),
    finding: app.answering.findingOf(library),
    role: "citizen",
    area: app.config.DEFAULT_AREA,
    refuseCheck() {
      caller.beforeCheck();
      const { person, address } = caller;
      return app.checkLimits.refuse({ person, ...(address ? { address } : {}) }, caller.now());
    },
  };
  return tool.run(input, house);
}

/** The result, or the sentence of what went wrong; only what is a fault of ours is logged. */
async function said(app: McpHouse, work: () => Promise<Record<string, unknown>>): Promise<CallToolResult> {
  try {
    const structuredContent = await work();
    return { content: [{ type: "text", text: JSON.stringify(structuredContent) }], structuredContent };
  } catch (thrown) {
    const error = asAppError(thrown);
    if (error.code === "internal") app.log.error({ err: thrown }, "tool failed");
    return { content: [{ type: "text", text: error.say }], isError: true };
  }
}
