/** `mcp`: the house as an MCP server on stdin and stdout, for an assistant on the operator's own machine. */
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import type { Command } from "commander";
import { createMcpServer } from "../../bot/assistants/mcp.ts";
import type { Io } from "./io.ts";

export function registerMcpCommand(program: Command, io: Io): void {
  program
    .command("mcp")
    .description("以 MCP 协议(stdio)供其他助手查询;HTTP 方式见 serve 的 /mcp")
    .action(async () => {
      const app = await io.openApp();
      const server = createMcpServer(app, {
        person: "mcp stdio",
        now: app.now,
        conversation: (id) => `mcp:${id}`,
        beforeCheck: () => {},
        answer: (turn) => app.assistant.reply(turn),
      });
      await server.connect(new StdioServerTransport());
      const closed = new Promise<void>((resolve) => {
        process.stdin.once("end", resolve);
        process.stdin.once("close", resolve);
        process.once("SIGINT", resolve);
        process.once("SIGTERM", resolve);
      });
      await closed;
      await server.close();
      await app.close();
      process.exit(0);
    });
}
