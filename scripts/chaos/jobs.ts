/**
 * What is being done when the process dies. A job may be begun again after any crash: it does over what the outside
 * would do over (the same submission, the same turns, the same click), and tells each thing it was told is done.
 */
import { join } from "node:path";
import { publishDraft } from "../../knowledge/release/publish.ts";
import { signedEvent } from "../../src/cases/outbox.ts";
import type { MoveFields } from "../../src/cases/states.ts";
import { AppError } from "../../src/error.ts";
import { dayOf } from "../../src/law/day.ts";
import { openReleases } from "../../src/records/releases.ts";
import type { PublishedRecord } from "../../src/records/schema.ts";
import type { OutboxRow } from "../../src/store/case-tables.ts";
import type { Turn, TurnFile } from "../../src/turn.ts";
import { accountOf, clerkOf, type House, second } from "./house.ts";
import { step } from "./killer.ts";

/** A thing said to be done. `key` names it, `value` must be the same each time it is said. */
export interface Ack {
  readonly key: string;
  readonly value: string;
  readonly receipt?: string;
}

export interface JobContext {
  readonly house: House;
  readonly releases: string;
  /** Where notices are sent. */
  readonly recipient: string;
  readonly now: () => Date;
  readonly tell: (ack: Ack) => void;
}

export interface Job {
  /** Done before the danger begins; must itself bear repetition. */
  readonly prepare?: (context: JobContext, no: number) => Promise<void>;
  readonly run: (context: JobContext, no: number) => Promise<void>;
}

export const steps = [
  "intake",
  "dialogue",
  "inbox",
  "delivery",
  "moves",
  "publish",
  "anywhere",
  "drain",
] as const;
export type StepName = (typeof steps)[number];

export const ORGAN = "ent_demo_cgj";
export const storyOf = (no: number, part = "") =>
  `第${no}${part}件:十一月三日上午,城管队员没有出示证件就在市场门口罚了我二百元,没有给票据。`;
const submissionOf = (no: number, part = "") => `fault-run-submission-${String(no).padStart(6, "0")}${part}`;
const photo: TurnFile = {
  name: "现场记录.txt",
  claimedType: "text/plain",
  bytes: new TextEncoder().encode("十一月三日上午,市场门口,无票据。"),
};

/** A web form: keeps the file, files the report; sent again it keeps and files again under the same submission. */
export async function fileForm({ house, now }: Pick<JobContext, "house" | "now">, no: number, part = "") {
  const at = now();
  const kept = await house.complaints.keep([photo], "web", `form-${no}${part}`, at);
  return house.complaints.file(
    {
      id: submissionOf(no, part),
      kind: "complaint",
      secrecy: "confidential",
      identity: { v: 1, contact: "演示联系方式" },
      door: "web",
      address: `visitor-${no}`,
      key: kept.key,
      evidence: [...kept.evidence],
      filing: { v: 1, what: storyOf(no, part), matter: "fine", organIds: [ORGAN], officerIds: [] },
    },
    at,
  );
}

const intake: Job = {
  async run(context, no) {
    const { receipt, caseId } = await fileForm(context, no);
    context.tell({ key: `report ${no}`, value: caseId, receipt });
  },
};

/** Said whatever is asked after the story, until the report is filed. */
const onward = (choices: readonly { readonly id: string }[]): Partial<Turn> =>
  choices.some(({ id }) => id === "confirm")
    ? { choice: "confirm" }
    : choices.some(({ id }) => id === "files:done")
      ? { choice: "files:done" }
      : { text: "跳过" };

const dialogue: Job = {
  prepare: async ({ house }) => void (await house.assistant()),
  async run({ house, now, tell }, no) {
    const assistant = await house.assistant();
    let next: Partial<Turn> = { choice: "start:complaint" };
    for (let turn = 0; turn < 20; turn += 1) {
      const reply = await assistant.reply({
        id: `turn-${no}-${turn}`,
        door: "web",
        conversation: `talk-${no}`,
        person: `visitor-${no}`,
        role: "citizen",
        text: next.choice ?? "",
        files: [],
        at: now(),
        ...next,
      });
      if (reply.outcome === "failed") throw new Error(JSON.stringify(reply.blocks));
      const shown = reply.blocks.find((block) => block.kind === "receipt");
      tell({ key: `turn ${no} ${turn}`, value: JSON.stringify(reply) });
      if (shown) return tell({ key: `report ${no}`, value: shown.receipt, receipt: shown.receipt });
      if (turn === 0) next = { text: "匿名" };
      else if (turn === 1) next = { text: storyOf(no) };
      else if (turn === 2) next = { text: "照片如下", files: [photo] };
      else next = onward(reply.choices);
    }
    throw new Error("the dialogue did not come to its end");
  },
};

/** What a platform delivers: three messages of one conversation, each saved before it is confirmed, then answered in order. */
const inbox: Job = {
  prepare: async ({ house }) => void (await house.assistant()),
  async run({ house, now, tell }, no) {
    const assistant = await house.assistant();
    const said: readonly Partial<Turn>[] = [
      { choice: "start:complaint" },
      { text: "匿名" },
      { text: storyOf(no) },
    ];
    const letters = said.map((body, index) => ({
      id: `letter-${no}-${index}`,
      conversation: `letters-${no}`,
      no: index,
      body: { ...body, at: now().getTime() },
    }));
    // Delivered again after a crash, as a platform would that got no confirmation.
    await house.inbox.put("telegram", letters);
    for (const { id } of letters) tell({ key: `letter ${id}`, value: "saved" });
    const service = house.inbox.serve("telegram", async ({ id, bodies }) => {
      const { at, ...body } = bodies[0] as Partial<Turn> & { readonly at: number };
      const reply = await assistant.reply({
        id,
        door: "telegram",
        conversation: `letters-${no}`,
        person: `visitor-${no}`,
        role: "citizen",
        text: body.choice ?? "",
        files: [],
        ...body,
        at: new Date(at),
      });
      if (reply.outcome === "failed") throw new Error(JSON.stringify(reply.blocks));
      tell({ key: `answer ${id}`, value: JSON.stringify(reply) });
    });
    for (;;) {
      const { waiting = 0, claimed = 0 } = await house.inbox.counts();
      if (waiting + claimed === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await service.stop();
  },
};

/** Posts one notice; the recipient knows a repeated one by its id. */
export function poster(recipient: string) {
  return async (row: OutboxRow): Promise<"sent"> => {
    const { body, headers } = signedEvent(row, "https://demo.invalid/", "fault-run-secret");
    step();
    const answer = await fetch(recipient, { method: "POST", body, headers });
    step();
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`recipient answered ${answer.status}`);
    return "sent";
  };
}

const delivery: Job = {
  async prepare(context, no) {
    for (const part of ["甲", "乙"]) await fileForm(context, no, part);
  },
  async run({ house, recipient, now, tell }, no) {
    await house.outbox.deliverDue(poster(recipient), `worker-${process.pid}`, now);
    tell({ key: `delivered ${no}`, value: "done" });
  },
};

export const plan: readonly { readonly move: string; readonly fields: MoveFields }[] = [
  { move: "accept", fields: { note: "材料齐全" } },
  { move: "handle", fields: { note: "本机构办理" } },
  { move: "note", fields: { note: "询问了投诉人" } },
  {
    move: "feedBack",
    fields: { finding: "未开票据", result: "属实", toComplainant: "情况属实,已责令补开。" },
  },
  { move: "close", fields: { note: "已办结" } },
];

/** Delivers what others filed: one of several workers. */
const drain: Job = { run: delivery.run };

const moves: Job = {
  prepare: async (context, no) => void (await fileForm(context, no)),
  async run(context, no) {
    const { house, tell } = context;
    const clerk = await clerkOf(house);
    const reviewer = await accountOf(house, second);
    const { caseId } = await fileForm(context, no);
    for (const [index, { move, fields }] of plan.entries()) {
      // The same click again: whoever saw version n cannot make its move twice.
      try {
        await house.desk.act(move === "close" ? reviewer : clerk, caseId, move, fields, index + 1);
      } catch (thrown) {
        if (!(thrown instanceof AppError) || thrown.code !== "conflict") throw thrown;
      }
      tell({ key: `move ${no} ${index}`, value: `${caseId} ${move}` });
    }
  },
};

/** Everything that ships but officers, renamed a little each time: a release of its own. */
const publish: Job = {
  async run({ house, releases, now, tell }, no) {
    const records = openReleases(releases).library().all("entity");
    const fresh: PublishedRecord[] = records.map((record) => ({
      ...record,
      source: { ...record.source, title: `${record.source.title}(第${no}版)` },
    }));
    const draft = { records: fresh, importers: [], missing: [] };
    const manifest = publishDraft(
      join(house.folder, "releases"),
      draft,
      { preparedBy: "甲", publishedBy: "乙" },
      dayOf(now()),
      now(),
    );
    tell({ key: `release ${no}`, value: manifest.id });
  },
};

export const jobs: Readonly<Record<StepName, Job>> = {
  intake,
  dialogue,
  inbox,
  delivery,
  moves,
  publish,
  anywhere: intake,
  drain,
};
