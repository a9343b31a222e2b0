/** Cells all lists are made of: numbers, articles, bases, lay questions. */

/** `1` → `0001`. */
export const padded = (index: number, width: number): string => String(index).padStart(width, "0");

/** The article of a made-up regulation: `第十二条`. */
function article(no: number): string {
  const digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
  const tens = Math.floor(no / 10);
  const ones = no % 10;
  const ten = tens === 0 ? "" : tens === 1 ? "十" : `${digits[tens]}十`;
  return `第${ten}${digits[ones]}条`;
}

/** A basis in a made-up regulation; with its words where the list quotes them. */
export function invented(regulation: string, no: number, text?: string): string {
  return `《${regulation}》${article(no)}${text === undefined ? "" : `:${text}`}`;
}

/** Bases in real laws, named by article only, one a line. */
export const laws = (...named: readonly (readonly [title: string, article: string])[]): string =>
  named.map(([title, articleText]) => `《${title}》${articleText}`).join("\n");

/** Lay ways of asking, for the column 常见问法. */
export const asked = (...questions: readonly string[]): string => questions.join(";");
