/** `findPoints`: points of law and published answers, found as the assistant itself finds them. */
import { z } from "zod";
import { soughtOf } from "../answering/finding/sought.ts";
import { liesIn } from "../answering/place.ts";
import { refsOf } from "../answering/telling/point.ts";
import { routeOf } from "../answering/telling/topics.ts";
import { normaliseQuestion } from "../answering/understand/normalise.ts";
import { mentionsOf } from "../answering/understand/understand.ts";
import { isCurrent, type Library } from "../records/library.ts";
import { aspects } from "../records/point.ts";
import type { PublishedRecord } from "../records/schema.ts";
import { roles } from "../turn.ts";
import { cites, defineTool, newSources, sourced, type ToolHouse } from "./tool.ts";

const MOST = 10;
const USUAL = 5;
/** So many are looked through for those that hold here and now. */
const LOOKED_THROUGH = 40;

const Item = z.object({
  id: z.string(),
  lead: z.string().describe("要点;单独成立"),
  more: z.array(z.string()),
  topic: z.string().optional(),
  aspect: z.string().optional().describe("它回答的是:能不能、多久、谁……"),
  cites,
});

export const findPoints = defineTool({
  name: "findPoints",
  title: "查法律要点和常见问答",
  description:
    "按一句问话查行政执法的法律要点(复议、诉讼、听证、处罚程序、强制、许可、信息公开、治安、交通等)和公布的问答。每条是一句可以单独成立的话,并附法律条款。用老百姓的问法或法律术语都可以,一次只问一件事。",
  input: z.object({
    question: z.string().trim().min(1).max(500).describe("一句问话,如“罚款要不要先交再复议”"),
    role: z.enum(roles).optional().describe("citizen 是当事人,officer 是执法人员"),
    area: z.string().max(20).optional().describe("所在地的区划代码,如 140802"),
    top: z.number().int().min(1).max(MOST).optional().describe(`最多几条,默认 ${USUAL}`),
  }),
  output: z.object({ items: z.array(Item).describe("最相近的在前"), ...sourced }),
  run({ question, role, area, top = USUAL }, house) {
    const sources = newSources(house);
    const items = unitsFor(house, question, { role: role ?? house.role, area: area ?? house.area })
      .flatMap((id): z.output<typeof Item>[] => {
        const record = house.library.find(id);
        if (record?.kind === "point")
          return [
            {
              id,
              lead: record.lead,
              more: record.more,
              topic: record.topic,
              aspect: aspects[record.aspect],
              cites: sources.cite(...refsOf(record)),
            },
          ];
        if (record?.kind === "faq")
          return [{ id, lead: record.answer, more: [], cites: sources.cite(record) }];
        return [];
      })
      .slice(0, top);
    return { items, ...onlyCited(items, sources.done()) };
  },
});

/** Ids of records that hold here and now, best first. */
function unitsFor(
  { library, today, finding, search }: ToolHouse,
  question: string,
  { role, area }: Pick<ToolHouse, "role" | "area">,
): readonly string[] {
  const text = normaliseQuestion(question);
  const mentions = mentionsOf(text, { library, memory: {}, today, ...(area ? { area } : {}) });
  const place = area ?? mentions.areas.flatMap(({ codes }) => codes)[0];
  const ids = finding
    ? finding.finder
        .find(soughtOf(text, mentions, role, finding.router, finding.learned), LOOKED_THROUGH)
        .map(({ unit }) => unit.id)
    : search
        .find(text, { kinds: ["point", "faq"], on: today }, LOOKED_THROUGH)
        .map(({ passage }) => passage.recordId);
  return ids.filter((id) => {
    const record = library.find(id);
    return (
      record !== undefined && isCurrent(record, today) && holdsIn(library, record, place) && !off(record)
    );
  });
  function off(record: PublishedRecord): boolean {
    return record.kind === "point" && library.topicsOff.has(routeOf(record.topic));
  }
}

/** What a city published holds in that city; what is national everywhere. */
export function holdsIn(library: Library, { dataset }: PublishedRecord, area: string | undefined): boolean {
  if (dataset === "national") return true;
  if (area === undefined) return false;
  if (/^\d{6}$/.test(dataset)) return liesIn(area, dataset);
  return library.all("area").some((one) => one.code === area && one.dataset === dataset);
}

/** Citations of what was cut off at the end go with it. */
function onlyCited<T extends { readonly citations: readonly unknown[] }>(
  items: readonly { readonly cites: readonly number[] }[],
  done: T,
): T {
  const used = Math.max(-1, ...items.flatMap((item) => item.cites));
  return { ...done, citations: done.citations.slice(0, used + 1) };
}
