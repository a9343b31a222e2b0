/** For every kind of list: its fields and the column names real sources give them. Seeded by published lists. */
import type { RecordKind } from "../../src/records/schema.ts";

export interface Field {
  readonly name: string;
  /** Names used in messages and by the mapper, best first; two-level names are joined by `/`. */
  readonly headers: readonly string[];
  /** Several columns may feed it. */
  readonly many?: boolean;
  /** The file is no list of this kind without it. */
  readonly key?: boolean;
}

const f = (name: string, headers: string, flags: { many?: boolean; key?: boolean } = {}): Field => ({
  name,
  headers: headers.split("|"),
  ...flags,
});

const SEQ = f("seq", "序号|编号|No.|项次|顺序号");
const NOTE = f("note", "备注|说明|备注说明", { many: true });
const ORGAN =
  "执法主体名称|执法主体|行使主体|实施主体|行政主体|实施机构|实施机关|执法机关|法定主体|行政执法主体|行政机关|主体名称|执法单位|实施部门";
const BASIS =
  "实施依据|设定依据|职权依据|执法依据|法律依据|处罚依据|依据|主要依据|法定依据|设定和实施依据|法律法规依据";
const TYPE =
  "职权类型|权力类型|职权类别|执法类别|事项类型|权力类别|类别|类型|行政执法类别|执法项目类别|行政执法项目大类|执法种类";
const CODE =
  "职权编码|权力编码|事项编码|事项代码|项目编码|基本编码|实施编码|业务办理项编码|编码|职权编号|项目代码";

/** Columns any list may add; read by `build/aside.ts`. */
const ASIDE: readonly Field[] = [
  f("variants", "常见问法|市民问法"),
  f("caution", "特别提示"),
  f("reviewBy", "复核日期|下次复核日期"),
];

const ownFields: Partial<Record<RecordKind, readonly Field[]>> = {
  entity: [
    SEQ,
    f(
      "name",
      "执法主体名称|执法主体|主体名称|行政执法主体名称|行政执法主体|单位名称|机构名称|机关名称|部门名称|执法机关|执法单位|行政主体|实施主体|名称",
      { key: true },
    ),
    f(
      "nature",
      "主体类别|主体性质|实施主体性质|执法主体类型|执法主体类别|主体类型|机构性质|执法主体性质|类别|性质",
    ),
    f("uscc", "统一社会信用代码|社会信用代码|信用代码|统一信用代码|实施主体编码"),
    f("legalRepresentative", "法定代表人|负责人|主要负责人|法人代表|法定代表人姓名"),
    f("address", "办公地址|住所|地址|单位地址|机构地址|通讯地址|办公地点|详细地址"),
    f("duties", "执法职责|执法职责和权限|主要职责|工作职责|职责|法定职责|执法职责与权限|职责和权限|职能"),
    f("authorityScope", "执法权限|权限|执法范围|职权范围|执法事项"),
    f("basis", "执法依据|主要执法依据|法律依据|设立依据|实施依据|依据|主体资格依据"),
    f("phones", "联系电话|办公电话|咨询电话|电话|咨询和投诉电话|值班电话|监督电话|投诉电话|电话号码", {
      many: true,
    }),
    f("officeHours", "办公时间|工作时间"),
    f("postcode", "邮编|邮政编码"),
    f("website", "网址|网站|官方网站"),
    f("area", "行政区划代码|区划代码|行政区划"),
    f("level", "行政层级|层级|行使层级|级别|主体层级"),
    f("delegatedBy", "委托机关|委托部门|委托单位|委托主体"),
    f("delegationScope", "委托事项|委托权限|委托范围|委托执法事项"),
    f("delegationTerm", "委托期限|委托有效期|委托起止时间|委托时间"),
    f("delegationDocNo", "委托书文号|委托文号"),
    f("government", "所属人民政府|所属政府|隶属政府"),
    f("superior", "上级主管部门|上一级主管部门"),
    f("vertical", "垂直管理系统|垂直领导系统"),
    f("dispatchedBy", "设立机关|设立部门"),
    f("byDivision", "是否按行政区划设立"),
    f("ownName", "是否以自己名义执法"),
    f("continuedBy", "继续行使职权的机关|职权承继机关"),
    f("hearingPerson", "听证标准(公民)(元)|听证标准(公民)"),
    f("hearingUnit", "听证标准(单位)(元)|听证标准(单位)"),
    f("hearingBasis", "听证标准依据"),
    f("qualification", "主体资格公告|资格公告"),
    f("qualificationDocNo", "主体资格公告文号|资格公告文号"),
    f("qualificationDate", "主体资格公告日期|资格公告日期"),
    f("aliases", "曾用名|原名称|别名|简称"),
    NOTE,
  ],
  officer: [
    SEQ,
    f("name", "姓名|执法人员姓名|人员姓名|执法人员|持证人姓名|持证人", { key: true }),
    f(
      "certNo",
      "执法证号|执法证件号|执法证件号码|执法证件号(码)|执法证编号|执法证号码|行政执法证号|行政执法证件号|证件编号|证件号码|证号|执法证件编号|工作证号|工作证编号",
      { key: true },
    ),
    f("certType", "证件类型|证件类别|证件名称|证件种类|执法证件类型"),
    f("entityId", `工作单位|所属单位|所在单位|单位|单位名称|${ORGAN}`),
    f("unit", "所属部门|所在部门|内设机构|科室|部门|执法机构|所在科室|所属机构"),
    f("post", "职务|岗位|执法岗位|职务职级|职务/职级|职位"),
    f("fields", "执法领域|执法范围|执法类别|执法种类|执法门类"),
    f("validUntil", "有效期至|有效期|证件有效期|有效期限|有效日期|有效截止日期|证件有效期至"),
    f("issuer", "发证机关|发证单位|制发机关"),
    f("certState", "证件状态|状态"),
    f("filed", "备案情况|司法行政部门备案|是否备案"),
    f("personKind", "人员类别|人员性质|人员类型|身份类别|编制类型"),
    NOTE,
  ],
  power: [
    SEQ,
    f("code", CODE),
    f("powerType", TYPE),
    f(
      "name",
      "职权名称|权力名称|权力名称(主项)|权力事项|事项名称|项目名称|职权名称/项目|项目名称/主项|主项|主项名称|执法事项名称|权力名称/主项|职权事项|执法事项|行政职权名称",
      { key: true },
    ),
    f("subName", "子项|职权名称/子项|权力名称(子项|权力名称(子项)|子项名称|项目名称/子项|权力名称/子项"),
    f("basis", BASIS, { key: true }),
    f("duties", "责任事项|责任事项内容|职责内容"),
    f("dutyBasis", "责任事项依据|责任依据"),
    f("accountability", "追责情形|违法责任|追责情形及依据|担责方式|追责依据|责任追究", { many: true }),
    f("entityId", ORGAN),
    f("handlingOffice", "承办机构|责任科室|承办科室|责任处室|责任机构|承办部门|责任部门|办理科室"),
    f("coEntities", "其他共同实施部门|共同实施部门|配合部门"),
    f("target", "实施对象|责任对象范围|行政相对人|职权对象|办理对象|服务对象"),
    f("stage", "办理环节|环节|流程环节"),
    f("statutory", "法定时限|法定办结时限|法定期限|法定办理时限"),
    f("promised", "承诺时限|承诺办结时限|承诺期限|办理时限|办理期限"),
    f("fee", "收费情况|收费情况及依据|收费依据和标准|是否收费|收费"),
    f("level", "行使层级|实施层级|层级|权力层级"),
    NOTE,
  ],
  benchmark: [
    SEQ,
    f("code", CODE),
    f(
      "violation",
      "违法行为|行政处罚项目|行政处罚事项|事项名称|违法行为名称|处罚事项|违法事项|职权名称|权力名称|处罚项目|项目名称",
      { key: true },
    ),
    f("basis", BASIS),
    f("statutory", "法定处罚标准|法定处罚幅度|法定幅度|法定罚则|处罚种类及幅度|法定处罚种类和幅度"),
    f(
      "grade",
      "违法程度|裁量阶次|阶次|裁量等级|档次|裁量档次|违法等级|裁量基准/违法程度|情节程度|裁量基准/裁量阶次",
    ),
    f(
      "condition",
      "违法情节|适用条件|裁量情形|自由裁量情形|违法数量/归类|裁量情节|适用情形|裁量基准/违法情节|裁量基准/适用条件|情形|具体情形",
    ),
    f("gradeCondition", "阶次及适用条件"),
    f(
      "text",
      "裁量幅度|裁量标准|具体标准|裁量基准|处罚幅度|处罚标准|处罚标准(内容)|裁量基准/处罚标准(内容)|裁量基准/处罚标准|裁量基准/裁量幅度|处罚裁量标准|行政处罚标准|处罚裁量幅度",
      { key: true },
    ),
    f("issuer", "裁量基准来源|基准来源|来源"),
    f("entityId", ORGAN),
    NOTE,
  ],
  exemption: [
    SEQ,
    f("code", CODE),
    f("violation", "违法行为|轻微违法行为|事项名称|违法行为名称|违法事项|不予处罚事项", { key: true }),
    f("exemptionKind", "类型|免罚类型|不予处罚类型|处理方式|类别|清单类别"),
    f("conditions", "适用条件|适用情形|免罚条件|不予处罚条件|条件|具体情形|不予处罚情形", { key: true }),
    f("window", "首次违法认定期限|初次违法期限|认定周期"),
    f("measures", "配套措施|监管措施|后续监管措施|配套监管措施|后续措施"),
    f("basis", BASIS),
    f("entityId", ORGAN),
    NOTE,
  ],
  inspection: [
    SEQ,
    f("domain", "抽查领域|领域|检查领域"),
    f("name", "抽查事项|抽查任务名称|抽查项目|抽查事项名称|检查事项|事项名称|检查事项名称", { key: true }),
    f("content", "抽查内容|检查内容|抽查事项内容"),
    f("basis", `抽查依据|检查依据|${BASIS}`),
    f("target", "检查对象|抽查对象|抽查对象范围|检查对象范围"),
    f("category", "事项类型|抽查类型|事项类别|抽查事项类别"),
    f("methods", "检查方式|抽查方式|随机抽查方式"),
    f("ratio", "抽查比例|抽查比例及频次|比例|抽查比例和频次|抽查比例频次"),
    f("frequency", "抽查频次|抽查周期|频次|检查频次"),
    f("dates", "检查时间|抽查时间|抽查检查起止时间|抽查检查时间|实施日期"),
    f("entityId", `检查主体|抽查主体|发起部门|检查部门|抽查部门|${ORGAN}`),
    f("partners", "配合部门|参检单位|联合部门|参与部门|配合单位"),
    f("level", "抽查层级|实施层级|层级|实施层级及说明"),
    NOTE,
  ],
  "legal-review": [
    SEQ,
    f("powerType", TYPE),
    f(
      "matter",
      "审核的具体执法决定项目|审核的具体行政执法项目|审核事项|法制审核事项|重大执法决定事项|具体审核事项|审核项目|事项名称|审核情形",
      { key: true },
    ),
    f("origin", "职权来源"),
    f("basis", BASIS),
    f(
      "materials",
      "应提交的审核资料|提交材料|审核材料|应提交材料|报送材料|送审材料|应当提交的材料|应提交的材料",
    ),
    f("points", "审核重点|审核内容|审核要点", { key: true }),
    f("workingDays", "审核时限|审核期限"),
    f("entityId", ORGAN),
    NOTE,
  ],
  "av-record": [
    SEQ,
    f("powerType", TYPE),
    f("matter", "执法事项|记录事项|事项|事项名称|音像记录事项"),
    f("stage", "记录环节|关键环节|环节|执法环节|记录节点", { key: true }),
    f("device", "记录方式|记录设备|设备|音像记录方式"),
    f("place", "记录场所|场所|记录地点"),
    f("startAt", "记录开始时间|开始时间|记录起点"),
    f("endAt", "记录结束时间|结束时间|记录终点"),
    f("content", "记录内容|音像记录内容|主要内容|记录要点"),
    f("recorder", "记录人员|记录主体|记录人|责任人员"),
    f("wholeProcess", "是否全程|全程记录|是否全过程记录"),
    f("retention", "存储期限|保管期限|保存期限|保存时间|存储时间"),
    f("entityId", ORGAN),
    NOTE,
  ],
  relief: [
    SEQ,
    f("entityId", `${ORGAN}|单位名称|适用机关|适用单位|适用主体`),
    f("reliefKind", "救济渠道|救济方式|救济途径|渠道|途径|类型|类别|渠道类型|救济类型|救济渠道类型"),
    f("body", "复议机关|行政复议机关|受理机关|受理机构|受理单位|机关名称|救济机关"),
    f("court", "管辖法院|诉讼法院|人民法院|行政诉讼管辖法院|受诉法院"),
    f("handledBy", "复议机构|办理机构|承办机构"),
    f("limit", "复议期限|申请复议期限|申请期限|期限|行政复议期限|时限|提出期限"),
    f("courtLimit", "起诉期限|诉讼时效|行政诉讼期限|诉讼期限"),
    f("notice", "管辖公告|管辖公告名称|管辖依据公告"),
    f("noticeDate", "公告日期|管辖公告日期"),
    f("address", "地址|受理地址|办公地址|通讯地址|收件地址"),
    f("phones", "联系电话|电话|咨询电话|受理电话", { many: true }),
    f("online", "网址|网上申请网址|网站"),
    f("methods", "申请方式|提交方式|办理方式|方式"),
    f("materials", "申请材料|所需材料|提交材料"),
    f("basis", BASIS),
    NOTE,
  ],
  supervision: [
    SEQ,
    f("entityId", `${ORGAN}|单位名称|监督范围|适用机关`),
    f("channelKind", "监督方式|监督渠道|渠道|方式|渠道类型|受理方式"),
    f("body", "受理机构|监督机构|受理部门|投诉受理部门|监督部门|受理单位|监督机关", { key: true }),
    f("phones", "监督电话|投诉电话|联系电话|电话|举报电话|监督投诉电话", { many: true }),
    f("address", "地址|通信地址|通讯地址|来访地址|办公地址"),
    f("postcode", "邮编|邮政编码"),
    f("email", "邮箱|电子邮箱|电子邮件"),
    f("url", "网址|网站"),
    f("hours", "受理时间|接待时间|办公时间|工作时间"),
    f("accepts", "受理范围|受理内容|监督内容"),
    f("rejects", "不予受理范围|不受理范围|不予受理情形|不受理"),
    f("acceptDays", "受理时限|受理期限"),
    f("finishDays", "办结时限|办理时限|办结期限|办理期限"),
    f("anonymous", "可否匿名|是否可以匿名|匿名举报"),
    NOTE,
  ],
  procedure: [
    SEQ,
    f("name", "程序名称|流程名称|执法程序|流程图名称", { key: true }),
    f("powerType", TYPE),
    f("procedureKind", "程序类别|程序类型|程序种类"),
    f("stepNo", "步骤|步骤序号|顺序"),
    f("stepName", "环节|步骤名称|办理环节|流程环节|程序环节|环节名称", { key: true }),
    f("action", "工作内容|办理内容|操作内容|环节内容|具体内容|主要内容|办理要求|内容"),
    f("office", "责任机构|承办机构|责任科室|责任岗位|承办部门|责任部门"),
    f("limit", "时限|办理时限|期限|办结时限"),
    f("documents", "执法文书|文书|制作文书|文书名称"),
    f("partyRights", "当事人权利|相对人权利"),
    f("basis", BASIS),
    f("entityId", ORGAN),
    NOTE,
  ],
  guide: [
    SEQ,
    f("name", "事项名称|服务事项|项目名称|名称", { key: true }),
    f("entityId", ORGAN),
    f("accept", "受理机构|受理部门|受理单位"),
    f("approve", "审批机构|决定机构|决定机关|审批部门"),
    f("conditions", "受理条件|办理条件|申请条件", { key: true }),
    f("materials", "申请材料|材料清单|材料|办理材料"),
    f("process", "办理流程|办理程序|流程"),
    f("statutory", "法定时限|法定办结时限|法定期限"),
    f("promised", "承诺时限|承诺办结时限|办理时限|办理期限"),
    f("fee", "收费情况|收费标准|是否收费|收费|收费依据和标准"),
    f("result", "审批结果|办理结果|结果名称|结果"),
    f("consult", "咨询电话|咨询方式|联系电话"),
    f("complaint", "监督电话|投诉电话|监督投诉方式|监督投诉电话"),
    f("place", "办理地点|办理窗口|窗口地址|地址|窗口"),
    f("hours", "办理时间|办公时间|工作时间"),
    NOTE,
  ],
  filing: [
    SEQ,
    f("what", "备案事项|备案范围|重大行政处罚种类|备案情形|备案内容", { key: true }),
    f("amountPerson", "公民数额标准|个人数额标准|公民罚款数额|对公民罚款数额|公民金额|个人金额"),
    f("amountUnit", "单位数额标准|法人数额标准|单位罚款数额|对单位罚款数额|单位金额"),
    f("fileTo", "备案机关|报备机关|受理备案机关|备案机构|报送机关", { key: true }),
    f("within", "备案时限|报备时限|备案期限|报送时限|期限"),
    f("materials", "备案材料|报备材料|报送材料|材料"),
    f("basis", BASIS),
    f("entityId", ORGAN),
    NOTE,
  ],
  decision: [
    SEQ,
    f(
      "docNo",
      "决定书文号|行政处罚决定书文号|行政处罚决定文书号|处罚决定书文号|文号|决定文书号|许可决定书文号|行政许可决定文书号|行政许可决定书文号",
      { key: true },
    ),
    f(
      "party",
      "当事人|行政相对人名称|被处罚人|被处罚人名称|行政相对人|执法对象|当事人名称|行政相对人姓名或名称",
      {
        key: true,
      },
    ),
    f("powerType", TYPE),
    f("conclusion", "处罚内容|执法结论|行政处罚决定|处罚结果|决定内容|处罚种类和内容|行政处罚内容|许可内容"),
    f(
      "decidedOn",
      "处罚决定日期|行政处罚决定日期|行政许可决定日期|决定日期|作出决定日期|作出日期|许可决定日期",
    ),
    f("publishedOn", "公示日期|公开日期|公示时间"),
    f("removeOn", "公示截止期|公示截止日期|公示期限|处罚公示截止期"),
    f("entityId", `${ORGAN}|处罚机关|决定机关|作出机关|许可机关|作出行政许可决定机关`),
    NOTE,
  ],
  area: [
    SEQ,
    f("code", "区划代码|行政区划代码|代码", { key: true }),
    f("name", "名称|区划名称|行政区划名称", { key: true }),
    f("areaLevel", "级别|层级|行政级别", { key: true }),
    f("parentCode", "上级代码|上级区划代码"),
    f("aliases", "别名|简称"),
  ],
  hotline: [
    SEQ,
    f("number", "热线号码|号码|电话|电话号码|热线电话", { key: true }),
    f("name", "热线名称|名称|单位", { key: true }),
    f("scope", "受理范围|服务内容|受理内容|服务范围", { key: true }),
    NOTE,
  ],
  faq: [
    SEQ,
    f("question", "问题|咨询问题|常见问题|标题|来信内容|提问", { key: true }),
    f("answer", "答复|答复内容|回答|解答|回复内容", { key: true }),
    f("answeredBy", "答复单位|答复部门|解答单位|回复单位"),
    f("answeredOn", "答复日期|答复时间|回复日期|回复时间"),
    f("audience", "适用对象|面向对象"),
    f("reviewBy", "复核日期|有效期至|失效日期"),
    f("basis", BASIS),
    NOTE,
  ],
  annual: [
    SEQ,
    f("entityId", `${ORGAN}|单位|单位名称|部门|部门名称`),
    f("year", "年度|年份"),
    f("total", "合计(宗)|合计|合计(件)|合计(宗、件)|总计", { key: true }),
    f("amountWan", "罚没金额(万元)|罚没款金额(万元)|罚没收入(万元)"),
    f("amountYuan", "罚没金额(元)|罚没款金额(元)|罚没收入(元)"),
    f("amountPlain", "罚没金额|罚没款金额|罚没收入"),
    f("publishedOn", "公布日期|公开日期"),
    f(
      "byKind",
      "警告、通报批评|警告|通报批评|罚款|没收违法所得、没收非法财物|没收违法所得|没收非法财物|暂扣许可证、执照|暂扣许可证、执照,降低资质等级|暂扣许可证件、降低资质等级|暂扣许可证、执照、降低资质等级|暂扣许可证件|降低资质等级|吊销许可证、执照|吊销许可证件|限制开展生产经营活动|责令停产停业、责令关闭、限制从业|责令停产停业|责令关闭|限制从业|行政拘留|其他|其他行政处罚",
      { many: true, key: true },
    ),
    NOTE,
  ],
};

/** 表二 of an annual report: 行政许可实施数量, by organ where the report has several. */
export const licenceFields: readonly Field[] = [
  SEQ,
  f("entityId", `${ORGAN}|单位|单位名称|部门|部门名称`),
  f("applied", "申请数量|申请|申请数|申请总数|申请件数|许可申请数量", { key: true }),
  f("accepted", "受理数量|受理|受理数|受理总数|受理件数|许可受理数量", { key: true }),
  f(
    "granted",
    "予以许可数量|许可数量|许可|许可数|许可总数|许可件数|予以许可|准予许可|准予许可数量|予以许可总数|准予许可总数",
    { key: true },
  ),
  f("refused", "不予许可数量|不予许可|不予许可数|不予许可总数|不予许可件数", { key: true }),
  f("revoked", "撤销许可数量|撤销许可|撤销|撤销数量|撤销数|撤销总数|撤销许可总数|撤销许可件数", {
    key: true,
  }),
  NOTE,
];

/** Every kind's fields: its own, then those any list may add. */
export const kindFields: Partial<Record<RecordKind, readonly Field[]>> = Object.fromEntries(
  Object.entries(ownFields).map(([kind, fields]) => [
    kind,
    [...fields, ...ASIDE.filter((one) => !fields.some((field) => field.name === one.name))],
  ]),
);

/** What people call a field of a kind of list: its first heading. Undefined for what is no field of it. */
export function fieldLabel(kind: string, name: string): string | undefined {
  const fields = Object.entries(kindFields).find(([known]) => known === kind)?.[1];
  return fields?.find((field) => field.name === name)?.headers[0];
}

/** Columns that are never stored, by kind of list: personal data and what was published by mistake. */
export const forbidden =
  /^(性别|民族|籍贯|年龄|出生(日期|年月|时间)?|(居民|公民)?身份证(号|号码|件号|件号码)?|身份证明号码|公民身份号码|照片|相片|(本人)?手机(号|号码)?|移动电话|私人电话|政治面貌|学历|学位|文化程度|家庭(住址|地址)|住址|填报人.*|联系人(手机|电话)|调整意见.*|内部意见.*)$/;
/** In a list of officers a phone column is a person's. */
export const forbiddenForOfficers = /^(联系方式|联系电话|电话|电话号码)$/;
