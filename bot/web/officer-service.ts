/** The house's verification as the web forms need it: limits first, then the list. */

import { AppError } from "../../src/error.ts";
import { dayOf } from "../../src/law/day.ts";
import type { CheckLimits } from "../../src/officers/limits.ts";
import { verifyOfficer } from "../../src/officers/verify.ts";
import type { Library } from "../../src/records/library.ts";
import type { OfficerCheck } from "./services.ts";

export function createOfficerCheck(library: () => Library, limits: CheckLimits): OfficerCheck {
  return {
    async check({ certNo, name, person, address, at }) {
      const refusal = limits.refuse({ person, address }, at);
      if (refusal) throw new AppError("too_many", { say: refusal });
      const lists = library();
      const found = verifyOfficer(lists, { certNo, name }, dayOf(at));
      const { officer, entity } = found;
      const rows = officer
        ? [
            { label: "姓名", value: officer.shownName },
            { label: "单位", value: entity?.name ?? "名单未写明" },
            { label: "职务", value: officer.record.post ?? "" },
            { label: "执法领域", value: officer.record.fields.join("、") },
            { label: "有效期至", value: officer.record.validUntil ?? "名单未写明" },
          ].filter((row) => row.value !== "")
        : [];
      return {
        outcome: found.label,
        say: found.say,
        rows,
        ...(officer && {
          source: `${officer.record.source.title}(${officer.record.source.publisher})`,
          asOf: officer.record.source.publishedOn,
          demo: lists.isDemo(officer.record),
        }),
        next: found.next,
      };
    },
  };
}
