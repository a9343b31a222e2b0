/** What the 公众号 API answers when it does not do what it was asked. */
export class WechatApiError extends Error {
  readonly errcode: number;

  constructor(errcode: number, errmsg: string) {
    super(`wechat ${errcode}: ${errmsg}`);
    this.name = "WechatApiError";
    this.errcode = errcode;
  }
}

/** Access token no longer taken: invalid, illegal, expired. */
export const tokenRefused: ReadonlySet<number> = new Set([40001, 40014, 42001]);
/** The account has no such permission; it will not have it a minute later either. */
export const NO_PERMISSION = 48001;
/** The person has not written for 48 hours, or has gone. */
export const OUT_OF_WINDOW = 45015;
/** The day's calls are used up. */
export const OUT_OF_QUOTA = 45009;
