/**
 * Who complained: kept apart from the case, under a key of its own per report (envelope encryption).
 * Nothing here is read without a reason that is written down first (`cases/desk.ts`); everything is masked by default.
 */
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { type Keys, seal, unseal } from "../keys.ts";
import type { Database, Transaction } from "../store/database.ts";
import { doorNames } from "../turn.ts";

export const Identity = z.object({
  v: z.literal(1),
  name: z.string().max(40).optional(),
  /** Phone, e-mail or address, as given. */
  contact: z.string().max(120).optional(),
});
export type Identity = z.infer<typeof Identity>;

/** Where a content-free notice can be pushed: what the door itself knows of the person. */
export const ReturnAddress = z.object({
  v: z.literal(1),
  door: z.enum(doorNames),
  address: z.string().max(200),
});
export type ReturnAddress = z.infer<typeof ReturnAddress>;

export type IdentityField = "name" | "contact";

export interface Vault {
  put(
    transaction: Transaction,
    complaint: string,
    identity: Identity | undefined,
    address: ReturnAddress | undefined,
    at: Date,
  ): Promise<void>;
  identity(db: Database | Transaction, complaint: string): Promise<Identity | undefined>;
  address(db: Database | Transaction, complaint: string): Promise<ReturnAddress | undefined>;
}

export function createVault(keys: Keys): Vault {
  const wrapping = keys.derive("vault");
  const contextOf = (complaint: string, what: string) => `vault ${what} ${complaint}`;

  async function open(db: Database | Transaction, complaint: string, what: "identity" | "address") {
    const row = await db
      .selectFrom("vault")
      .selectAll()
      .where("complaint", "=", complaint)
      .executeTakeFirst();
    const box = row?.[what];
    if (!row || !box) return undefined;
    const key = unseal(wrapping, row.wrapped_key, contextOf(complaint, "key"));
    return JSON.parse(unseal(key, box, contextOf(complaint, what)).toString());
  }

  return {
    async put(transaction, complaint, identity, address, at) {
      if (!identity && !address) return;
      const key = randomBytes(32);
      const box = (what: string, value: unknown) =>
        value === undefined ? null : seal(key, JSON.stringify(value), contextOf(complaint, what));
      await transaction
        .insertInto("vault")
        .values({
          complaint,
          wrapped_key: seal(wrapping, key, contextOf(complaint, "key")),
          identity: box("identity", identity),
          address: box("address", address),
          at: at.getTime(),
        })
        .execute();
    },
    identity: async (db, complaint) => {
      const value = await open(db, complaint, "identity");
      return value === undefined ? undefined : Identity.parse(value);
    },
    address: async (db, complaint) => {
      const value = await open(db, complaint, "address");
      return value === undefined ? undefined : ReturnAddress.parse(value);
    },
  };
}

/** What is shown without a reason: that something was given, never what. */
export function maskIdentity(identity: Identity | undefined): Readonly<Record<IdentityField, string>> {
  return {
    name: identity?.name ? `${identity.name.slice(0, 1)}**` : "未提供",
    contact: identity?.contact ? "已提供(读取须说明理由)" : "未提供",
  };
}
