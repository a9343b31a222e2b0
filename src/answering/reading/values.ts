/** Whether a message is values and nothing else. */
import type { Part } from "../understanding.ts";

/** Characters beside the values themselves: with few, the message is values and nothing else. */
const FEW = 2;

/** Whether a message is little more than the values it tells: `盐湖区市监局`, `11月10号签收的`, `罚了三千`. */
export function onlyValues({ text, mentions }: Part): boolean {
  const values = [
    ...mentions.organs.map(({ said }) => said),
    ...mentions.areas.map(({ said }) => said),
    ...mentions.trigger.events.map(({ said }) => said),
    ...("said" in mentions.trigger ? [mentions.trigger.said] : []),
  ];
  const rest = values.reduce((left, value) => left.replace(value, ""), text);
  return (values.length > 0 || mentions.amountsYuan.length > 0) && rest.replace(SHELL, "").length <= FEW;
}
const SHELL =
  /[^\p{L}]|[零一二两三四五六七八九十百千万]+(?:块钱?|元|万|千|百)?|罚款?|被|让|给|我们?|俺们?|他们?|的|了|是|在|就|签收|签字|收到|拿到|收|送|单位|那个|这个|决定书?|嗯|哦|对|交|票|纸|章子?|盖|那么?|要是|换成|呢/gu;
