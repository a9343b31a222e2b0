/** What can be wrong with a published list, by code: what was found and what to do about it. */

export type Severity = "E" | "W" | "I";

export interface Issue {
  readonly severity: Severity;
  readonly code: string;
  readonly sheet: string;
  /** As the spreadsheet shows it; null for the file as a whole. */
  readonly row: number | null;
  readonly column: string | null;
  readonly message: string;
}

type Place = { readonly sheet?: string; readonly row?: number; readonly column?: string };
type Facts = Readonly<Record<string, string | number>>;

/** `{row}`, `{column}`, `{v}` and the other facts are filled in; the cure follows 处理. */
const table = {
  E01: "没有找到表头:前 10 行中没有一行同时含有“{wanted}”等列名。{hint} 处理:请确认表头所在行,或用 --header-row 手工指定。",
  E02: "第 {row} 行“{column}”与已有列“{other}”都对应“{field}”。处理:请只保留一个对应关系。",
  E03: "{v},无法可靠读取。处理:请上传 Excel(.xlsx)或 Word(.docx)原件。",
  E04: "文字编码无法识别(不是 UTF-8 也不是 GBK/GB18030),内容可能已成乱码,已停止导入。处理:请用原软件另存为 UTF-8。",
  E05: "{v}为隐藏内容,未导入。处理:如需导入请先取消隐藏并确认可以公开。",
  E06: "第 {row} 行列数为 {n},与表头的 {m} 列不符,可能是合并单元格丢失。处理:请用原始文件重新导入。",
  E07: "第 {row} 行“执法主体名称”为空。处理:请补填。",
  E08: "第 {row} 行“{column}”为“{v}”,在主体库中不存在。{suggest}处理:请先公示该主体或改正名称。",
  E09: "第 {row} 行“主体类别”为“{v}”,只能填:法定行政机关、授权组织、受委托组织、派出机构、乡镇街道。处理:请改正。",
  E10: "第 {row} 行“{v}”是受委托组织,但没有写明委托机关、委托事项和委托期限。处理:请补齐三项。",
  E11: "第 {row} 行委托期限已于 {date} 届满,其名下职权不再对外提供。处理:请续签或撤下。",
  E12: "第 {row} 行“{column}”为“{v}”,不在“9+X”类型内(行政许可、行政处罚、行政强制、行政征收、行政给付、行政检查、行政确认、行政奖励、行政裁决、其他行政权力)。处理:请改正。",
  E13: "第 {row} 行“{column}”{v}。{rule}。处理:请补写依据。",
  W14: "第 {row} 行“{column}”写有《{law}》但没有写明条款(第×条)。处理:请补写条款。",
  W15: "第 {row} 行依据标注为“【{tag}】”,但“{no}”应为{really}。处理:请核对。",
  W16: "第 {row} 行所引《{law}》已于 {date} 修订或废止,条款序号可能变化。处理:请核对。",
  E17: "第 {row} 行与第 {other} 行“{column}”同为“{v}”。处理:请改正重复项。",
  W18: "第 {row} 行“{column}”{v} 共 {n} 位,不符合常见编码规则(12、31 或 33 位)。处理:请核对。",
  W19: "第 {row} 行“统一社会信用代码”{v} 校验码不正确。官方页面也有此类情况。处理:请核对原件后确认。",
  E20: "第 {row} 行“统一社会信用代码”{v} 不是 18 位或含不允许的字符(不使用 I、O、S、V、Z)。处理:请改正。",
  W21: "第 {row} 行“{column}”单元格是数字格式,可能丢失开头的 0 或变成科学计数法。处理:请改为文本后重新导入。",
  E22: "第 {row} 行“{column}”填写的是{v},属于个人敏感信息,已丢弃。处理:请改正。",
  E23: "第 {row} 行“执法证号”{v} 与第 {other} 行重复,但姓名不同。处理:请核对两人证号。",
  W24: "第 {row} 行执法证件有效期至 {date},已过期,不再提供查询。处理:请换证后更新。",
  I25: "已按最少必要原则丢弃列:{v}。",
  E26: "第 {row} 行把执法辅助人员或编外、合同制、临聘人员列为执法人员;这些人员不得从事具体行政执法工作,不予导入。处理:请从名单中移出。",
  E29: "第 {row} 行“复议机关”为“{v}”。自 2024 年 1 月 1 日起,对本级政府工作部门的行政行为一般应向本级人民政府申请复议。处理:请改正或注明依据。",
  E30: "第 {row} 行“{column}”为“{v}”,{rule};如另有法律规定请写明条款。处理:请改正。",
  E31: "第 {row} 行“管辖法院”没有附管辖公告的名称和日期。本省行政案件实行集中或交叉管辖,不能按地址推定。处理:请补写公告。",
  E33: "第 {row} 行裁量档次“{a}”与“{b}”的罚款区间重叠({x}—{y} {unit})。处理:请改正。",
  E34: "第 {row} 行罚款 {v} 超出所选依据规定的 {range}。处理:请核对依据和金额。",
  W35: "第 {row} 行“{column}”含“*”或“暂无”,金额不完整,未作为回答依据。处理:请补全。",
  W36: "第 {row} 行抽查比例写作“{v}”,疑为“≥”识别错误。处理:请核对。",
  E37: "第 {row} 行抽查事项没有检查依据。法律法规规章没有规定的,不得擅自开展检查。处理:请补写依据或撤下。",
  W38: "标题或合计写明“共 {n} 项”,实际识别 {m} 项。处理:请检查第 {list} 行附近。",
  W39: "第 {row} 行联系电话“{v}”不是可公示的办公电话(旧号码、手机号码或格式有误),未采用。处理:请改为现行办公电话。",
  E40: "{at}内容中发现与本机关无关的推广文字(“{v}”),该来源可能被篡改,已隔离,不予导入。处理:请取官方原件。",
  W42: "第 {row} 行已超过复核日期 {date},回答时将提示“可能已变化”。处理:请复核后更新。",
  E43: "第 {row} 行“{column}”为空。处理:这是必填项,请补填。",
  E44: "第 {row} 行起是另一张表,列名与所选类型不符,未导入。处理:请分开导入。",
  E45: "第 {row} 行“{column}”写作“{v}”,无法确定含义。处理:{cure}",
  E46: "{v}。处理:请上传未经转换的原件。",
  E47: "第 {row} 行与同一事项的第 {other} 行一并隔离,以免内容残缺。处理:改正第 {other} 行后重新导入。",
  E48: "页面只有标题,没有内容({v})。处理:该页内容可能由脚本填写,请上传 Excel 或 Word 原件。",
  E49: "第 {row} 行不符合记录要求:{v}。处理:请改正。",
  W50: "第 {row} 行“{column}”为空,按沿用上一行“{v}”处理。处理:请核对。",
  E78: "看不出清单属于哪个城市{v}。处理:请用 --dataset 写明城市区划代码(6 位,如 140800)后重新导入。",
  W75: "第 {row} 行“{column}”写作“{said}”,按上一行“{v}”读入。处理:请核对。",
  E76: "第 {row} 行“{column}”写明“{v}”,该事项不再由本机关行使,未导入。处理:请从清单中移出;仍由本机关行使的请改正该列。",
  W77: "第 {row} 行“{column}”写明“{v}”,按由本机关行使导入。处理:请核对。",
  W51: "第 {row} 行“{column}”为“{v}”,{why},按原文保留,未作为计算依据。处理:请核对。",
  W52: "“{column}”{why},记为“{v}”。处理:请核对或补公示。",
  W53: "第 {row} 行“不超过”按含本数理解(“{v}”)。处理:如本意不含,请改用“不满”。",
  W54: "第 {row} 行裁量档次“{a}”与“{b}”之间{why}。处理:请核对。",
  W55: "第 {row} 行合计 {v} 与分项之和 {n} 不一致。处理:请核对。",
  W56: "没有导入:列名与所选类型不符,或不是要导入的那一张。处理:不写 --kind 时各表按列名一并导入;只导入一张请用 --sheet 指定。",
  W57: "第 {row} 行与第 {other} 行内容相同,已合并。处理:请核对。",
  W58: "第 {row} 行起按新表头识别。处理:请核对列的对应。",
  W59: "文件含宏,未运行。处理:公示文件请另存为不含宏的格式。",
  W62: "第 {row} 行“{v}”在已公示的职权中没有对应项,暂按编码或名称关联。处理:请先公示该职权或核对编码。",
  W63: "第 {row} 行写有 {n} 项依据,裁量幅度按第一项《{law}》核对。处理:请确认所选依据。",
  W64: "第 {row} 行当事人是自然人,已改为“{v}”。处理:公示文件也请隐去姓名。",
  W65: "第 {row} 行作出决定后第 {n} 个工作日{projected}才公示,超过 {max} 个工作日。处理:请核对日期。",
  W68: "第 {row} 行“{column}”所引《{law}》{article}在现行版本中不存在(现行版本共 {n} 条)。处理:请核对条款序号。",
  W69: "第 {row} 行许可统计(表二){why}。处理:请核对原表。",
  W66: "第 {row} 行一格内写有 {n} 个档次,已按序号拆开。处理:请逐档核对。",
  W70: "列的对应{by}尚未由另一人确认。处理:请核对“列的对应”后用 mapping confirm 确认。",
  W71: "表头与 {date} 的同类清单不同(新增:{added};减少:{gone}),原来确认的对应不再适用。处理:请重新核对。",
  I72: "列的对应由“{by}”提出、“{v}”于 {date} 确认。",
  I60: "列“{column}”没有对应的记录项,未导入。",
  I67: "第 {row} 行是说明,其中电话“{v}”({label})未作为事项导入。",
  E74: "第 {row} 行在第 {other} 行的表头之下,该表头无法识别:{why}。各列可能已经移动,未按原来的列读入。处理:请改正第 {other} 行的表头后重新导入。",
  I73: "说明中的电话“{v}”用作没有写明电话的 {n} 项的{label}。",
  I80: "清单没有主体列,所属机关取自{where}:“{v}”。处理:不对的请用 --entity 写明。",
  W81: "{where}写的是“{v}”,按 --entity 记为“{own}”。处理:请核对清单是哪个机关的。",
  E82: "第 {row} 行看不出属于哪个机关:清单没有“{column}”列{v}。处理:请先导入执法主体清单,或用 --entity 写明机关。",
  W87: "第 {row} 行“{column}”为“{v}”,按“{own}”的内设或所属机构记入。处理:如是独立的执法主体,请先公示该主体。",
  I83: "没有自己的表头,按“{v}”的列读入。处理:不对的请补上表头。",
  E84: "看不出是哪一类清单:{v}。共 {n} 行,未导入。处理:请用 --kind 写明类型后导入这份文件。",
  E85: "第 {row} 行“{v}”与{other}中的同一事项内容不同,两处都未导入。处理:请核对后只保留正确的一处。",
  W86: "第 {row} 行“{v}”与{other}中的相同,只保留一处。处理:请核对。",
  I61: "“{v}”不在主体库中,按操作人指定的名称建立草稿。处理:发布前须先公示该主体。",
} as const;
export type Code = keyof typeof table;
/** Every code an import may say; those of the cross-record rules besides (`whole.ts`). */
export const codes = Object.keys(table) as readonly Code[];

const LEVELS: Record<Severity, string> = { E: "错误", W: "提醒", I: "提示" };

/** Builds an issue; `row`, `column` and `at` (`第 3 行`, empty for the whole file) are also facts of the sentence. */
export function issue(file: string, code: Code, place: Place, facts: Facts = {}): Issue {
  const at = place.row === undefined ? "" : `第 ${place.row} 行`;
  const all: Facts = { row: place.row ?? "", column: place.column ?? "", at, ...facts };
  const severity: Severity = code.startsWith("E") ? "E" : code.startsWith("W") ? "W" : "I";
  const said = table[code].replace(/\{(\w+)\}/g, (_, key: string) => String(all[key] ?? ""));
  return finding(file, severity, code, place, said);
}

/** A finding that comes with its own sentence, of the cross-record rules; `code` is the rule's (`R6`) or the table's. */
export function issueInWords(
  file: string,
  severity: Severity,
  code: string,
  place: Place,
  words: string,
): Issue {
  return finding(file, severity, code, place, `${place.row ? `第 ${place.row} 行` : ""}${words}`);
}

function finding(file: string, severity: Severity, code: string, place: Place, said: string): Issue {
  const sheet = place.sheet ? `工作表“${place.sheet}”` : "";
  return {
    severity,
    code,
    sheet: place.sheet ?? "",
    row: place.row ?? null,
    column: place.column ?? null,
    message: `【${LEVELS[severity]}】文件《${file}》${sheet}${said}`,
  };
}
