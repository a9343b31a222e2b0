/**
 * Evidence files: type by content, size by door, cleaned of what they tell beside what they show, sealed with the report's own key, hashed.
 * Sealed files lie in the store in chunks, so that every worker reads them and one copy of the database is whole. They are
 * committed before the file's row is; chunks without a row are swept by retention.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileTypeFromBuffer } from "file-type";
import { nanoid } from "nanoid";
import { seal, unseal } from "../keys.ts";
import type { EvidenceRow } from "../store/case-tables.ts";
import type { Database, Store, Transaction } from "../store/database.ts";
import type { DoorName, TurnFile } from "../turn.ts";
import { createFileCleaner, type FileCleaner } from "./cleaning/cleaner.ts";

const MB = 1024 * 1024;

/** Largest file by door, bytes: what the platform itself carries, never more than 50 MB. */
const maxBytes: Readonly<Record<DoorName, number>> = {
  web: 50 * MB,
  api: 50 * MB,
  terminal: 50 * MB,
  telegram: 20 * MB,
  wechat: 25 * MB,
};
export const MAX_FILES = 20;

/** By magic bytes; plain text has none and is recognised by being text. */
const accepted: Readonly<Record<string, string>> = {
  "image/jpeg": "照片",
  "image/png": "图片",
  "image/webp": "图片",
  "image/heic": "照片",
  "image/heif": "照片",
  "audio/mpeg": "录音",
  "audio/amr": "录音",
  "audio/x-m4a": "录音",
  "audio/wav": "录音",
  "audio/ogg": "录音",
  "video/mp4": "视频",
  "video/quicktime": "视频",
  "application/pdf": "PDF",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word 文档",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "表格",
  "text/plain": "文本",
};

export type Received =
  | { readonly kind: "kept"; readonly row: EvidenceRow; readonly label: string }
  | { readonly kind: "refused"; readonly say: string };

export interface Evidence {
  /** Checks, cleans, seals and stores the file; the caller inserts the row in its transaction. */
  receive(file: TurnFile, door: DoorName, conversation: string, key: Buffer, at: Date): Promise<Received>;
  /** @throws when the file is gone, altered, or sealed with another key. */
  read(
    row: EvidenceRow,
    key: Buffer,
  ): Promise<{ readonly name: string; readonly type: string; readonly bytes: Buffer }>;
}

/** Characters of a sealed file in one row: small enough for any engine's memory, few enough rows. */
const CHUNK = 512 * 1024;

export function openEvidence({ db }: Store, cleaner: FileCleaner = createFileCleaner()): Evidence {
  return {
    async receive(file, door, conversation, key, at) {
      const name = file.name.slice(0, 120);
      const most = maxBytes[door];
      if (file.bytes.length === 0) return { kind: "refused", say: `文件“${name}”是空的,没有保存。` };
      if (file.bytes.length > most)
        return { kind: "refused", say: `文件“${name}”超过 ${most / MB} MB,没有保存。请压缩或分段后再发。` };
      const type = await typeOf(file.bytes);
      const label = type && accepted[type];
      if (!type || !label) {
        return {
          kind: "refused",
          say: `文件“${name}”的类型不能接收。可以发:照片、录音、视频(MP4、MOV)、PDF、Word、Excel(xlsx)、文本。`,
        };
      }
      const cleaned = await cleaner.clean(file.bytes, type);
      if (cleaned.kind === "refused") {
        return {
          kind: "refused",
          say: `文件“${name}”${cleaned.why},没有保存。为保护您,只保存能去掉拍摄地点、作者姓名等附加信息的文件;请截图,或转成 JPG、MP4、PDF 再发。`,
        };
      }
      const clean = Buffer.from(cleaned.bytes);
      const id = nanoid();
      const sealed = seal(key, clean, `evidence ${id}`);
      await db.transaction().execute((transaction) => putChunks(transaction, id, sealed, at));
      return {
        kind: "kept",
        label,
        row: {
          id,
          complaint: null,
          conversation,
          name: seal(key, cleaned.type === type ? name : nameAs(name, cleaned.type), `evidence name ${id}`),
          type: cleaned.type,
          bytes: clean.length,
          sha256: createHash("sha256").update(clean).digest("hex"),
          at: at.getTime(),
        },
      };
    },
    async read(row, key) {
      const chunks = await db
        .selectFrom("evidence_chunk")
        .select("body")
        .where("evidence", "=", row.id)
        .orderBy("no")
        .execute();
      return {
        name: unseal(key, row.name, `evidence name ${row.id}`).toString(),
        type: row.type,
        bytes: unseal(key, chunks.map((chunk) => chunk.body).join(""), `evidence ${row.id}`),
      };
    },
  };
}

async function putChunks(
  transaction: Transaction,
  evidence: string,
  sealed: string,
  at: Date,
): Promise<void> {
  for (let no = 0; no * CHUNK < sealed.length; no += 1) {
    const body = sealed.slice(no * CHUNK, (no + 1) * CHUNK);
    await transaction.insertInto("evidence_chunk").values({ evidence, no, body, at: at.getTime() }).execute();
  }
}

/** Files of an older data folder go into the store, each removed once it is committed there. */
export async function adoptEvidenceFiles({ db }: Store, folder: string, at: Date): Promise<void> {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const id = /^(.+)\.sealed$/.exec(name)?.[1];
    if (!id) continue;
    const sealed = readFileSync(join(folder, name), "utf8");
    await db.transaction().execute(async (transaction) => {
      await transaction.deleteFrom("evidence_chunk").where("evidence", "=", id).execute();
      await putChunks(transaction, id, sealed, at);
    });
    rmSync(join(folder, name));
  }
}

export function evidenceOf(db: Database | Transaction, complaint: string): Promise<readonly EvidenceRow[]> {
  return db.selectFrom("evidence").selectAll().where("complaint", "=", complaint).orderBy("at").execute();
}

/** The name with the ending of what the file has become. */
function nameAs(name: string, type: string): string {
  return type === "image/jpeg" ? `${name.replace(/\.\w{1,5}$/, "")}.jpg` : name;
}

async function typeOf(bytes: Uint8Array): Promise<string | undefined> {
  const known = await fileTypeFromBuffer(bytes);
  if (known) return known.mime.split(";")[0];
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return /[\u0000-\u0008\u000e-\u001f]/.test(text) || /^\s*</.test(text) ? undefined : "text/plain";
  } catch {
    return undefined;
  }
}
