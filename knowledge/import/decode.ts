/** Bytes to text: BOM, then strict UTF-8, then GB18030; anything else is refused rather than guessed. */

export interface Decoded {
  readonly text: string;
  readonly encoding: "utf-8" | "utf-16le" | "utf-16be" | "gb18030";
}

/** Undefined when the bytes are neither UTF-8 nor GB18030. */
export function decodeText(bytes: Uint8Array): Decoded | undefined {
  const encoding = detectEncoding(bytes);
  return encoding && { text: new TextDecoder(encoding).decode(bytes), encoding };
}

/** Looks at the whole of what it is given; a cut character at the very end is forgiven. */
export function detectEncoding(bytes: Uint8Array): Decoded["encoding"] | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  if (isValid("utf-8", bytes)) return "utf-8";
  return isValid("gb18030", bytes) ? "gb18030" : undefined;
}

function isValid(encoding: "utf-8" | "gb18030", bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    // Latin-1 or Big5 read as GB18030 comes out as rare characters: real lists are full of common ones.
    return encoding === "utf-8" || !/[\ue000-\uf8ff\ufffd]/.test(text);
  } catch {
    return false;
  }
}

/** The HTML part of an MHT archive, its transfer encoding undone. */
export function readMhtPart(bytes: Buffer): Buffer | undefined {
  const text = bytes.toString("latin1");
  const boundary = /boundary="?([^"\r\n;]+)"?/i.exec(text)?.[1];
  const parts = boundary ? text.split(`--${boundary}`) : [text];
  for (const part of parts) {
    if (!/content-type:\s*text\/html/i.test(part)) continue;
    const split = /\r?\n\r?\n/.exec(part.replace(/^\r?\n/, ""));
    if (!split) continue;
    const headers = part.slice(0, split.index + 2);
    const body = part.replace(/^\r?\n/, "").slice(split.index + split[0].length);
    if (/quoted-printable/i.test(headers)) {
      const plain = body
        .replace(/=\r?\n/g, "")
        .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
      return Buffer.from(plain, "latin1");
    }
    if (/base64/i.test(headers)) return Buffer.from(body.replace(/\s+/g, ""), "base64");
    return Buffer.from(body, "latin1");
  }
  return undefined;
}
