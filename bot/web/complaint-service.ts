/** The house's complaints as the web forms need them. */
import { createHash, randomBytes } from "node:crypto";
import { type Matter, matterNames, matters } from "../../src/cases/matters.ts";
import { finished, type Status } from "../../src/cases/states.ts";
import { appealBlocks, appealCitations } from "../../src/complaints/appeal.ts";
import { type Complaints, type ReportStatus, TRAY_NAME } from "../../src/complaints/complaints.ts";
import type { Evidence } from "../../src/complaints/evidence.ts";
import { concernsDecision } from "../../src/complaints/intake-draft.ts";
import { AppError } from "../../src/error.ts";
import type { Calendar } from "../../src/law/calendar.ts";
import { dayOf, parseDay } from "../../src/law/day.ts";
import type { Library } from "../../src/records/library.ts";
import type { Store } from "../../src/store/database.ts";
import type { TurnFile } from "../../src/turn.ts";
import type { ComplaintService, ComplaintStatus } from "./services.ts";

export interface ComplaintServiceParts {
  readonly store: Store;
  readonly complaints: Complaints;
  readonly library: () => Library;
  readonly calendar: () => Calendar;
  /** Takes the files of a form. Without it a form with files is refused. */
  readonly evidence?: Evidence;
}

export function createComplaintService(parts: ComplaintServiceParts): ComplaintService {
  const { complaints, store } = parts;

  async function openReport(receipt: string, address: string, at: Date) {
    const opened = await complaints.open(receipt, address, at);
    return opened.kind === "open" ? opened.report : undefined;
  }

  return {
    matters: matterNames.filter((id) => id !== "correction").map((id) => ({ id, label: matters[id] })),
    promise:
      "材料只交给有权监督的机关,被投诉的单位和人员看不到您的身份和原文。匿名提交不需要留下任何身份信息;但请不要在正文里写出自己的姓名。",
    async file(form, { submission, at }) {
      const open = await complaints.preflight();
      if (!open.open) throw new AppError("not_found", { say: open.say });
      if (!isMatter(form.matter)) {
        throw new AppError("bad_input", { say: `“matter”只能是 ${matterNames.join("、")}。` });
      }
      const id = createHash("sha256").update(submission).digest("hex");
      const kept = form.files.length > 0 ? await keep(parts, form.files, id, at) : undefined;
      const organs = form.organ ? parts.library().entitiesNamed(form.organ) : [];
      const only = organs.length === 1 ? organs[0] : undefined;
      const day = form.day === undefined ? undefined : parseDay(form.day);
      const anonymous = form.secrecy === "anonymous";
      const prepared = await complaints.file(
        {
          id,
          kind: "complaint",
          door: "web",
          secrecy: form.secrecy,
          filing: {
            v: 1,
            what: form.text,
            matter: form.matter,
            organIds: only ? [only.id] : [],
            ...(form.organ && { organName: form.organ }),
            ...(form.officer && { officer: form.officer.slice(0, 60) }),
            ...(day && { day }),
            ...(form.place && { where: form.place }),
            ...(form.area && { area: form.area }),
          },
          ...(!anonymous && (form.name || form.contact)
            ? {
                identity: {
                  v: 1 as const,
                  ...(form.name && { name: form.name }),
                  ...(form.contact && { contact: form.contact }),
                },
              }
            : {}),
          ...(kept && { key: kept.key, evidence: [...kept.evidence] }),
        },
        at,
      );
      return {
        receipt: prepared.receipt,
        acknowledgement: prepared.acknowledgement,
        ...(prepared.route.office && { office: prepared.officeName }),
        ...((ofDecision.has(form.matter) || concernsDecision({ what: form.text })) && {
          appeal: { blocks: appealBlocks(day, parts.calendar()), citations: appealCitations() },
        }),
        say: "请抄下来或拍照保存。查进度、补充材料、撤回都只凭这个号;遗失后无法找回。",
      };
    },
    async status(receipt, { address, at }) {
      const report = await openReport(receipt, address, at);
      return report && toStatus(await complaints.status(report));
    },
    async add(receipt, text, { address, at }) {
      const report = await openReport(receipt, address, at);
      if (!report) return undefined;
      await store.db.transaction().execute((transaction) => complaints.say(transaction, report, text, at));
      return toStatus(await complaints.status(report));
    },
  };
}

/** Files wait unattached, sealed with the submission's key, until the filing commits; abandoned ones are swept. */
async function keep(
  { evidence, store }: ComplaintServiceParts,
  files: readonly TurnFile[],
  submission: string,
  at: Date,
): Promise<{ readonly key: string; readonly evidence: string[] }> {
  if (!evidence) {
    throw new AppError("bad_input", { say: "本站不在表单里收文件,请在智能问答里提交,或去掉文件再提交。" });
  }
  const key = randomBytes(32);
  const ids: string[] = [];
  for (const file of files) {
    const received = await evidence.receive(file, "web", submission, key, at);
    if (received.kind === "refused") throw new AppError("bad_input", { say: received.say });
    await store.db.insertInto("evidence").values(received.row).execute();
    ids.push(received.row.id);
  }
  return { key: key.toString("base64"), evidence: ids };
}

/** Matters that are of a decision or measure by their name. */
const ofDecision: ReadonlySet<Matter> = new Set(["fine", "discretion", "coercion"]);

function isMatter(text: string): text is Matter {
  return Object.hasOwn(matters, text);
}

function toStatus(report: ReportStatus): ComplaintStatus {
  // What the office owes the person; periods it sets others are its own business.
  const [next] = report.clocks
    .filter(({ name }) => name === "accept" || name === "finish")
    .sort((a, b) => a.due.localeCompare(b.due));
  const over = finished.includes(report.status);
  return {
    status: report.label,
    say: report.result ? `办理结果:${report.result}。` : sayStage(report.status),
    filedOn: dayOf(report.submittedAt),
    ...(report.office !== TRAY_NAME && { office: report.office }),
    ...(next && !over && { due: { label: next.label, day: next.due } }),
    events: report.timeline.map(({ at, label }) => ({ at: dayOf(at), text: label })),
    messages: report.messages.map(({ at, from, text }) => ({
      at: dayOf(at),
      author: from === "office" ? "办理机构" : "您",
      text,
    })),
  };
}

function sayStage(status: Status): string {
  if (status === "registered") return "材料已收到,正在决定是否受理。有新进展会显示在这里。";
  if (status === "withdrawn") return "已按您的要求撤回。";
  return "正在办理。有新进展会显示在这里。";
}
