/** The one command line. Each group of commands is loaded only when it is asked for, so that `ask` starts fast. */
import { Command, CommanderError } from "commander";
import { readConfig } from "../src/config.ts";
import { asAppError } from "../src/error.ts";
import { createIo, type Io } from "./commands/io.ts";

type Register = (program: Command, io: Io) => void;

const groups: readonly { readonly names: readonly string[]; readonly load: () => Promise<Register> }[] = [
  { names: ["serve"], load: async () => (await import("./commands/serve.ts")).registerServeCommand },
  { names: ["mcp"], load: async () => (await import("./commands/mcp.ts")).registerMcpCommand },
  { names: ["ask", "chat"], load: async () => (await import("./commands/ask.ts")).registerAskCommands },
  {
    names: ["deadline", "competence", "gate"],
    load: async () => (await import("./commands/law.ts")).registerLawCommands,
  },
  {
    names: ["verify-officer"],
    load: async () => (await import("./commands/officers.ts")).registerOfficerCommands,
  },
  {
    names: ["search", "train-vectors"],
    load: async () => (await import("./commands/search.ts")).registerSearchCommands,
  },
  { names: ["import"], load: async () => (await import("./commands/import.ts")).registerImportCommands },
  { names: ["city"], load: async () => (await import("./commands/city.ts")).registerCityCommands },
  { names: ["release"], load: async () => (await import("./commands/release.ts")).registerReleaseCommands },
  {
    names: ["completeness"],
    load: async () => (await import("./commands/completeness.ts")).registerCompletenessCommand,
  },
  { names: ["why"], load: async () => (await import("./commands/why.ts")).registerWhyCommand },
  {
    names: ["coverage"],
    load: async () => (await import("./commands/coverage.ts")).registerCoverageCommand,
  },
  {
    names: ["eval", "train-routes", "train-finder"],
    load: async () => (await import("./commands/eval.ts")).registerEvalCommands,
  },
  {
    names: ["complaint", "case", "user", "backup", "restore", "retention"],
    load: async () => (await import("./commands/case.ts")).registerCaseCommands,
  },
];

async function main(argv: readonly string[]): Promise<void> {
  const program = new Command("mingzhi")
    .description("明执:行政执法公开信息的问答、办事与监督助手")
    .showHelpAfterError("(加 --help 查看用法)")
    .exitOverride();
  const io = createIo(readConfig(process.env));
  const asked = groups.filter((group) => group.names.includes(argv[2] ?? ""));
  for (const group of asked.length > 0 ? asked : groups) (await group.load())(program, io);
  await program.parseAsync(argv);
}

// A reader that stops early (`| head`) ends the printing, not the work.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});
try {
  await main(process.argv);
} catch (thrown) {
  if (thrown instanceof CommanderError) process.exitCode = thrown.exitCode;
  else {
    const error = asAppError(thrown);
    process.stderr.write(`${error.say}\n`);
    if (error.code === "internal")
      process.stderr.write(`${error.cause instanceof Error ? error.cause.stack : error.cause}\n`);
    process.exitCode = 1;
  }
}
