/** Multipart forms: fields become the body, files are kept beside it; both within limits. */
import type { FastifyRequest } from "fastify";
import { AppError } from "../../src/error.ts";
import type { TurnFile } from "../../src/turn.ts";

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

/** A `preValidation` hook: reads a multipart body whole. @throws AppError `too_large` naming the limits. */
export async function collectForm(request: FastifyRequest): Promise<void> {
  if (!request.isMultipart()) return;
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
