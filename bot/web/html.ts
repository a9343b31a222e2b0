/**
 * HTML that is escaped by construction: whatever is put into an `html` template is text unless it is itself `Html`.
 * Runs in the server and, bundled, in the browser.
 */

/** A finished fragment. The private field keeps look-alike objects from JSON out. */
export class Html {
  readonly #source: string;
  constructor(source: string) {
    this.#source = source;
  }
  toString(): string {
    return this.#source;
  }
}

export type Piece = Html | string | number | false | null | undefined | readonly Piece[];

/** `html\`<p title="${title}">${text}</p>\``: attributes must be quoted in the template. */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  let source = strings[0] ?? "";
  pieces.forEach((piece, index) => {
    source += render(piece) + (strings[index + 1] ?? "");
  });
  return new Html(source);
}

/** Only for fragments our own code has made whole, such as a drawn picture; never for anything received. */
export function trusted(source: string): Html {
  return new Html(source);
}

/** A link target that can only lead to a page: anything but http, https, tel and own paths becomes `#`. */
export function safeUrl(url: string): string {
  if (/^\/(?![/\\])/.test(url) || /^#/.test(url)) return url;
  return /^(https?:\/\/|tel:)/i.test(url) ? url : "#";
}

function render(piece: Piece): string {
  if (piece === null || piece === undefined || piece === false) return "";
  if (piece instanceof Html) return piece.toString();
  if (Array.isArray(piece)) return piece.map(render).join("");
  return escapeText(String(piece));
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
