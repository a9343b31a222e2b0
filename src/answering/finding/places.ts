/** Laws as units name them: the short name, with the article's number where one was said. */
import { findLaw, laws } from "../../law/laws.ts";
import { parseNumeral } from "../../law/numerals.ts";

const shortNames = new Map(Object.entries(laws).map(([alias, law]) => [law.key, alias]));

/** `处罚法` and, with an article, `处罚法 68`; nothing for a law that is not registered. */
export function placeOfLaw(mention: { readonly law: string; readonly article?: string }): readonly string[] {
  const law = findLaw(mention.law);
  const alias = law && shortNames.get(law.key);
  if (!alias) return [];
  const no = /第?([0-9零〇一二两三四五六七八九十百]+)条/.exec(mention.article ?? "")?.[1];
  const article = no === undefined ? undefined : parseNumeral(no);
  return article === undefined ? [alias] : [alias, `${alias} ${article}`];
}
