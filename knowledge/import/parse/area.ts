/**
 * The area a cell's code names: `140802`, a town `140802001` (also with the village digits `140802001000`), a
 * development zone `140800-KFQ`. Undefined for any other run of digits: a wrong area is worse than none.
 */
export function parseAreaCode(text: string): string | undefined {
  const found = /(?<!\d)(\d{6})(?:-([A-Z]{2,6})|(\d{3})(?:\d{3})?)?(?!\d)/.exec(text);
  if (!found) return undefined;
  const [, county = "", zone, town] = found;
  if (zone) return `${county}-${zone}`;
  return town && town !== "000" ? county + town : county;
}
