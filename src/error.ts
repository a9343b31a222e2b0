/**
 * One error class, one table. `say` may be read by anyone and names the next step;
 * `detail` is for logs and holds no personal data.
 */

const table = {
  bad_input: { say: "输入有误,请按提示改正后再试。", status: 400, retry: false },
  unknown_rule: { say: "没有这个期限规则。", status: 400, retry: false },
  unknown_value: { say: "填写的值不在允许范围内。", status: 400, retry: false },
  calendar_missing: { say: "这一年的放假安排尚未公布,暂不能算出确定日期。", status: 422, retry: false },
  not_found: { say: "没有找到。请核对后再试。", status: 404, retry: false },
  forbidden: { say: "您没有做这件事的权限。", status: 403, retry: false },
  conflict: { say: "别人刚刚改过这一项,请刷新后再试。", status: 409, retry: true },
  too_many: { say: "操作太频繁,请稍后再试。", status: 429, retry: true },
  too_large: { say: "内容太大,超过了允许的上限。", status: 413, retry: false },
  release_broken: { say: "发布的数据未通过检查,已停止使用这一版。", status: 503, retry: false },
  import_refused: { say: "文件无法导入。", status: 422, retry: false },
  model_unavailable: { say: "语言模型暂不可用,已直接给出公示内容。", status: 503, retry: true },
  storage_unavailable: {
    say: "系统暂时无法保存,请稍后再试;没有提示“已登记”的内容均未受理。",
    status: 503,
    retry: true,
  },
  internal: { say: "系统出了问题,请稍后再试。", status: 500, retry: true },
} as const;

export type ErrorCode = keyof typeof table;

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly detail: Readonly<Record<string, unknown>>;

  /** @param options.say overrides the table's sentence; it must name what was wrong and what is allowed. */
  constructor(
    code: ErrorCode,
    options: { say?: string; detail?: Readonly<Record<string, unknown>>; cause?: unknown } = {},
  ) {
    super(options.say ?? table[code].say, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.detail = options.detail ?? {};
  }

  /** The sentence anyone may read. */
  get say(): string {
    return this.message;
  }
  get status(): number {
    return table[this.code].status;
  }
  get retry(): boolean {
    return table[this.code].retry;
  }
}

/** Any thrown thing as an AppError; the original stays as its cause. */
export function asAppError(thrown: unknown): AppError {
  return thrown instanceof AppError ? thrown : new AppError("internal", { cause: thrown });
}
