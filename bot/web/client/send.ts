/** Sends one turn. The same turn id is used when a broken line makes us try again, so nothing is done twice. */
import type { Reply } from "../../../src/reply.ts";

export type Sent =
  | { readonly kind: "reply"; readonly reply: Reply }
  | { readonly kind: "failed"; readonly say: string };

const TRIES = 3;
const TIMEOUT_MS = 60_000;

export async function sendTurn(
  body: Readonly<Record<string, string>>,
  files: readonly File[],
  progress: (percent: number | undefined) => void,
): Promise<Sent> {
  const id = [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
  for (let tries = 1; ; tries += 1) {
    const sent = await post(id, body, files, progress);
    if (sent || tries === TRIES) {
      return sent ?? { kind: "failed", say: "网络不通,这句话还没有发出去。请检查网络后再点发送。" };
    }
    await new Promise((resolve) => setTimeout(resolve, 400 * tries));
  }
}

/** Undefined: the line broke and it may be tried again. */
function post(
  id: string,
  body: Readonly<Record<string, string>>,
  files: readonly File[],
  progress: (percent: number | undefined) => void,
): Promise<Sent | undefined> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", files.length > 0 ? "/api/turns/files" : "/api/turns");
    request.timeout = TIMEOUT_MS;
    request.setRequestHeader("Idempotency-Key", id);
    request.onload = () => resolve(read(request));
    request.onerror = () => resolve(undefined);
    request.ontimeout = () => resolve(undefined);
    if (files.length === 0) {
      request.setRequestHeader("Content-Type", "application/json");
      request.send(JSON.stringify(body));
      return;
    }
    request.upload.onprogress = (event) => progress(Math.round((event.loaded / event.total) * 100));
    const form = new FormData();
    for (const [name, value] of Object.entries(body)) form.append(name, value);
    for (const file of files) form.append("file", file, file.name);
    request.send(form);
  });
}

function read(request: XMLHttpRequest): Sent | undefined {
  try {
    const answer = JSON.parse(request.responseText) as Reply & { error?: { say?: string } };
    if (request.status < 300) return { kind: "reply", reply: answer };
    if (request.status === 502 || request.status === 504) return undefined;
    return { kind: "failed", say: answer.error?.say ?? "暂时没有办成,请稍后再试。" };
  } catch {
    return { kind: "failed", say: "暂时没有办成,请稍后再试。" };
  }
}
