/** Takes one imported list out of what is to be published next; what is published is never touched. */
import { AppError } from "../../src/error.ts";
import { discardBatch, type ImportBatch, isSettled, readBatches } from "../import/drafts.ts";
import { isSigned, signatureOf } from "../signature.ts";
import { listReleases } from "./folder.ts";
import { journal } from "./publish.ts";

/**
 * @param id of an import that waits for publication, as `import` says it.
 * @throws AppError `bad_input` without name or reason, or for what is published already.
 * @throws AppError `not_found` naming the drafts there are.
 */
export function discardDraft(
  releases: string,
  dataFolder: string,
  id: string,
  decision: { readonly by: string; readonly reason: string },
  at: Date,
): ImportBatch {
  if (!isSigned(decision.by) || decision.reason.trim() === "") {
    throw new AppError("bad_input", { say: "请写明经办人和理由。" });
  }
  const waiting = readBatches(dataFolder);
  const batch = waiting.find((each) => each.id === id);
  if (!batch) {
    const release = listReleases(releases).find((each) => each.id === id);
    if (release) {
      const cure = release.live
        ? "现行版可用 release rollback 回退,单条记录可用 release withdraw 停用。"
        : "发布过的版本须留存备查。";
      throw new AppError("bad_input", {
        say: `“${id}”是${release.live ? "现行" : "已发布的"}版,不是草稿,不能丢弃。${cure}`,
      });
    }
    if (isSettled(dataFolder, id)) {
      throw new AppError("bad_input", {
        say: `草稿“${id}”已经发布,不能丢弃。现行版可用 release rollback 回退,单条记录可用 release withdraw 停用。`,
      });
    }
    const known = waiting.map((each) => `${each.id}(${each.file})`).join("、") || "无";
    throw new AppError("not_found", { say: `没有待发布的草稿“${id}”。现有:${known}。` });
  }
  discardBatch(dataFolder, batch);
  journal(releases, at, {
    did: "discard",
    draft: id,
    file: batch.file,
    kind: batch.kind,
    importedBy: batch.by,
    by: signatureOf(decision.by),
    reason: decision.reason.trim(),
  });
  return batch;
}
