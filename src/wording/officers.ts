/** Sentences of officer verification: each outcome, what it means, what to do next. Nothing here calls anyone false. */
import type { VerificationOutcome } from "../officers/verify.ts";

export const officerSays: Readonly<
  Record<VerificationOutcome, { readonly first: string; readonly next: string }>
> = {
  valid: {
    first: "有效:公布的名单里有这个证号,证件在有效期内。",
    next: "请再对一下照片、姓名和单位;还要看这件事归不归他的单位管。",
  },
  expired: {
    first: "已过期:名单里有这个证号,但证件有效期已过。",
    next: "可以请他出示有效证件,或者拨打单位公布的电话核实;没有有效证件的,您可以拒绝检查。",
  },
  suspended: {
    first: "已暂停:名单里这个证号的状态是暂停。",
    next: "证件暂停期间不能执法。可以请单位换人,或者向执法监督机构反映。",
  },
  cancelled: {
    first: "已注销:名单里这个证号的状态是注销。",
    next: "注销的证件不能用来执法。请拨打单位公布的电话核实;遇到要钱、强行带走东西,马上报警。",
  },
  auxiliary: {
    first: "辅助人员:名单里他是辅助人员,不是执法人员。",
    next: "辅助人员不能自己检查、罚款、扣东西;应当有持证的执法人员在场。",
  },
  unlisted: {
    first: "未列入名单:公布的名单里没有找到这个证号。没找到不代表证件有问题。",
    next: "请核对证号有没有看错;再拨打单位公布的电话核实(不要用他给的号码)。有些证件由国家部委颁发,名单更新也会慢一些。",
  },
  outdatedList: {
    first: "名单过期无法核验:这份名单已经过了更新日期,不能用它来确认。",
    next: "请拨打单位公布的电话核实,或者向本级司法局询问。",
  },
};

export const officers = {
  askNumber: "请把执法证上的证号发给我,我在公布的名单里查。也可以加上姓氏一起核对。",
  howToLook: "证号印在执法证正面;可以请他出示证件,您有权看。",
  notTogether:
    "未列入名单:公布的名单里没有同时对上这个证号和这个姓名的人。没对上不代表证件有问题,请再看一下证件上的姓名和证号。",
  notListed: "名单里查不到,不一定就是证件有问题:部委颁发的证件、新发的证件可能还没列入。",
  noListing: "名单不提供按姓名或者单位一个个列出来的查询,只能按证号核对。",
  lookedIn: "查过的名单",
  listed: "名单上写的是",
  organPhone: (organ: string, phone: string) => `${organ}公布的电话:${phone}。`,
  danger: "他正在要钱、扣人、动手的话,先打报警电话。",
} as const;
