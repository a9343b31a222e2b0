/** The terminal door: a talk in lines, with colours where the terminal has them and the history of this session. */
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { Reply } from "../../src/reply.ts";
import type { Role, TurnFile } from "../../src/turn.ts";
import type { Door, DoorHouse } from "../door.ts";
import { type Line, layOut, type Section } from "../text/render.ts";

export interface TerminalOptions {
  readonly role?: Role;
  readonly input: Readable;
  readonly output: Writable;
  /** Default: whether the terminal has colours; NO_COLOR says it has none. */
  readonly colours?: boolean;
  readonly now?: () => Date;
}

export interface TerminalDoor extends Door {
  /** Resolves when the person has left: `再见`, Ctrl-D or Ctrl-C. */
  readonly left: Promise<void>;
}

const GOODBYES = new Set(["再见", "退出", "exit", "quit"]);
const PROMPT = "› ";

export function createTerminalDoor(app: DoorHouse, options: TerminalOptions): TerminalDoor {
  const { output } = options;
  const now = options.now ?? (() => new Date());
  const colours = options.colours ?? hasColours(output);
  const conversation = `terminal:${randomUUID()}`;
  let lines: Interface | undefined;
  let closed = false;
  let last = Promise.resolve();
  let leave = () => {};
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const print = (text: string) => void output.write(`${text}\n`);

  async function answer(typed: string): Promise<void> {
    let files: readonly TurnFile[] = [];
    let text = typed;
    const attached = /^\/(?:file|文件)\s+(.+)$/.exec(typed)?.[1];
    if (attached !== undefined) {
      try {
        const bytes = await readFile(attached);
        files = [{ name: basename(attached), claimedType: "application/octet-stream", bytes }];
        text = "";
      } catch {
        return print(`读不到文件“${attached}”。请写可以读取的路径,例如:/file ./决定书.pdf`);
      }
    }
    const reply = await app.assistant.reply({
      id: `terminal:${randomUUID()}`,
      door: "terminal",
      conversation,
      person: conversation,
      role: options.role ?? "citizen",
      text,
      files,
      at: now(),
    });
    print(show(reply, colours));
  }

  function hear(typed: string): void {
    const line = typed.trim();
    if (GOODBYES.has(line)) return void lines?.close();
    last = last.then(() => (line === "" ? undefined : answer(line))).then(prompt);
  }

  /** A closed line must not be prompted again: it would hold the input open. */
  function prompt(): void {
    if (!closed) lines?.prompt();
  }

  return {
    name: "terminal",
    manners: {
      buttons: false,
      files: true,
      maxMessage: { amount: 100_000, unit: "characters" },
      abroad: false,
    },
    left,
    async start() {
      print(`明执:行政执法公开信息助手${options.role === "officer" ? "(执法人员)" : ""}`);
      print("直接输入问题;选项回复数字;/file 路径 附上文件;再见 退出。");
      lines = createInterface({
        input: options.input,
        output,
        terminal: isTerminal(output),
        prompt: PROMPT,
        historySize: 200,
        removeHistoryDuplicates: true,
      });
      lines.on("line", hear);
      lines.on("close", () => {
        closed = true;
        void last.then(leave);
      });
      lines.on("SIGINT", () => lines?.close());
      prompt();
    },
    async stop() {
      lines?.close();
      await last;
    },
    async send(_address: string, reply: Reply) {
      print(show(reply, colours));
    },
  };
}

/** Talks until the person leaves. */
export async function runTerminal(app: DoorHouse, options: TerminalOptions): Promise<void> {
  const door = createTerminalDoor(app, options);
  await door.start();
  await door.left;
  await door.stop();
}

function show(reply: Reply, colours: boolean): string {
  const paint = (code: string, text: string) =>
    colours && text !== "" ? `\u001b[${code}m${text}\u001b[0m` : text;
  const showLine = (line: Line) => {
    const lead = plain(line.lead ?? "");
    const text = plain(line.text);
    if (/^【(紧急|注意)】/.test(lead)) return paint(lead === "【紧急】" ? "1;31" : "1;33", lead + text);
    if (/^(依据|〔)/.test(text)) return paint("2", text);
    return paint("1", lead) + text;
  };
  const sections: readonly Section[] = layOut(reply, { numbered: true });
  return `\n${sections.map(({ lines }) => lines.map(showLine).join("\n")).join("\n\n")}\n`;
}

/** Nothing in an answer may steer the terminal. */
function plain(text: string): string {
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, "");
}

interface Screen {
  readonly isTTY: boolean;
  hasColors(): boolean;
}

function isTerminal(output: Writable): output is Writable & Screen {
  return "isTTY" in output && output.isTTY === true;
}

/** Node answers no when NO_COLOR is set. */
function hasColours(output: Writable): boolean {
  return isTerminal(output) && output.hasColors();
}
