import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { createTerminalDoor, runTerminal } from "../../bot/terminal/door.ts";
import { describeDoor, until } from "../contracts/doors.ts";
import { openHouse } from "./house.ts";

function desk() {
  const input = new PassThrough();
  const output = new PassThrough();
  let shown = "";
  output.on("data", (chunk: Buffer) => {
    shown += chunk.toString();
  });
  return { input, output, shown: () => shown };
}

describeDoor("terminal", {
  async open(house) {
    const folder = mkdtempSync(join(tmpdir(), "mingzhi-terminal-"));
    const { input, output, shown } = desk();
    const door = createTerminalDoor(house.app, { input, output });
    await door.start();
    return {
      deliver({ text, file }) {
        if (!file) return void input.write(`${text}\n`);
        writeFileSync(join(folder, file.name), file.bytes);
        input.write(`/file ${join(folder, file.name)}\n`);
      },
      heard: () => shown().split("›"),
      async close() {
        await door.stop();
        rmSync(folder, { recursive: true });
      },
    };
  },
  buttons: false,
  redelivers: false,
  people: "one",
});

describe("talking in the terminal", () => {
  it("ends when the person says goodbye, after the last answer", async () => {
    const house = await openHouse();
    const { input, output, shown } = desk();
    const talk = runTerminal(house.app, { role: "officer", input, output });
    input.write("最后一问\n再见\n");
    await talk;
    expect(shown()).toContain("收到「最后一问」");
    expect(shown()).toContain("执法人员");
    await house.close();
  });

  it("ends when the input ends", async () => {
    const house = await openHouse();
    const { input, output, shown } = desk();
    const talk = runTerminal(house.app, { input, output });
    input.end("一问\n");
    await talk;
    expect(shown()).toContain("收到「一问」");
    await house.close();
  });

  it("paints only where colours are wanted, and lets no answer steer the terminal", async () => {
    const house = await openHouse();
    const coloured = desk();
    const plain = desk();
    const doors = [
      createTerminalDoor(house.app, { ...coloured, colours: true }),
      createTerminalDoor(house.app, { ...plain, colours: false }),
    ];
    for (const door of doors) await door.start();
    coloured.input.write("坏\n");
    plain.input.write("红\u001b[31m字\n");
    await until(() => expect(coloured.shown()).toContain("\u001b[1;33m【注意】"));
    await until(() => expect(plain.shown()).toContain("收到"));
    expect(plain.shown()).not.toContain("\u001b");
    for (const door of doors) await door.stop();
    await house.close();
  });

  it("says which file it cannot read", async () => {
    const house = await openHouse();
    const { input, output, shown } = desk();
    const door = createTerminalDoor(house.app, { input, output });
    await door.start();
    input.write("/file ./没有.pdf\n");
    await until(() => expect(shown()).toContain("读不到文件“./没有.pdf”"));
    await door.stop();
    await house.close();
  });
});
