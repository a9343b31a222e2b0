/** 效力级别 of a statute from what its heading says; a guess is named as one. */
import type { LawRank } from "../../src/law/legal-ref.ts";
import { isOfPlace } from "./places.ts";
import type { ReadStatute } from "./read/statute.ts";

export function rankOfStatute(read: Pick<ReadStatute, "title" | "docNo" | "about">): {
  readonly rank: LawRank;
  readonly certain: boolean;
} {
  const { title, about } = read;
  const sure = (rank: LawRank) => ({ rank, certain: true });
  const docNo = read.docNo ?? "";
  if (/中共中央|中国共产党|中央办公厅/.test(about) || /^(?:中国共产党|中共)/.test(title))
    return sure("党内法规");
  if (/(?:最高人民法院|最高人民检察院)/.test(`${title}${about}`) && /解释|规定|批复/.test(title))
    return sure("司法解释");
  if (isOfPlace(title) || /(?:省|市|自治区|自治州|自治县)人民代表大会/.test(about)) {
    if (/人民代表大会/.test(about)) return sure("地方性法规");
    if (/(?:省|市|自治区|自治州)?人民政府令/.test(about)) return sure("政府规章");
    if (/条例$/.test(title)) return { rank: "地方性法规", certain: false };
    if (/〔\d{4}〕/.test(docNo)) return sure("规范性文件");
    return { rank: "政府规章", certain: false };
  }
  if (/全国人民代表大会/.test(about) && /法$/.test(title)) return sure("法律");
  if (/国务院令/.test(about) || /国务院第\d+次常务会议/.test(about)) return sure("行政法规");
  if (/[\u4e00-\u9fa5](?:部|总局|委员会|署|局|银行)令/.test(about)) return sure("部门规章");
  if (/人民政府令/.test(about)) return sure("政府规章");
  if (/〔\d{4}〕/.test(docNo)) return sure("规范性文件");
  if (/^中华人民共和国.+法$/.test(title)) return { rank: "法律", certain: false };
  if (/条例$/.test(title)) return { rank: "行政法规", certain: false };
  if (/(?:规定|办法|规则|细则)$/.test(title)) return { rank: "部门规章", certain: false };
  return { rank: "规范性文件", certain: false };
}
