/** One-time codes by which an officer binds a chat to the certificate; issued in the console, good for a quarter of an hour. */
import { randomInt } from "node:crypto";
import type { Handled, TurnHandler } from "../conversation.ts";
import { AppError } from "../error.ts";
import type { Keys } from "../keys.ts";
import { dayOf } from "../law/day.ts";
import { verifyOfficer } from "../officers/verify.ts";
import type { Library } from "../records/library.ts";
import type { Store } from "../store/database.ts";
import { requireRole } from "./access.ts";
import type { Account } from "./accounts.ts";
import { appendAudit } from "./audit.ts";

const LIFE_MS = 15 * 60_000;

export interface OfficerCodes {
  /** @param officer record id. @throws AppError when the certificate is not in force. */
  issue(account: Account, officer: string): Promise<{ readonly code: string; readonly expiresAt: Date }>;
}

interface Parts {
  readonly store: Store;
  readonly keys: Keys;
  readonly library: () => Library;
}

export function createOfficerCodes(parts: Parts, now: () => Date): OfficerCodes {
  const { store, keys } = parts;
  return {
    async issue(account, officer) {
      requireRole(account, "admin", "supervisor", "editor");
      const record = parts.library().find(officer);
      if (
        record?.kind !== "officer" ||
        verifyOfficer(parts.library(), record, dayOf(now())).outcome !== "valid"
      )
        throw new AppError("bad_input", { say: "只能为证件有效的执法人员生成绑定码。" });
      const code = Array.from({ length: 10 }, () => randomInt(10)).join("");
      const expiresAt = new Date(now().getTime() + LIFE_MS);
      await store.db.transaction().execute(async (transaction) => {
        await transaction
          .insertInto("officer_code")
          .values({
            id: keys.digest("officer-code", code),
            officer,
            issued_by: account.id,
            expires_at: expiresAt.getTime(),
            used_at: null,
          })
          .execute();
        await appendAudit(
          store,
          transaction,
          { actor: account.id, action: "officerCode.issue", subject: officer, reason: "" },
          now(),
        );
      });
      return { code, expiresAt };
    },
  };
}

/**
 * `绑定 1234567890` binds the conversation to the officer; `解除绑定` ends it. A binding also ends when the certificate
 * does: whoever answers an officer checks the record first.
 */
export function createBindingHandler(parts: Parts): TurnHandler {
  const { db } = parts.store;
  const reply = (text: string, outcome: "answered" | "declined" = "answered"): Handled["reply"] => ({
    outcome,
    intent: "officerManagement",
    blocks: [{ kind: "text", text }],
    choices: [],
    citations: [],
  });
  return async ({ turn, said, conversation, library, today }) => {
    if (conversation.officer) {
      const record = library.find(conversation.officer);
      // A list past its review says nothing about the certificate; every other outcome but 有效 ends it.
      const standing = record?.kind === "officer" && verifyOfficer(library, record, today).outcome;
      const valid = standing === "valid" || standing === "outdatedList";
      if (said.text === "解除绑定" || !valid)
        return {
          reply: reply(valid ? "已解除绑定。" : "您的执法证件已不在有效名单中,绑定已自动解除。"),
          officer: null,
        };
    }
    const code = /^绑定\s*(\d{10})$/.exec(said.text.normalize("NFKC"))?.[1];
    if (!code) return undefined;
    const id = parts.keys.digest("officer-code", code);
    const row = await db.selectFrom("officer_code").selectAll().where("id", "=", id).executeTakeFirst();
    if (!row || row.used_at !== null || row.expires_at < turn.at.getTime())
      return { reply: reply("绑定码不对、已用过或已过期。请到管理后台重新生成。", "declined") };
    return {
      reply: reply("绑定成功。今后先按执法人员身份回答;发送“解除绑定”可随时解除。"),
      officer: row.officer,
      commit: async (transaction) => {
        const used = await transaction
          .updateTable("officer_code")
          .set({ used_at: turn.at.getTime() })
          .where("id", "=", id)
          .where("used_at", "is", null)
          .executeTakeFirst();
        if (used.numUpdatedRows !== 1n) throw new AppError("conflict");
      },
    };
  };
}
