/** Which elements a page does not show, as far as the page itself says: attributes, its own style sheet, tab panels. */

/** Panels of the usual tab widgets, shown one at a time by a style sheet that is not in the page. */
const PANELS =
  ".tab-content > .tab-pane:not(.active), .layui-tab-content > .layui-tab-item:not(.layui-show), [role=tabpanel][aria-hidden=true]";

/** Elements hidden in their own right; what stands inside them is hidden with them. */
export function hiddenIn(document: globalThis.Document): Set<Element> {
  const hidden = new Set<Element>(document.querySelectorAll(PANELS));
  for (const { selector, hides } of rulesIn(document))
    for (const element of found(document, selector)) {
      if (hides) hidden.add(element);
      else hidden.delete(element);
    }
  for (const element of document.querySelectorAll("[style]")) {
    const hides = hidesBy(element.getAttribute("style") ?? "");
    if (hides) hidden.add(element);
    else if (hides === false) hidden.delete(element);
  }
  for (const element of document.querySelectorAll("[hidden]")) hidden.add(element);
  // A page hidden whole is shown by its script once it knows that no other page frames it.
  for (const whole of document.querySelectorAll("html,body")) hidden.delete(whole);
  return hidden;
}

export function isWithin(element: Element, hidden: ReadonlySet<Element>): boolean {
  for (let current: Element | null = element; current; current = current.parentElement)
    if (hidden.has(current)) return true;
  return false;
}

/** Whether declarations hide, or show what others hide; undefined when they say neither. */
function hidesBy(declarations: string): boolean | undefined {
  const said = [...declarations.matchAll(/(?:^|[;\s])(display|visibility)\s*:\s*([a-z-]+)/gi)];
  if (said.length === 0) return undefined;
  return said.some(([, , value = ""]) => /^(?:none|hidden|collapse)$/i.test(value));
}

/** Rules of the page's own style sheets that hide or show, the more exact ones last. */
function rulesIn(document: globalThis.Document): { selector: string; hides: boolean }[] {
  const sheets = [...document.querySelectorAll("style")].map((style) => style.textContent ?? "");
  // What a sheet says of paper or of small screens is not what the page shows.
  const text = sheets
    .join("\n")
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/@[\w-]+[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})/g, "");
  return [...text.matchAll(/([^{}]+)\{([^{}]*)\}/g)]
    .flatMap(([, selectors = "", declarations = ""]) => {
      const hides = hidesBy(declarations);
      return hides === undefined
        ? []
        : selectors.split(",").map((selector) => ({ selector: selector.trim(), hides }));
    })
    .sort((a, b) => weightOf(a.selector) - weightOf(b.selector));
}

/** Specificity: ids before classes and attributes before names. */
function weightOf(selector: string): number {
  const count = (pattern: RegExp) => (selector.match(pattern) ?? []).length;
  return (
    count(/#[\w-]+/g) * 10_000 +
    count(/\.[\w-]+|\[[^\]]*\]|:(?!not|:)[\w-]+/g) * 100 +
    count(/(?:^|[\s>+~])\w+/g)
  );
}

/** None for a selector that asks for a pointer, or that nobody can read. */
function found(document: globalThis.Document, selector: string): Iterable<Element> {
  try {
    return /:(?!not\b)/.test(selector) ? [] : document.querySelectorAll(selector);
  } catch {
    return [];
  }
}
