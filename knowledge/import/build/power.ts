/** 权责清单: one matter, in one row or one row per 办理环节. */
import {
  all,
  type Builder,
  basesOf,
  type Context,
  type DataRow,
  get,
  headerOf,
  idOf,
  limitOf,
  maybe,
  officeIn,
  organOf,
  powerTypeOf,
  required,
} from "./context.ts";

/** What a name's ending says of its type; a contradiction means the type slipped from another row. */
const ENDINGS: readonly [RegExp, string][] = [
  [/的(?:行政)?处罚$/, "行政处罚"],
  [/^对.+(?:监督|行政)?检查$/, "行政检查"],
  [/行政许可$/, "行政许可"],
];

export const buildPower: Builder = (rows, context) => {
  const [first] = rows;
  const organ = organOf(first, context);
  const name = required(first, "name", "职权名称", context).replace(/\n/g, "");
  const powerType = powerTypeOf(first, context);
  const ending = ENDINGS.find(([pattern]) => pattern.test(name));
  if (powerType && ending && ending[1] !== powerType && powerType !== "其他行政权力") {
    context.report("E45", first, "powerType", {
      column: headerOf(first, "powerType", "职权类型"),
      v: powerType,
      cure: `事项名称“${name.slice(0, 30)}”像是${ending[1]},请核对类型。`,
    });
  } else if (powerType && powerType !== "行政检查" && /检查$/.test(name))
    context.report("W51", first, "powerType", {
      column: headerOf(first, "powerType", "职权类型"),
      v: powerType,
      why: `与事项名称“${name.slice(0, 30)}”不像一类`,
    });
  const subName = get(first, "subName").replace(/\n/g, "");
  const code = readCode(first, context, subName);
  const basis = basesOf(first, context);
  const isCodeInSub = code !== undefined && subName === code.value;
  if (!organ || !powerType) return [];
  const note = all(first, "note").join("\n");
  const noDiscretion = /^无裁量空间[::]\s*(\S.{0,299})$/s.exec(note)?.[1];
  const fee = readFee(get(first, "fee"));
  if (get(first, "fee") !== "" && !fee)
    context.report("W51", first, "fee", {
      column: headerOf(first, "fee", "收费情况"),
      v: get(first, "fee").slice(0, 30),
      why: "未写明是否收费",
    });
  const staged = LIMITS.filter((field) => isStaged(rows, field));
  for (const field of staged)
    context.report("W51", first, field, {
      column: headerOf(first, field, "时限"),
      v: get(first, field).slice(0, 40),
      why: "按环节分别写明,不是全程时限",
    });
  const duties = rows.flatMap((row) => {
    const limits = staged.flatMap((field) => {
      const text = get(row, field);
      return text === "" ? [] : [`${headerOf(row, field, "时限")}:${text}`];
    });
    const text = [get(row, "duties"), ...limits].filter((part) => part !== "").join("\n");
    const office = get(row, "handlingOffice");
    return text === "" ? [] : [{ stage: get(row, "stage") || "责任事项", text, ...maybe("office", office) }];
  });
  const whole = (field: (typeof LIMITS)[number]) =>
    staged.includes(field) ? undefined : limitOf(first, field, context);
  const [statutory, promised] = [whole("statutory"), whole("promised")];
  const itemName = subName !== "" && !isCodeInSub ? subName : name;
  return [
    {
      kind: "power",
      id: idOf(
        "power",
        context.dataset,
        organ.name,
        code?.value ?? `${powerType}${name}${isCodeInSub ? "" : subName}`,
      ),
      ...(code ? { code } : {}),
      powerType,
      name: itemName,
      ...(itemName === name ? {} : { parentName: name }),
      entityId: organ.id,
      ...maybe(
        "handlingOffice",
        rows.length === 1
          ? get(first, "handlingOffice").replace(/\n/g, "") || (officeIn(first, context) ?? "")
          : "",
      ),
      coEntityIds: coEntities(first, context),
      level: readLevel(get(first, "level")) ?? organ.level,
      ...maybe("target", get(first, "target")),
      basis,
      duties,
      accountability: all(first, "accountability"),
      ...(statutory || promised
        ? {
            limit: {
              ...(statutory ? { statutory: plainLimit(statutory) } : {}),
              ...(promised ? { promised: plainLimit(promised) } : {}),
            },
          }
        : {}),
      ...(fee ? { fee } : {}),
      procedureIds: [],
      ...(noDiscretion ? { noDiscretion } : maybe("note", note)),
    },
  ];
};

const LIMITS = ["statutory", "promised"] as const;

/** Whether the rows of one matter each write a limit of their own stage; one merged cell, or the first row's alone, is the whole's. */
function isStaged(rows: readonly DataRow[], field: (typeof LIMITS)[number]): boolean {
  const own = new Set(
    rows.flatMap((row) =>
      (row.fields[field] ?? [])
        .filter(({ text }) => text !== "")
        .map(({ merged }) => (merged ? merged.row : row.number)),
    ),
  );
  return own.size > 1;
}

/** Joint organs that the library knows; one it does not know is said and left out. */
function coEntities(row: DataRow, context: Context): string[] {
  return get(row, "coEntities")
    .split(/[、,,;;\n]+/)
    .map((name) => name.trim())
    .filter((name) => name !== "")
    .flatMap((name) => {
      const organ = context.find(name);
      if (!organ)
        context.report("W51", row, "coEntities", {
          column: headerOf(row, "coEntities", "共同实施部门"),
          v: name.slice(0, 30),
          why: "不在主体库中",
        });
      return organ ? [organ.id] : [];
    });
}

export function plainLimit(limit: { amount: number; unit: string }): { amount: number; unit: string } {
  return { amount: limit.amount, unit: limit.unit };
}

export function readLevel(text: string): "国家" | "省" | "市" | "县" | "乡" | undefined {
  const plain = text.replace(/\s|级|[((].*$/g, "");
  if (/^(国家|省|市|县|乡)$/.test(plain)) return plain as "国家";
  if (/^(县区?|区县?|县\(?市、?区\)?|区)$/.test(plain)) return "县";
  return /^(镇|街道|乡镇)$/.test(plain) ? "乡" : undefined;
}

/** The code as text with the scheme its length shows; one written in the sub-item column is moved and flagged. */
export function readCode(
  row: DataRow,
  context: Context,
  subName = "",
): { value: string; scheme: string } | undefined {
  const cells = row.fields.code ?? [];
  if (cells.some((cell) => cell.numeric !== undefined))
    context.report("W21", row, "code", { column: headerOf(row, "code", "职权编码") });
  let value = get(row, "code").normalize("NFKC").replace(/\s+/g, "");
  if (value === "" && /^[0-9A-Z-]{10,40}$/.test(subName)) {
    value = subName;
    context.report("W51", row, "subName", {
      column: headerOf(row, "subName", "子项"),
      v: subName,
      why: "是编码而不是子项名称,按编码处理",
    });
  }
  if (value === "") return undefined;
  if (/^\d(\.\d+)?E\+\d+$/i.test(value)) {
    context.report("E45", row, "code", {
      column: headerOf(row, "code", "职权编码"),
      v: value,
      cure: "科学计数法已丢失原编码,请改为文本后重新导入。",
    });
    return undefined;
  }
  if (/^\d+$/.test(value) && value.length >= 9 && ![12, 13].includes(value.length) && value.length < 31)
    context.report("W18", row, "code", {
      column: headerOf(row, "code", "职权编码"),
      v: value,
      n: value.length,
    });
  const scheme =
    value.length === 33
      ? "GB/T 39554.1-33"
      : value.length === 31
        ? "GB/T 39554.1-31"
        : /^\d{12}$/.test(value)
          ? "基本编码12"
          : /^[A-Za-z]+[-\d]/.test(value)
            ? "本地"
            : "未知";
  return { value, scheme };
}

function readFee(text: string): { charged: boolean; standard?: string } | undefined {
  const plain = text.replace(/\s/g, "");
  if (/^(不收费|否|不收取费用|免费|无收费)[。;;]?$/.test(plain)) return { charged: false };
  if (/^(收费|是)/.test(plain)) return { charged: true, ...maybe("standard", plain.length > 2 ? text : "") };
  return undefined;
}
