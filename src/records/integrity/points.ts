/** Points: every number is proved, no ask belongs to two, what is named exists, a period is its rule's. */
import { findRule, listRules } from "../../law/deadline.ts";
import { asksOf, type Point } from "../point.ts";
import { arabicIn } from "../point-numbers.ts";
import { type IntegrityRule, say } from "./rule.ts";

const numbers: IntegrityRule = {
  id: "R21",
  holds: "要点里的每个数字都能在所引条文里找到。",
  *check(set) {
    for (const point of set.of("point")) {
      const sealed = point.basis.filter((on) => on.numbers !== undefined);
      if (sealed.length < point.basis.length) continue;
      const held = new Set(sealed.flatMap((on) => on.numbers ?? []));
      const missing = arabicIn([point.lead, ...point.more].join("\n")).filter((value) => !held.has(value));
      if (missing.length === 0) continue;
      const message = `${say(point)}里的数字 ${missing.join("、")} 不在所引条文中。请补引条文或改正数字。`;
      yield { severity: "E", record: point.id, message };
    }
  },
};

const asks: IntegrityRule = {
  id: "R22",
  holds: "一种问法只属于一个要点。",
  *check(set) {
    const owners = new Map<string, Point>();
    for (const point of set.of("point")) {
      for (const ask of asksOf(point)) {
        const owner = owners.get(`${point.dataset} ${ask}`);
        if (owner && owner.id !== point.id) {
          const message = `${say(point)}的问法“${ask}”已属于${say(owner)}。请改写或删去一处。`;
          yield { severity: "E", record: point.id, message };
        } else owners.set(`${point.dataset} ${ask}`, point);
      }
    }
  },
};

const named: IntegrityRule = {
  id: "R23",
  holds: "要点所指的其他要点和期限规则都存在,期限与规则一致。",
  *check(set) {
    const rules = new Set(listRules().map(({ id }) => id));
    for (const point of set.of("point")) {
      const pointed = [...(point.next ?? []), ...(point.nearMisses ?? []).flatMap((one) => one.point ?? [])];
      for (const id of pointed) {
        if (set.byId.get(id)?.kind === "point") continue;
        yield { severity: "E", record: point.id, message: `${say(point)}所指的要点 ${id} 不存在。` };
      }
      if (point.rule === undefined) continue;
      if (!rules.has(point.rule)) {
        const message = `${say(point)}的期限规则“${point.rule}”不存在,应为 deadline --list 所列之一。`;
        yield { severity: "E", record: point.id, message };
        continue;
      }
      const rule = findRule(point.rule);
      if (rule.kind !== "counted") continue;
      const said = arabicIn([point.lead, ...point.more].join("\n"));
      if (said.length === 0 || said.includes(rule.period.amount)) continue;
      const message = `${say(point)}没有说出期限规则“${rule.label}”的 ${rule.period.amount},请核对是哪条规则的期限。`;
      yield { severity: "E", record: point.id, message };
    }
  },
};

export const pointRules: readonly IntegrityRule[] = [numbers, asks, named];
