/**
 * Takes out of a file what it says about the place, the device and the person, whatever its layout: pictures are drawn
 * anew, everything else is rebuilt from the parts that are needed to see or hear it. What cannot be rebuilt is refused
 * with a sentence, before anything is saved.
 */
import { cleanAmr, cleanMp3, cleanOgg, cleanWav } from "./audio.ts";
import { cleanMp4 } from "./mp4.ts";
import { cleanOffice } from "./office.ts";
import { cleanPdf } from "./pdf.ts";
import { cleanHeic, cleanJpeg, cleanPng, cleanWebp } from "./pictures.ts";
import { Uncleanable } from "./uncleanable.ts";

export type Cleaned =
  /** `type` is what it has become. */
  | { readonly kind: "clean"; readonly bytes: Uint8Array; readonly type: string }
  /** `why` is read after the file's name: `打不开,…`. */
  | { readonly kind: "refused"; readonly why: string };

type Cleaner = (bytes: Buffer) => Promise<Buffer> | Buffer;
const cleaners: Readonly<Record<string, readonly [clean: Cleaner, becomes?: string]>> = {
  "image/jpeg": [cleanJpeg],
  "image/png": [cleanPng],
  "image/webp": [cleanWebp],
  "image/heic": [cleanHeic, "image/jpeg"],
  "image/heif": [cleanHeic, "image/jpeg"],
  "audio/mpeg": [cleanMp3],
  "audio/amr": [cleanAmr],
  "audio/x-m4a": [cleanMp4],
  "audio/wav": [cleanWav],
  "audio/ogg": [cleanOgg],
  "video/mp4": [cleanMp4],
  "video/quicktime": [cleanMp4],
  "application/pdf": [cleanPdf],
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": [cleanOffice],
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": [cleanOffice],
  // Nothing but what one reads.
  "text/plain": [(bytes) => bytes],
};

export async function cleanFile(given: Uint8Array, type: string): Promise<Cleaned> {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  const [clean, becomes = type] = cleaners[type] ?? [];
  if (!clean) return { kind: "refused", why: "的类型不能接收" };
  try {
    return { kind: "clean", bytes: await clean(bytes), type: becomes };
  } catch (error) {
    const why = error instanceof Uncleanable ? error.message : "打不开,可能已损坏或有密码";
    return { kind: "refused", why };
  }
}
