/** What a cell that should say yes or no says; undefined for anything else, `/` and `待备案` among them. */
export function parseYesNo(text: string): boolean | undefined {
  const plain = text.normalize("NFKC").replace(/\s/g, "");
  if (/^(?:否|不|无|未|没|×|✗|N$|no$)/i.test(plain)) return false;
  if (/^(?:是|可|能|有|已|允许|支持|受理|√|✓|✔|Y$|yes$)/i.test(plain)) return true;
  return undefined;
}
