/** Every setting, read once from the environment. `.env.example` lists them all; nothing else reads `process.env`. */
import { resolve } from "node:path";
import { z } from "zod";
import { AppError } from "./error.ts";

const flag = z.stringbool({ truthy: ["1", "true", "yes", "on"], falsy: ["0", "false", "no", "off", ""] });
const optional = z.string().trim().min(1).optional();

/** `name:key`, separated by spaces. */
const apiKeys = z
  .string()
  .default("")
  .transform((text) => text.split(/\s+/).filter((one) => one !== ""))
  .pipe(
    z.array(
      z
        .string()
        .regex(
          /^[\w-]{1,40}:[\x21-\x7e]{32,200}$/,
          "每个应写成 名称:密钥,密钥至少 32 个字符,几个之间用空格分开",
        )
        .transform((one) => {
          const at = one.indexOf(":");
          return { name: one.slice(0, at), key: one.slice(at + 1) };
        }),
    ),
  );

const Environment = z.object({
  /** Folder of everything that must survive: database, releases, originals, keys. Default `data`. */
  MINGZHI_DATA: z.string().default("data"),
  /** Web port; 0 picks a free one. Default 8080. */
  PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  /** Address to listen on; `::` listens on IPv6 and IPv4. Default `127.0.0.1`: put a TLS proxy in front. */
  HOST: z.string().default("127.0.0.1"),
  /** Address people reach the site at, for links and QR codes: `https://zf.example.gov.cn`. */
  PUBLIC_URL: z.url().optional(),
  /** `postgres://…` moves the store from SQLite to PostgreSQL. */
  DATABASE_URL: optional,
  /** Sites that may show the chat page in a frame, separated by spaces: `https://www.example.gov.cn`. Default none. */
  FRAME_ANCESTORS: z
    .string()
    .default("")
    .transform((text) => text.split(/\s+/).filter((origin) => origin !== "")),
  /** Area assumed when nobody says one: a GB/T 2260 code. */
  DEFAULT_AREA: optional,
  LOG_LEVEL: z.enum(["silent", "fatal", "error", "warn", "info", "debug"]).default("info"),
  /** Reverse proxies in front, so that limits see the real address; 0 is none. Must be said when PUBLIC_URL is. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).optional(),
  /** Port of `/metrics`, on 127.0.0.1 only. Default off. */
  METRICS_PORT: z.coerce.number().int().min(0).max(65535).optional(),
  /** Shows the fictional city's records. Off once a real city has published. Default on. */
  DEMO_DATA: flag.default(true),

  TELEGRAM_TOKEN: optional,
  /** Bot API address; another one is a self-hosted server. */
  TELEGRAM_API_ROOT: z.url().default("https://api.telegram.org"),
  /** With it Telegram calls us at `<PUBLIC_URL>/telegram`; without it we poll. */
  TELEGRAM_WEBHOOK_SECRET: optional,
  /** Complaints over Telegram carry no identity unless the operator has decided otherwise. Default off. */
  TELEGRAM_COMPLAINT_IDENTITY: flag.default(false),

  WECHAT_APP_ID: optional,
  WECHAT_APP_SECRET: optional,
  WECHAT_TOKEN: optional,
  /** 43-character key of safe mode; absent means plain mode. */
  WECHAT_AES_KEY: z.string().length(43).optional(),
  WECHAT_API_BASE: z.url().default("https://api.weixin.qq.com"),
  /** Any other wechaty puppet by package name, e.g. `wechaty-puppet-service`. */
  WECHATY_PUPPET: optional,
  WECHATY_PUPPET_OPTIONS: optional,

  /** Programs that may call `/v1/chat/completions`: `oa:<key of 32 characters or more>`, separated by spaces. Default none: `/v1` is not there. */
  CHAT_API_KEYS: apiKeys,

  /** OpenAI-compatible address of a language model, up to and with `/v1`. With it and a name, what our own finding is unsure of is put to the model, personal data masked; it points to rows, and words of its own reach nobody. */
  LLM_BASE_URL: z.url().optional(),
  LLM_API_KEY: optional,
  /** It must be able to call tools. */
  LLM_MODEL: optional,
  /** Another model, asked when the first fails; at the same address and with the same key unless said otherwise. */
  LLM_FALLBACK_MODEL: optional,
  LLM_FALLBACK_BASE_URL: z.url().optional(),
  LLM_FALLBACK_API_KEY: optional,
  /** Whole budget of one turn's model calls together, ms. Default 4000: WeChat waits no longer than five seconds. */
  LLM_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(4000),

  EMBEDDING_BASE_URL: z.url().optional(),
  EMBEDDING_API_KEY: optional,
  EMBEDDING_MODEL: optional,

  /** Officials' system that is told about cases by signed CloudEvents. */
  CASE_WEBHOOK_URL: z.url().optional(),
  CASE_WEBHOOK_SECRET: optional,

  /** Days a stored conversation and its replies live. Default 7. */
  RETAIN_CONVERSATION_DAYS: z.coerce.number().int().min(1).default(7),
  /** Days a closed case keeps the complainant's identity. Default 180. */
  RETAIN_IDENTITY_DAYS: z.coerce.number().int().min(1).default(180),
});
export type Config = Readonly<z.infer<typeof Environment>> & { readonly dataFolder: string };

/**
 * Behind a proxy nobody named, a whole city has one address, and shares one person's limits.
 *
 * @throws AppError `bad_input` when the site has a public address and nobody said what stands in front of it.
 */
export function checkProxies(config: Config): void {
  if (config.PUBLIC_URL === undefined || config.TRUSTED_PROXIES !== undefined) return;
  throw new AppError("bad_input", {
    say: "已设置 PUBLIC_URL,但没有设置 TRUSTED_PROXIES,不能启动:不知道前面有几层反向代理,所有来访者会被当成同一个地址而共用限额。请写明层数:前面有一层 TLS 代理写 TRUSTED_PROXIES=1,直接对外写 TRUSTED_PROXIES=0。",
  });
}

/** LangChain sends every call to a service abroad while one of these is `true`. */
const tracingSwitches = [
  "LANGSMITH_TRACING",
  "LANGSMITH_TRACING_V2",
  "LANGCHAIN_TRACING",
  "LANGCHAIN_TRACING_V2",
];

/** @throws AppError `bad_input` naming each wrong variable. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = Environment.safeParse(present);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join(".")}:${issue.message}`).join(";");
    throw new AppError("bad_input", { say: `配置有误:${wrong}。允许的写法见 .env.example。` });
  }
  const tracing = tracingSwitches.find((name) => environment[name] === "true");
  if (parsed.data.LLM_MODEL && tracing) {
    throw new AppError("bad_input", {
      say: `已设置 ${tracing}=true,当事人的问题会被发给模型之外的第三方,不能启动。请删去这个变量。`,
    });
  }
  return { ...parsed.data, dataFolder: resolve(parsed.data.MINGZHI_DATA) };
}
