/**
 * What other programs may ask of the house: an assistant that speaks MCP, or the operator's own model. Typed in, typed
 * out; every statement of a result names what it rests on, as an index into the result's citations.
 */
import { z } from "zod";
import type { Finding } from "../answering/answer-part.ts";
import { citationOfLaw, citationOfRecord } from "../answering/citing.ts";
import type { Intent } from "../answering/intents.ts";
import { AppError } from "../error.ts";
import type { Calendar } from "../law/calendar.ts";
import type { Day } from "../law/day.ts";
import type { SaidRef } from "../law/legal-ref.ts";
import type { Library } from "../records/library.ts";
import type { PublishedRecord } from "../records/schema.ts";
import type { Citation } from "../reply.ts";
import type { SearchIndex } from "../search/passage.ts";
import type { Role } from "../turn.ts";

/** All of the house a tool sees. */
export interface ToolHouse {
  readonly library: Library;
  readonly today: Day;
  readonly calendar: Calendar;
  readonly search: SearchIndex;
  /** Absent without a learned finder: points are then found by words alone. */
  readonly finding?: Finding | undefined;
  /** Who asks and where, unless the call says otherwise. */
  readonly role: Role;
  readonly area?: string | undefined;
  /** Counts one look-up of a certificate; what to say when there have been too many. Absent: none is looked up. */
  readonly refuseCheck?: () => string | undefined;
}

export interface Tool<I extends z.ZodObject = z.ZodObject, O extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: string;
  /** What a program reads when it chooses among tools. */
  readonly description: string;
  readonly input: I;
  readonly output: O;
  /** @throws AppError whose `say` names what was wrong and what is allowed. */
  run(input: z.output<I>, house: ToolHouse): z.output<O>;
}

/** A tool with the types of its schemas kept inside; whoever calls it parses. */
export const defineTool = <I extends z.ZodObject, O extends z.ZodObject>(tool: Tool<I, O>): Tool => ({
  ...tool,
  run: (input, house) => tool.run(tool.input.parse(input) as z.output<I>, house),
});

const CitationShape = z.object({
  record: z.string().describe("公示记录编号,或 law:法律:条款"),
  title: z.string(),
  docNo: z.string().optional(),
  locator: z.string().optional(),
  issuer: z.string().optional(),
  effectiveFrom: z.string().optional(),
  effectiveTo: z.string().optional(),
  asOf: z.string().optional().describe("所依据的文本或清单的日期"),
  url: z.string().optional(),
  caution: z.string().optional().describe("有这一项时,须一并说明"),
});

/** Indexes into `citations`. */
export const cites = z.array(z.number().int()).describe("依据,在 citations 里的序号,从 0 起");

/** What every result carries. */
export const sourced = {
  citations: z.array(CitationShape),
  labels: z.array(z.string()).describe("须与内容一起显示,如“演示数据”"),
  release: z.string().describe("所用的发布版本"),
};

export interface Sources {
  /** The places of these in `citations`, added where they are new. */
  cite(...on: readonly (SaidRef | PublishedRecord | Quoted)[]): number[];
  done(): { citations: Citation[]; labels: string[]; release: string };
}
export interface Quoted {
  readonly record: PublishedRecord;
  /** Article or clause inside it. */
  readonly locator: string;
}

export function newSources({ library, today }: Pick<ToolHouse, "library" | "today">): Sources {
  const citations: Citation[] = [];
  let demo = false;
  const place = (on: SaidRef | PublishedRecord | Quoted): number => {
    if (!("law" in on)) demo ||= library.isDemo("record" in on ? on.record : on);
    const citation =
      "law" in on
        ? citationOfLaw(on)
        : "record" in on
          ? citationOfRecord(on.record, { library, today }, on.locator)
          : citationOfRecord(on, { library, today });
    const known = citations.findIndex(
      (one) => one.record === citation.record && one.locator === citation.locator,
    );
    return known >= 0 ? known : citations.push(citation) - 1;
  };
  return {
    cite: (...on) => [...new Set(on.map(place))],
    done: () => ({ citations, labels: demo ? ["演示数据"] : [], release: library.release.id }),
  };
}

/** @throws AppError `forbidden` while the office has switched the topic off, with its reason. */
export function refuseSwitchedOff({ library }: Pick<ToolHouse, "library">, topic: Intent): void {
  const reason = library.topicsOff.get(topic);
  if (reason !== undefined) throw new AppError("forbidden", { say: `这类问题暂停回答:${reason}。` });
}
