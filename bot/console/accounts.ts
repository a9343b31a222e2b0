/** Accounts: new ones, first passwords, and those that are out of use. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { type Role, roles } from "../../src/cases/states.ts";
import { AppError } from "../../src/error.ts";
import { table } from "../web/blocks.ts";
import { html, trusted } from "../web/html.ts";
import { parseBody } from "../web/inbound.ts";
import { type ConsoleParts, needRole, orAgain, type Refusal, showConsole, token } from "./frame.ts";

const roleNames = Object.keys(roles) as [Role, ...Role[]];
const many = (value: unknown) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
const NewAccount = z.object({
  name: z
    .string()
    .trim()
    .regex(/^[a-z0-9._-]{2,40}$/, "账号应为 2 至 40 位小写字母、数字、点、横线"),
  display: z.string().trim().min(1).max(40),
  roles: z.preprocess(many, z.array(z.enum(roleNames)).min(1)),
  entity: z.string().trim().min(1).max(64),
  areas: z
    .string()
    .max(200)
    .transform((text) => text.split(/[\s,,、]+/).filter(Boolean)),
});
const Typed = z.object({
  name: z.string().optional(),
  display: z.string().optional(),
  roles: z.unknown().optional(),
  entity: z.string().optional(),
  areas: z.string().optional(),
});
const Disable = z.object({ id: z.string().min(1).max(100), disabled: z.enum(["0", "1"]) });
const Reset = z.object({ id: z.string().min(1).max(100) });

export function mountAccounts(server: FastifyInstance, parts: ConsoleParts): void {
  const { accounts, organId, organName } = parts.services;
  const { now } = parts;
  const checked = { preValidation: server.csrfProtection };
  const oneTime = (name: string, password: string) => ({
    title: "一次性密码",
    body: html`<h1>一次性密码</h1><section class="receipt"><h2>${name}(只显示这一次)</h2><p class="receipt-number">${password}</p><p>请当面或用安全的方式交给本人。登录后须先改密码。</p></section><p><a href="/console/accounts">回到账号</a></p>`,
  });

  const page = async (
    request: FastifyRequest,
    reply: FastifyReply,
    typed: z.infer<typeof Typed> = {},
    refusal?: Refusal,
  ) => {
    const by = needRole(request, "admin");
    const list = await accounts.list();
    const button = (path: string, id: string, name: string, label: string, extra?: string) =>
      html`<form method="post" action="/console/accounts/${path}">${token(reply)}<input type="hidden" name="id" value="${id}">${extra && html`<input type="hidden" name="disabled" value="${extra}">`}<button class="button button-plain">${label}<span class="visually-hidden"> ${name}</span></button></form>`;
    return showConsole(parts, request, reply, {
      title: "账号",
      body: html`<h1>账号</h1>${table(
        "账号",
        ["账号", "姓名", "角色", "单位", "操作"],
        list.map((account) => [
          account.disabled ? html`${account.name} <span class="tag">已停用</span>` : account.name,
          account.display,
          account.roles.map((role) => roles[role]).join("、"),
          organName(account.entity),
          account.id === by.id
            ? "(您自己)"
            : html`<div class="actions">${button("reset", account.id, account.name, "重置密码")}${button("disable", account.id, account.name, account.disabled ? "启用" : "停用", account.disabled ? "0" : "1")}</div>`,
        ]),
      )}
<h2 id="new">新建账号</h2><form class="panel" method="post" action="/console/accounts#new">${token(reply)}${refusal && html`<p class="notice notice-warn" role="alert"><strong>没有办成</strong><span>${refusal.say}</span></p>`}<div class="field"><label for="name">账号</label><span class="hint" id="name-hint">小写字母、数字、点、横线。</span><input id="name" name="name" required autocomplete="off" autocapitalize="none" aria-describedby="name-hint" value="${typed.name ?? ""}"></div><div class="field"><label for="display">姓名</label><input id="display" name="display" required autocomplete="off" value="${typed.display ?? ""}"></div><fieldset><legend>角色</legend>${roleNames.map((role) => html`<label class="check"><input type="checkbox" name="roles" value="${role}"${many(typed.roles).includes(role) && trusted(" checked")}>${roles[role]}</label>`)}</fieldset><div class="field"><label for="entity">单位</label><span class="hint" id="entity-hint">写公示的全称;“*”是运行本系统的机构,可见全部和人工分办台。被反映的单位看不到反映它的办件。</span><input id="entity" name="entity" required aria-describedby="entity-hint" value="${typed.entity ?? ""}"></div><div class="field"><label for="areas">只管这些地区(地区代码,多个用逗号分开;空为单位的全部管辖)</label><input id="areas" name="areas" value="${typed.areas ?? ""}"></div><button class="button">新建</button></form>`,
    });
  };
  server.get("/console/accounts", (request, reply) => page(request, reply));
  server.post("/console/accounts", checked, async (request, reply) => {
    const by = needRole(request, "admin");
    return orAgain(
      reply,
      async () => {
        const account = parseBody(NewAccount, request.body);
        if (account.roles.includes("admin") && account.roles.length > 1)
          throw new AppError("bad_input", {
            say: "管理员只管账号和运行,不能同时看投诉、发布数据或审计。请分成两个账号。",
          });
        const fresh = { ...account, entity: organId(account.entity) };
        const { password } = await accounts.add(fresh, now(), by.id);
        return showConsole(parts, request, reply, oneTime(account.name, password));
      },
      (refusal) => page(request, reply, Typed.catch({}).parse(request.body), refusal),
    );
  });
  server.post("/console/accounts/reset", checked, async (request, reply) => {
    const by = needRole(request, "admin");
    const { id } = parseBody(Reset, request.body);
    if (id === by.id) throw new AppError("conflict", { say: "自己的密码请在“改密码”里更换。" });
    const password = await accounts.resetPassword(id, by.id, now());
    const name = (await accounts.list()).find((account) => account.id === id)?.name ?? id;
    return showConsole(parts, request, reply, oneTime(name, password));
  });
  server.post("/console/accounts/disable", checked, async (request, reply) => {
    const { id, disabled } = parseBody(Disable, request.body);
    const by = needRole(request, "admin");
    if (id === by.id) throw new AppError("conflict", { say: "不能停用自己的账号,请由另一位管理员操作。" });
    await accounts.update(id, { disabled: disabled === "1" }, by.id, now());
    return reply.redirect("/console/accounts", 303);
  });
}
