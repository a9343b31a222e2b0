/** Sentences of the intake that depend on the door, the kind of matter or the law. */
import type { DoorName } from "../turn.ts";
import type { Secrecy } from "./filing.ts";

/** Who will see it, in two sentences, with the first question (个人信息保护法第十七、三十五条); the rest is a button away. */
export function whoSees(door: DoorName, identityAllowed: boolean): string {
  const always = "您写的只给有权监督的机构看,被投诉的单位和人员看不到您的原文和身份。";
  switch (door) {
    case "telegram":
    case "wechat":
      return `${always}${platform(door, identityAllowed)}`;
    default:
      return `${always}可以匿名,也可以边想边说。`;
  }
}

/** All of who will see what. */
export function whoSeesWhat(door: DoorName, identityAllowed: boolean): string {
  const always =
    "您写的内容只给有权监督的机构看;被投诉的单位和人员看不到您的原文和身份,他们只会收到一份不含来源的核查通知。办结后身份信息到期自动删除。";
  return `${always}${platform(door, identityAllowed)}`;
}

function platform(door: DoorName, identityAllowed: boolean): string {
  switch (door) {
    case "telegram":
      return identityAllowed
        ? "请注意:Telegram 在境外,平台方可能看到您的账号和消息。"
        : "请注意:Telegram 在境外,平台方可能看到您的账号和消息;因此这里不收姓名、电话等身份信息,请不要写出来。";
    case "wechat":
      return "请注意:微信平台知道您的账号;我们能对被投诉单位保密,不能对平台保密。想完全匿名,请用本站网页提交。";
    case "web":
    case "api":
      return "网页提交不需要登录;选匿名时我们不保存您是谁,但您的网络运营者可能留有访问记录。";
    case "terminal":
      return "您正在本机终端提交,操作这台机器的人可能看到屏幕内容。";
  }
}

/** `start:complaint:insist`: told where else it belongs, the person complains here all the same. */
export const INSIST = "insist";

export const secrecyLabels = {
  anonymous: "匿名",
  confidential: "保密",
  named: "实名",
} as const;

/** Each in one line. */
export const secrecyMeanings = {
  anonymous: "不留身份,照样登记办理;只能由您凭回执来查,我们没法主动找您。",
  confidential: "可以留联系方式,承办人说明理由才能看;对被投诉方保密。",
  named: "留姓名和联系方式,便于核实和答复;同样对被投诉方保密。",
} as const satisfies Record<Secrecy, string>;

/** The last answer has no citation of the number said. */
export const noSuchNumber = ({ said, most }: { readonly said: number; readonly most: number }): string =>
  `上一个回答列了 ${most} 条依据,没有第 ${said} 条。请说“第1条不对”${most > 1 ? `到“第${most}条不对”` : ""},或者说清是哪个单位的哪项信息。`;
