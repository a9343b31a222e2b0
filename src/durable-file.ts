/** Writes that are on disk when they return: what is acknowledged after them survives a power cut. */
import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from "node:fs";

/** Writes the whole of `body` to a file that must not exist yet (mode 0600), and syncs it. */
export function writeDurably(file: string, body: string | Uint8Array): void {
  const handle = openSync(file, "wx", 0o600);
  try {
    writeFileSync(handle, body);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Replaces a file so that a reader sees the old one or the new one, never a mixture. */
export function replaceFile(file: string, body: string | Uint8Array): void {
  const temporary = `${file}.${randomBytes(4).toString("hex")}`;
  writeDurably(temporary, body);
  renameSync(temporary, file);
}
