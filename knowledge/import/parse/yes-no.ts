const YES =
  /^(?:是|可以?|能|有|已|允许|支持|√|✓|✔|Y|yes|(?:可以?|能|允许|支持|受理)匿名(?:投诉|举报)?|已?(?:向[^,。]{2,10})?备案)$/i;
const NO =
  /^(?:否|不|无|未|没有?|×|✗|N|no|不可以?|不能|不允许|不支持|不(?:可以?|能|允许|支持|受理)?匿名(?:投诉|举报)?|(?:未|没有?)(?:向[^,。]{2,10})?备案)$/i;

/** What a cell that should say yes or no says; undefined for anything else: `/`, `待备案`, `可实名` among them. */
export function parseYesNo(text: string): boolean | undefined {
  const plain = text.normalize("NFKC").replace(/\s/g, "");
  return YES.test(plain) ? true : NO.test(plain) ? false : undefined;
}
