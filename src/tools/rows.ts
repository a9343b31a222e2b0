/** `findRows`: rows of published lists and passages of published texts, quoted as they stand. */
import { z } from "zod";
import type { Intent } from "../answering/intents.ts";
import { AppError } from "../error.ts";
import { type RecordKind, recordKinds } from "../records/schema.ts";
import { cites, defineTool, newSources, sourced } from "./tool.ts";

const MOST = 10;
const USUAL = 5;
const LONGEST_TEXT = 600;

/** Kinds that may be searched, with the topic whose switch turns them off. Officers are looked up one by one, never searched. */
const searched = {
  entity: "entityInfo",
  power: "competence",
  procedure: "procedure",
  relief: "relief",
  supervision: "supervision",
  benchmark: "benchmark",
  exemption: "exemption",
  inspection: "inspection",
  "legal-review": "legalReviewGate",
  "av-record": "avRecordGate",
  guide: "serviceGuide",
  filing: "disclosureDuty",
  decision: "informationDisclosure",
  hotline: "otherChannel",
  policy: "lawLookup",
  statute: "lawLookup",
} as const satisfies Partial<Record<RecordKind, Intent>>;
type Searched = keyof typeof searched;
const names = Object.keys(searched) as [Searched, ...Searched[]];

export const findRows = defineTool({
  name: "findRows",
  title: "查公示清单和条文",
  description: `查机关公布的清单和文件原文,逐条给出处(文件、行号、日期)。种类:${names.map((kind) => `${kind} ${recordKinds[kind].label}`).join("、")}。查电话、地址、职责、谁有权、罚多少、条文原文用它。没有找到就是没有公布,不要自己补。`,
  input: z.object({
    query: z.string().trim().min(1).max(200).describe("几个词,如“演示市市场监督管理局 电话”"),
    kinds: z.array(z.enum(names)).max(names.length).optional().describe("只看这些种类"),
    area: z.string().max(20).optional().describe("只看在这个区划代码适用的"),
    top: z.number().int().min(1).max(MOST).optional().describe(`最多几条,默认 ${USUAL}`),
  }),
  output: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        kind: z.string(),
        name: z.string(),
        text: z.string().describe("公布的内容,原样"),
        cites,
      }),
    ),
    ...sourced,
  }),
  run({ query, kinds = names, area, top = USUAL }, { library, search, today, area: usual }) {
    const open = kinds.filter((kind) => !library.topicsOff.has(searched[kind]));
    if (open.length === 0) throw new AppError("forbidden", { say: "这类信息暂停查询。" });
    const sources = newSources({ library, today });
    const where = area ?? usual;
    const scope = { kinds: open, on: today, ...(where ? { area: where } : {}) };
    const items = search.find(query, scope, top).flatMap(({ passage }) => {
      const record = library.find(passage.recordId);
      if (!record) return [];
      const inside = passage.id.split("#")[1];
      return [
        {
          id: passage.id,
          kind: recordKinds[record.kind].label,
          name: passage.name ?? passage.heading ?? passage.title,
          text: passage.text.slice(0, LONGEST_TEXT),
          cites: sources.cite(inside ? { record, locator: inside } : record),
        },
      ];
    });
    return { items, ...sources.done() };
  },
});
