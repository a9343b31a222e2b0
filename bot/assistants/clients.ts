/** Programs that may use `/v1`, each by a key of its own, so that one can be taken away without the others. */
import { createHash, timingSafeEqual } from "node:crypto";
import type { Config } from "../../src/config.ts";

export type ApiClient = Config["CHAT_API_KEYS"][number];

const digestOf = (key: string) => createHash("sha256").update(key).digest();

/** Which client an `Authorization: Bearer …` belongs to. Takes as long whether a key fits, nearly fits or does not. */
export function createClients(clients: readonly ApiClient[]): (authorization?: string) => string | undefined {
  const known = clients.map(({ name, key }) => ({ name, digest: digestOf(key) }));
  return (authorization = "") => {
    const given = digestOf(/^Bearer\s+(\S+)\s*$/i.exec(authorization)?.[1] ?? "");
    let found: string | undefined;
    for (const { name, digest } of known) if (timingSafeEqual(digest, given)) found = name;
    return found;
  };
}
