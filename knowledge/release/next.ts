/** What would be published next, from everything that waits; and publishing it. */
import { AppError } from "../../src/error.ts";
import type { Day } from "../../src/law/day.ts";
import { readCurrent, readRelease } from "../../src/records/releases.ts";
import { readBatches, readDrafts, settleBatches } from "../import/drafts.ts";
import { whyUnconfirmed } from "../import/mappings.ts";
import { isSigned } from "../signature.ts";
import { assembleDraft, type Draft } from "./draft.ts";
import type { Names } from "./folder.ts";
import { type Sorted, sortLists, type WaitingList } from "./hold.ts";
import { publishDraft } from "./publish.ts";
import { publishShippedData, readShipped } from "./shipped.ts";

/** Where a house keeps what it publishes. */
export interface ReleaseHouse {
  readonly dataFolder: string;
  readonly releases: string;
  /** Whether the fictional city ships with it. */
  readonly demo: boolean;
}

/** With those lists that can go, and with every list. */
export interface Next extends Sorted {
  readonly whole: Draft;
}

const UNSIGNED_LIST = "【E41】导入时没有署名,无法确认发布人不是导入人。请由导入人署名(--by)重新导入原文件。";

/** What is live, shipped and imported, laid together. */
export function nextRelease(
  { dataFolder, releases, demo }: ReleaseHouse,
  today: Day,
  options: { readonly removeMissing?: boolean } = {},
): Next {
  publishShippedData(releases, { demo });
  const live = readRelease(releases, readCurrent(releases)).records();
  const shipped = readShipped({ demo });
  const lists = readBatches(dataFolder).map((batch): WaitingList => {
    const unready = isSigned(batch.by) ? whyUnconfirmed(dataFolder, batch) : UNSIGNED_LIST;
    return {
      id: batch.id,
      file: batch.file,
      kind: batch.kind,
      importedBy: batch.by,
      records: readDrafts(dataFolder, batch),
      ...(unready ? { unready } : {}),
    };
  });
  return {
    whole: assembleDraft(live, shipped, lists, options),
    ...sortLists(live, shipped, lists, today, options),
  };
}

export const nameOfList = ({ file, id }: Pick<WaitingList, "file" | "id">) => `《${file}》(${id})`;

/**
 * Publishes the lists that can go and puts them aside; the others keep waiting.
 *
 * @throws AppError `release_broken` when none can go, naming why.
 */
export function publishNext(
  house: ReleaseHouse,
  names: Names,
  today: Day,
  at: Date,
  options: { readonly removeMissing?: boolean } = {},
) {
  const { draft, going, held } = nextRelease(house, today, options);
  if (going.length === 0 && held.length > 0) {
    const why = held.map(({ list, reasons }) => `${nameOfList(list)}:${reasons.slice(0, 3).join("")}`);
    throw new AppError("release_broken", {
      say: `没有一份清单可以发布,未发布:\n${why.join("\n")}`,
      detail: { held: held.length },
    });
  }
  const manifest = publishDraft(house.releases, draft, names, today, at);
  const gone = new Set(going.map(({ id }) => id));
  settleBatches(
    house.dataFolder,
    readBatches(house.dataFolder).filter(({ id }) => gone.has(id)),
  );
  return { manifest, missing: draft.missing, held };
}
