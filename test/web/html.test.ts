import fc from "fast-check";
import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { html, safeUrl } from "../../bot/web/html.ts";
import { deadlineMonths } from "../../bot/web/month.ts";
import { sayInterval } from "../../bot/web/pages/powers.ts";
import { addressOf } from "../../bot/web/visitor.ts";
import { loadCalendar } from "../../knowledge/calendar.ts";
import { computeDeadline, findCountedRule } from "../../src/law/deadline.ts";

describe("html", () => {
  it("shows any text as that text, in content and in attributes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii" }), (text) => {
        const { document } = parseHTML(
          `<!doctype html><html><body>${html`<p title="${text}">${text}</p>`}</body></html>`,
        );
        const paragraph = document.querySelector("p");
        expect(document.body.childElementCount).toBe(1);
        expect(paragraph?.textContent).toBe(text);
        expect(paragraph?.childElementCount).toBe(0);
      }),
    );
  });

  it("does not take an object that only looks like a fragment", () => {
    const fake = JSON.parse('{"source":"<b>x</b>"}');
    expect(String(html`${fake}`)).not.toContain("<b>");
  });

  it.each([
    ["https://example.gov.cn/a", "https://example.gov.cn/a"],
    ["/organs", "/organs"],
    ["javascript:alert(1)", "#"],
    [" JaVaScRiPt:alert(1)", "#"],
    ["data:text/html,x", "#"],
    ["//evil.example", "#"],
    ["/\\evil.example", "#"],
  ])("links %s to %s", (given, safe) => expect(safeUrl(given)).toBe(safe));
});

describe("the picture of a deadline", () => {
  it("shows every marked day, and says it in words", () => {
    const deadline = computeDeadline(findCountedRule("reconsiderationApply"), "2026-03-02", loadCalendar());
    const picture = String(deadlineMonths(deadline));
    for (const words of ["起:2026年3月2日", "稳妥:2026年4月30日", "最后:2026年5月6日"])
      expect(picture).toContain(words);
    expect(picture.match(/<svg/g)).toHaveLength(3);
  });
});

describe("what limits count as one address", () => {
  it.each([
    ["203.0.113.9", "203.0.113.9"],
    ["::ffff:203.0.113.9", "203.0.113.9"],
    ["2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"],
    ["2001:db8:1:2:bbbb:cccc:0:9", "2001:db8:1:2::/64"],
    ["::1", "0:0:0:0::/64"],
  ])("%s → %s", (ip, counted) => expect(addressOf({ ip })).toBe(counted));
});

describe("a range of amounts", () => {
  it("says whether its ends belong to it", () => {
    expect(sayInterval({ min: 200, minIncluded: true, max: 1000, maxIncluded: false, unit: "元" })).toBe(
      "200 元以上(含)、1000 元以下(不含)",
    );
  });
});
