/** From the texts of a release to the bytes of an index. Pure; what takes seconds of a start is here. */
import { bytesOfShelf, type Laid, layShelf } from "../../search/shelf.ts";
import { createStaticVectors, type StaticVectors } from "../../search/static-vectors.ts";
import { buildAskIndex, bytesOfAskIndex, type Indexed } from "../finding/ask-index.ts";

/** Vectors as they can be sent to a thread: the table is made there. */
export type SentVectors = Omit<StaticVectors, "table">;

export type Job =
  | { readonly kind: "asks"; readonly units: readonly Indexed[]; readonly vectors: SentVectors | undefined }
  | {
      readonly kind: "passages";
      readonly passages: readonly Laid[];
      readonly vectors: SentVectors | undefined;
    };

export function build(job: Job): Buffer {
  const vectors = job.vectors && createStaticVectors(job.vectors);
  switch (job.kind) {
    case "asks":
      return bytesOfAskIndex(buildAskIndex(job.units, vectors));
    case "passages":
      return bytesOfShelf(layShelf(job.passages, vectors));
  }
}
