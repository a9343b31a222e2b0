import { describe, expect, it } from "vitest";
import { identityNumberChecks, luhnChecks } from "../../src/privacy/check-digits.ts";
import { mask } from "../../src/privacy.ts";
import { corpus } from "./corpus.ts";

describe("masking personal data", () => {
  const lines = corpus(2408);

  it("finds at least 99.5 % of the personal data of the corpus", () => {
    const planted = lines.flatMap((line) => line.personal.map((said) => ({ said, text: line.text })));
    const missed = planted.filter(({ said, text }) => mask(text).text.includes(said));
    expect(planted.length).toBeGreaterThan(1300);
    expect(
      missed.length / planted.length,
      missed
        .slice(0, 8)
        .map((one) => one.text)
        .join("\n"),
    ).toBeLessThan(0.005);
  });

  it("never masks a certificate number, document number, case number, code or sum", () => {
    const broken = lines.filter((line) => {
      const { text } = mask(line.text);
      return line.usable.some((said) => !text.includes(said));
    });
    expect(broken.map((line) => `${line.text} → ${mask(line.text).text}`)).toEqual([]);
  });

  it.each([
    ["执法证号 14080012345 是真的吗", "执法证号 14080012345 是真的吗"],
    ["罚款200000元合法吗", "罚款200000元合法吗"],
    ["处罚决定书 晋运市监罚〔2025〕1234567号", "处罚决定书 晋运市监罚〔2025〕1234567号"],
    ["统一社会信用代码91140800MA0K123456", "统一社会信用代码91140800MA0K123456"],
    ["身份证142701199001011234", "身份证【身份证号】"],
    ["如何申请行政复议", "如何申请行政复议"],
    ["请打12345或110", "请打12345或110"],
    ["我是开饭店的,昨天被罚", "我是开饭店的,昨天被罚"],
    ["我的手机是138 1234 5678", "我的手机是【手机号】"],
    ["座机0359-2221234", "座机【固定电话】"],
    ["申请人王小明不服", "申请人【姓名】不服"],
    ["当事人不服可以复议", "当事人不服可以复议"],
    ["申请人在60日内提出", "申请人在60日内提出"],
  ])("turns %s into %s", (text, masked) => {
    expect(mask(text).text).toBe(masked);
  });

  it("counts what it found by kind", () => {
    expect(mask("13812345678 和 13987654321 a@b.cn").found).toEqual([
      { kind: "mobile", count: 2 },
      { kind: "email", count: 1 },
    ]);
  });

  it("changes nothing the second time", () => {
    for (const { text } of lines.slice(0, 300)) {
      const once = mask(text).text;
      expect(mask(once).text).toBe(once);
    }
  });

  it.each(["", "😀😀", "\u202e\u0000", "<script>", "' or 1=1 --", "中".repeat(10_000), "1".repeat(10_000)])(
    "never throws",
    (text) => {
      expect(typeof mask(text).text).toBe("string");
    },
  );
});

describe("check digits", () => {
  it.each([
    ["11010519491231002X", true],
    ["110105194912310021", false],
    ["440524188001010014", true],
    ["110105194913310020", false],
  ])("%s is an identity number: %s", (number, right) => {
    expect(identityNumberChecks(number)).toBe(right);
  });

  it("accepts a card number and refuses one with two digits exchanged", () => {
    expect(luhnChecks("79927398713")).toBe(true);
    expect(luhnChecks("79927398731")).toBe(false);
  });
});
