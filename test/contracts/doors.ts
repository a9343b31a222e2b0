/** What every door owes the people who come through it; each door's test runs this over a rig of its own. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type House, LONG_PARAGRAPHS, openHouse } from "../doors/house.ts";

export interface Delivery {
  /** The same id again is the same message delivered again. */
  readonly id: string;
  readonly person: string;
  readonly text?: string;
  /** A pressed button. */
  readonly choice?: string;
  readonly file?: { readonly name: string; readonly bytes: Buffer };
}

export interface DoorRig {
  /** Hands a message to the door as the outside would; need not wait for the answer. */
  deliver(message: Delivery): Promise<void> | void;
  /** Every message the person was shown so far, as text. */
  heard(person: string): readonly string[];
  /** Stops the door and whatever stands outside it. */
  close(): Promise<void>;
}

export interface RigKind {
  /** Settings the house is opened with. */
  readonly settings?: () => Promise<Record<string, string>> | Record<string, string>;
  open(house: House): Promise<DoorRig>;
  readonly buttons: boolean;
  /** Whether the outside delivers again what it thinks was lost. */
  readonly redelivers: boolean;
  readonly people: "many" | "one";
}

/** Waits for a state, never for a time. */
export const until = (check: () => void) => vi.waitFor(check, { timeout: 15_000, interval: 5 });

export function describeDoor(name: string, kind: RigKind): void {
  describe(`${name}: what every door owes`, () => {
    let house: House;
    let rig: DoorRig;
    let closed: boolean;
    beforeEach(async () => {
      house = await openHouse((await kind.settings?.()) ?? {});
      rig = await kind.open(house);
      closed = false;
    });
    afterEach(async () => {
      house.release();
      if (!closed) await rig.close();
      await house.close();
    });
    const hears = (person: string, text: string) =>
      until(() => expect(rig.heard(person).join("\n")).toContain(text));

    it("answers a question and says that the answer is automatic", async () => {
      await rig.deliver({ id: "1", person: "甲", text: "罚款怎么交" });
      await hears("甲", "收到「罚款怎么交」");
      await hears("甲", "自动回答");
    });

    it("takes a choice by its number", async () => {
      await rig.deliver({ id: "1", person: "甲", text: "选项" });
      await hears("甲", "您想怎么办");
      await rig.deliver({ id: "2", person: "甲", text: "2" });
      await hears("甲", "收到「go:day」");
    });

    it("takes a choice by its label", async () => {
      await rig.deliver({ id: "1", person: "甲", text: "选项" });
      await hears("甲", "您想怎么办");
      await rig.deliver({ id: "2", person: "甲", text: "找法院" });
      await hears("甲", "收到「go:court」");
    });

    it.runIf(kind.buttons)("takes a choice by its button", async () => {
      await rig.deliver({ id: "1", person: "甲", text: "选项" });
      await hears("甲", "您想怎么办");
      await rig.deliver({ id: "2", person: "甲", choice: "go:day" });
      await hears("甲", "收到「go:day」");
    });

    it.runIf(kind.redelivers)("answers a message delivered twice once", async () => {
      await Promise.all([
        rig.deliver({ id: "1", person: "甲", text: "问一次" }),
        rig.deliver({ id: "1", person: "甲", text: "问一次" }),
      ]);
      await hears("甲", "收到「问一次」");
      await rig.deliver({ id: "1", person: "甲", text: "问一次" });
      await rig.deliver({ id: "2", person: "甲", text: "下一句" });
      await hears("甲", "收到「下一句」");
      expect(house.asked).toEqual(["问一次", "下一句"]);
      expect(rig.heard("甲").filter((text) => text.includes("收到「问一次」"))).toHaveLength(1);
    });

    it("keeps the order of what one person says", async () => {
      const said = ["一", "二", "三", "四", "五"];
      const sent = said.map((text, index) => rig.deliver({ id: String(index), person: "甲", text }));
      await Promise.all(sent);
      await hears("甲", "收到「五」,上一句「四」");
      const answers = rig.heard("甲").flatMap((text) => /收到「(.)」/.exec(text)?.[1] ?? []);
      expect(answers).toEqual(said);
    });

    it.runIf(kind.people === "many")("does not mix two people up", async () => {
      await Promise.all([
        rig.deliver({ id: "1", person: "甲", text: "甲的事" }),
        rig.deliver({ id: "2", person: "乙", text: "乙的事" }),
      ]);
      await hears("甲", "收到「甲的事」,上一句「无」");
      await hears("乙", "收到「乙的事」,上一句「无」");
      await rig.deliver({ id: "3", person: "乙", text: "再问" });
      await hears("乙", "收到「再问」,上一句「乙的事」");
      expect(rig.heard("甲").join("")).not.toContain("乙的事");
    });

    it("brings a long answer over whole and in order", async () => {
      await rig.deliver({ id: "1", person: "甲", text: "长答" });
      await hears("甲", "<完60>");
      const whole = rig.heard("甲").join("\n");
      let from = 0;
      for (const paragraph of LONG_PARAGRAPHS) {
        const at = whole.indexOf(paragraph, from);
        expect(at).toBeGreaterThanOrEqual(from);
        from = at + paragraph.length;
      }
    });

    it("shows the receipt number", async () => {
      await rig.deliver({ id: "1", person: "甲", text: "登记" });
      await until(() => expect(rig.heard("甲").join("\n").replace(/ /g, "")).toContain("12345678901234567"));
    });

    it("says a sentence with a reference when something fails, and goes on", async () => {
      await rig.deliver({ id: "1", person: "甲", text: "坏" });
      await hears("甲", "编号");
      await rig.deliver({ id: "2", person: "甲", text: "还在吗" });
      await hears("甲", "收到「还在吗」");
    });

    it("takes a file in", async () => {
      await rig.deliver({
        id: "1",
        person: "甲",
        file: { name: "决定书.jpg", bytes: Buffer.from("JPEGDATA") },
      });
      await hears("甲", "有8字节");
    });

    it("finishes what is under way before it stops", async () => {
      const sent = rig.deliver({ id: "1", person: "甲", text: "慢慢想" });
      await until(() => expect(house.asked).toEqual(["慢慢想"]));
      const stopped = rig.close();
      closed = true;
      house.release();
      await Promise.all([sent, stopped]);
      expect(rig.heard("甲").join("\n")).toContain("收到「慢慢想」");
    });
  });
}
