/** 谁监督, 投诉, 查进度, 更正, 别的渠道. Filing itself is a dialogue that the choice opens. */
import { sayDay } from "../../law/day.ts";
import { isCurrent } from "../../records/library.ts";
import type { Hotline, SupervisionChannel } from "../../records/schema.ts";
import { notPublished } from "../../wording/answers.ts";
import { channels as channelWords, supervision as words } from "../../wording/supervision.ts";
import { type Answer, type Ask, newPage, type Page, row } from "../answer.ts";
import { relief } from "../facts/relief.ts";
import { supervision as facts } from "../facts/supervision.ts";
import { openWithFaq } from "../faq.ts";
import { addPlace, contactRows } from "../parts.ts";
import { entityOf, liesIn, organOf, placeOf } from "../place.ts";
import { limitOf } from "../when.ts";
import { lacksTicket } from "./fine.ts";
import { justiceOf } from "./powers.ts";
import { actIn, reliefRule } from "./relief.ts";

export function supervision(ask: Ask): Answer {
  const page = newPage(ask);
  const organ = organOf(ask);
  const place = placeOf(ask);
  const faq = openWithFaq(page, ask, 0.6);
  if (organ.kind === "known") {
    const { entity } = organ;
    page.remember({ organ: entity.id, area: entity.area });
    const channels = ask.library.of("supervision", entity.id).filter((one) => isCurrent(one, ask.today));
    const justice = justiceOf(ask, entity);
    if (entity.isJustice) page.fact(facts.justiceItself);
    else if (justice) page.text(words.body(entity.name, justice.name), justice, ...facts.who.basis);
    else if (!faq) page.fact(facts.who);
    for (const channel of channels.slice(0, 3)) addChannel(page, channel);
    if (channels.length === 0) {
      if (justice && !entity.isJustice) page.card(justice.name, contactRows(justice), justice);
      else page.text(words.unknown, entity);
    }
  } else {
    if (!faq) page.fact(facts.who);
    const here = place.kind === "known" ? localChannels(ask, place.area.code) : [];
    for (const channel of here.slice(0, 2)) addChannel(page, channel);
    if (here.length === 0) {
      page.text(words.general, ...facts.who.basis);
      const justice = place.kind === "known" ? localJustice(ask, place.area.code) : undefined;
      if (justice) page.card(justice.name, contactRows(justice), justice);
    }
    addPlace(page, place);
  }
  page.fact(facts.secrecy);
  if (/裁量|畸|几天|多久/.test(ask.part.text)) page.fact(facts.discretion30, facts.noPeriod);
  if (/通知书/.test(ask.part.text)) page.fact(facts.noticeReply);
  page.text(words.fileHere);
  return page
    .choice("start:complaint", words.start)
    .choice("start:status", words.startStatus)
    .done("answered");
}

function addChannel(page: Page, channel: SupervisionChannel): void {
  page.card(
    channel.body,
    [
      row("受理", channel.accepts),
      row("不受理", channel.rejects),
      row("电话", channel.phones.join("、") || notPublished),
      row("地址", channel.address ?? notPublished),
      row("时间", channel.hours),
      row("网址", channel.url),
      row(
        "几天受理",
        channel.acceptWorkingDays === undefined ? undefined : `${channel.acceptWorkingDays}个工作日`,
      ),
      row(
        "几天办结",
        channel.finishWorkingDays === undefined ? undefined : `${channel.finishWorkingDays}个工作日`,
      ),
      row("能不能匿名", channel.anonymousAllowed ? "可以" : undefined),
    ],
    channel,
  );
}

/** Channels of the place, those of its own level first. */
function localChannels(ask: Ask, area: string): readonly SupervisionChannel[] {
  return ask.library
    .current("supervision", ask.today)
    .map((channel) => ({ channel, body: ask.library.entitiesNamed(channel.body)[0] }))
    .filter(({ body }) => body !== undefined && liesIn(area, body.area))
    .sort((a, b) => Number(b.body?.area === area) - Number(a.body?.area === area))
    .map(({ channel }) => channel);
}

function localJustice(ask: Ask, area: string) {
  return ask.library.all("entity").find((entity) => entity.isJustice && entity.area === area);
}

export function complaint(ask: Ask): Answer {
  const page = newPage(ask);
  const text = ask.part.text;
  const organ = organOf(ask);
  if (organ.kind === "known") page.remember({ organ: organ.entity.id });
  if (
    /索贿|要钱|收(?:了)?(?:我|人家?|别人|老板|商户|他)?(?:们)?(?:的)?(?:钱|红包|礼)|吃拿卡要|贪污|腐败|回扣|好处费|行贿|受贿/.test(
      text,
    )
  ) {
    page.fact(facts.discipline);
    addHotline(page, ask, "12388");
  } else page.text(words.open);
  if (lacksTicket(text)) page.fact(relief.noTicket);
  if (/知道|保密|报复|匿名|泄露|透露/.test(text))
    page.fact(facts.secrecy, facts.noRetaliation, facts.anonymous);
  if (/几天|多久|多长|什么时候/.test(text)) page.fact(facts.discretion30, facts.noPeriod);
  if (/本单位|我们单位|自己单位|回避/.test(text)) page.fact(facts.recusal, facts.who);
  if (/民警|警察|派出所/.test(text)) page.fact(facts.police);
  openWithFaq(page, ask, 0.6);
  const act = actIn(ask);
  if (act && /罚|扣|封|拘|拆|许可|决定/.test(text)) {
    page.notice("warn", words.decisionNote, ...relief.clockRuns.basis);
    const limit = limitOf(ask, reliefRule(ask, act));
    if (limit) {
      page.text(words.lastDay(sayDay(limit.lastDay)), ...limit.basis).deadline(limit);
    } else page.fact(relief.general60);
    page.choice("start:complaint", words.start).choice("do:relief", "申请复议");
  } else page.fact(relief.clockRuns);
  page.fact(facts.secrecy, facts.noRetaliation, facts.anonymous);
  const justice = organ.kind === "known" ? organ.entity.isJustice : /司法[局厅所]/.test(text);
  if (justice) page.fact(facts.justiceItself);
  return page
    .choice("start:complaint", words.start)
    .choice("start:status", words.startStatus)
    .choice("do:supervision", "谁来监督")
    .done("redirected");
}

export function complaintStatus(ask: Ask): Answer {
  const page = newPage(ask);
  if (/几天|多久|什么时候|多长/.test(ask.part.text)) page.fact(facts.discretion30, facts.noPeriod);
  return page
    .text(words.status)
    .text(words.statusLost)
    .choice("start:status", words.startStatus)
    .choice("start:complaint", words.start)
    .done("redirected");
}

export function correction(ask: Ask): Answer {
  const page = newPage(ask);
  if (/没人接|打不通|占线/.test(ask.part.text)) addHotline(page.text(words.noReply), ask, "12345");
  const organ = organOf(ask);
  const entity = organ.kind === "known" ? organ.entity : entityOf(ask, ask.memory.organ);
  if (entity) {
    page.text(words.correction, entity).card(entity.name, contactRows(entity), entity);
    page.choice(`start:correction:${entity.id}`, words.startCorrection).remember({ organ: entity.id });
  } else page.text(words.correctionWhich).choice("start:correction", words.startCorrection);
  return page.choice("do:entityInfo", "先查这个单位").done("redirected");
}

/** Matters of other doors, each with the facts that say so and the hotline that takes them. */
const doors: readonly (readonly [RegExp, readonly (keyof typeof facts)[], string | undefined])[] = [
  [/索贿|受贿|收(?:黑)?钱|红包|吃拿卡要|腐败|贪|纪委|监委/, ["discipline", "discipline12388"], "12388"],
  [
    /假烟|假货|过期食品|商家|店家|假药|消费|退货|退款|网购|买(?:到|的|了)|饭店|超市|缺斤短两|食品|12315|12331|12358|12365|12330/,
    ["consumer"],
    "12315",
  ],
  [/拖欠|欠薪|工资|社保|劳动/, [], "12333"],
  [/出租车|网约车|公交|客运|12328/, [], "12328"],
  [/公积金/, [], "12329"],
  [/律师|法律援助|法律咨询|打不起官司/, ["legalAid"], "12348"],
  [/民警|警察(?:打|骂|违法|办案)|派出所(?:不|打)/, ["police"], "12389"],
  [/公益诉讼|污染|检察/, ["publicInterest"], "12309"],
  [/法官|法院(?:不|判)|执行局|判决/, [], "12368"],
  [/信访|上访|访/, ["petition", "petitionReview"], undefined],
  [/犯罪|报案|刑事|诈骗|偷|抢|冒充|骗/, ["crime"], "110"],
  [/邻居|借钱|欠钱|离婚|合同|民事|纠纷|漏水|噪音/, ["civil"], "12348"],
  [/企业|营商|公司/, ["enterprise"], undefined],
  [/建议|意见|反映|政策/, ["petition"], "12345"],
];

export function otherChannel(ask: Ask): Answer {
  const page = newPage(ask);
  const text = ask.part.text;
  const number = /1(?:1[029]|22|23\d{2})/.exec(text)?.[0];
  const named = number ? hotlineOf(ask, number) : undefined;
  const door = doors.find(([pattern]) => pattern.test(text));
  if (named?.retired) {
    page.text(
      named.replacedBy
        ? channelWords.retired(named.number, named.replacedBy)
        : channelWords.retiredOnly(named.number),
      named,
    );
    page.card(named.name, [row("说明", named.scope)], named);
  }
  const [, keys, hotline] = door ?? [undefined, [], "12345"];
  const shown = addHotline(page, ask, named && !named.retired ? named.number : (hotline ?? "-"));
  for (const key of keys) page.fact(facts[key]);
  if (!door && !openWithFaq(page, ask) && !shown) page.text(channelWords.none);
  if (/纪委|受贿|索贿|腐败|吃拿卡要/.test(text)) page.notice("info", channelWords.noDetails);
  if (/罚|扣|决定|执法/.test(text)) page.fact(relief.clockRuns);
  if (hotline !== "12345") addHotline(page, ask, "12345");
  return page
    .choice("start:complaint", "投诉执法人员")
    .choice("do:relief", "不服决定怎么申诉")
    .done("redirected");
}

export function hotlineOf(ask: Ask, number: string): Hotline | undefined {
  return ask.library.all("hotline").find((one) => one.number === number && isCurrent(one, ask.today));
}

/** A hotline as published: first mention in words, then its scope. */
export function addHotline(page: Page, ask: Ask, number: string): boolean {
  const hotline = hotlineOf(ask, number);
  if (!hotline) return false;
  page.text(channelWords.call(hotline.name, hotline.number), hotline);
  page.card(hotline.name, [row("电话", hotline.number), row("受理", hotline.scope)], hotline);
  return true;
}
