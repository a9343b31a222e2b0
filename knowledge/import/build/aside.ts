/** What any list may say beside its own columns: how people ask, what to mind, when to look again. */
import type { RecordKind } from "../../../src/records/schema.ts";
import { parseDayText } from "../parse/date.ts";
import { type Context, type DataRow, get, headerOf } from "./context.ts";

/** Longest lay question and caution the schema takes. */
const LONGEST = { variants: 200, caution: 300 } as const;
/** 常见问答 reads its own 复核日期: it has one even when the list names none. */
const OWN_REVIEW: readonly RecordKind[] = ["faq"];

/** Fields of every record: `variants` (cut at ; and line ends), `caution`, `validity.reviewBy`. */
export function readAside(row: DataRow, context: Context): Record<string, unknown> {
  const variants = get(row, "variants")
    .split(/[;;\n]+/)
    .map((question) => question.trim())
    .filter((question) => question !== "");
  const caution = get(row, "caution");
  const tooLong = (field: "variants" | "caution", text: string) => {
    if (text.length <= LONGEST[field]) return false;
    context.report("W51", row, field, {
      column: headerOf(row, field, ""),
      v: text.slice(0, 40),
      why: `超过 ${LONGEST[field]} 字`,
    });
    return true;
  };
  const asked = variants.filter((question) => !tooLong("variants", question));
  return {
    ...(asked.length > 0 ? { variants: asked } : {}),
    ...(caution !== "" && !tooLong("caution", caution) ? { caution } : {}),
    ...(OWN_REVIEW.includes(context.kind) ? {} : readReview(row, context)),
  };
}

function readReview(row: DataRow, context: Context): Record<string, unknown> {
  const text = get(row, "reviewBy");
  if (text === "") return {};
  const reviewBy = parseDayText(text);
  if (!reviewBy)
    context.report("W51", row, "reviewBy", {
      column: headerOf(row, "reviewBy", "复核日期"),
      v: text.slice(0, 20),
      why: "不是一个日期",
    });
  else if (reviewBy < context.today) context.report("W42", row, "reviewBy", { date: reviewBy });
  return reviewBy ? { validity: { reviewBy } } : {};
}
