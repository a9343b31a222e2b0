/** Multipart forms: fields become the body, files are kept beside it; both within limits. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "../../src/error.ts";
import type { TurnFile } from "../../src/turn.ts";
import { addressOf } from "./visitor.ts";

export const MAX_FILES = 6;
export const MAX_FILE_BYTES = 20 * 1024 * 1024;
export const uploadLimits = {
  fileSize: MAX_FILE_BYTES,
  files: MAX_FILES,
  fields: 30,
  fieldSize: 64 * 1024,
  fieldNameSize: 60,
  headerPairs: 60,
};

const uploaded = new WeakMap<FastifyRequest, readonly TurnFile[]>();

/** Files of the request, after `collectForm`. */
export function filesOf(request: FastifyRequest): readonly TurnFile[] {
  return uploaded.get(request) ?? [];
}

/** Bodies in memory at once: of one address, and of all. Each may hold 120 MB. */
const AT_ONCE = { address: 2, all: 4 };
const underWay = new Map<string, number>();

/** A place for one body, until its answer has gone out. @throws AppError `too_many` before a byte is read. */
function takePlace(request: FastifyRequest, reply: FastifyReply): void {
  const address = addressOf(request);
  const mine = underWay.get(address) ?? 0;
  const all = [...underWay.values()].reduce((sum, count) => sum + count, 0);
  if (mine >= AT_ONCE.address || all >= AT_ONCE.all)
    throw new AppError("too_many", { say: "正在上传的文件太多,请等前面的传完,几秒后再试。" });
  underWay.set(address, mine + 1);
  reply.raw.once("close", () => {
    const left = (underWay.get(address) ?? 1) - 1;
    if (left > 0) underWay.set(address, left);
    else underWay.delete(address);
  });
}

/** A `preValidation` hook: reads a multipart body whole. @throws AppError `too_large` naming the limits, or `too_many`. */
export async function collectForm(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (!request.isMultipart()) return;
  takePlace(request, reply);
  const body: Record<string, string> = {};
  const files: TurnFile[] = [];
  try {
    for await (const part of request.parts({ limits: uploadLimits })) {
      if (part.type === "file") {
        const bytes = await part.toBuffer();
        if (bytes.length > 0)
          files.push({ name: fileName(part.filename), claimedType: part.mimetype, bytes });
      } else if (typeof part.value === "string") {
        body[part.fieldname] = part.value;
      }
    }
  } catch (cause) {
    throw new AppError("too_large", {
      say: `文件无法接收:每次最多 ${MAX_FILES} 个,每个不超过 ${MAX_FILE_BYTES / 1024 / 1024} MB。`,
      cause,
    });
  }
  request.body = body;
  uploaded.set(request, files);
}

/** The last part of whatever path a browser sent, without control characters. */
function fileName(sent: string | undefined): string {
  const name = (sent ?? "").split(/[/\\]/).pop() ?? "";
  return name.replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, "").slice(-120) || "未命名";
}
