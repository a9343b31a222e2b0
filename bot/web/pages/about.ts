/** What this service does and does not do, where its data comes from, and how personal data is handled. */
import type { FastifyInstance } from "fastify";
import { html } from "../html.ts";
import { facts } from "../layout.ts";
import type { PageParts } from "./index.ts";

export function mountAbout(server: FastifyInstance, { app, show }: PageParts): void {
  server.get("/about", async (request, reply) => {
    const { release } = app.library();
    const { RETAIN_CONVERSATION_DAYS: days, RETAIN_IDENTITY_DAYS: identityDays } = app.config;
    return show(request, reply, {
      title: "关于",
      indexed: true,
      body: html`<h1>关于明执</h1>
<div class="panel"><h2>能做什么</h2><ul><li>查执法单位的职责、权限、程序、裁量标准、监督和救济渠道。</li><li>核验执法人员资格;推算法定期限;找复议机关。</li><li>登记投诉举报和对公示信息的纠错,凭回执号查进度。</li></ul>
<h2>不做什么</h2><ul><li>不判断个人案件的输赢,不代替律师,不代写文书。</li><li>不决定投诉举报的结果;结果由有权机关作出。</li><li>没有公示、没有依据的内容不回答,不推测。</li></ul></div>
<div class="panel"><h2>数据来源</h2><p>来自各机关公示的清单和现行法律法规,由两人审核后发布。每条回答都附来源和截止日期。</p>${facts(
        [
          ["数据版本", release.id],
          ["发布时间", release.publishedAt.slice(0, 16).replace("T", " ")],
          ["整理人、发布人", `${release.preparedBy}、${release.publishedBy}`],
          ["记录数", String(release.records)],
        ],
      )}<p><a href="/completeness">各机关公示完整度</a> · <a href="/api/openapi.json">开放接口说明</a></p></div>
<div class="panel"><h2>个人信息告知</h2>${facts([
        ["处理者", "本站的运行机关"],
        [
          "处理什么、为了什么",
          "您输入的问题用于作出回答;投诉举报中的身份和联系方式用于核实与回复。身份、联系方式都可以不填。",
        ],
        [
          "方式",
          "加密保存。一个随机编号的 Cookie 只用于限制过于频繁的操作,不用于识别您是谁。对话记录显示在您自己的浏览器里,可随时清除。",
        ],
        ["保存多久", `问答记录 ${days} 天;投诉人身份在办结后 ${identityDays} 天删除。`],
        ["提供给谁", "投诉内容交有权监督的机关;不提供给被投诉的单位和人员。"],
        ["您的权利", "查阅、复制、更正、删除、撤回同意,可凭回执号在“查进度”提出,或向运行机关提出。"],
        ["依据", "《个人信息保护法》第十三条、第十七条、第三十五条"],
      ])}</div>
<div class="panel"><h2>无障碍</h2><p>可全程用键盘操作,支持放大到 400%、读屏软件、长者模式和打印。遇到困难可拨打 12345。</p></div>`,
    });
  });
}
