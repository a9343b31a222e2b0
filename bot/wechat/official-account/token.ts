/** The account's access token: fetched once, kept, renewed before it ends or when the API no longer takes it. */
import { z } from "zod";
import { WechatApiError } from "./failure.ts";

export interface Tokens {
  get(): Promise<string>;
  /** A new one in place of `refused`; callers refused together share one renewal. */
  renew(refused: string): Promise<string>;
}

/** Renewed so long before its end, so that none ends on its way. */
const MARGIN_MS = 300_000;
const Granted = z.object({ access_token: z.string(), expires_in: z.number() });
const Refused = z.object({ errcode: z.number(), errmsg: z.string().default("") });

export function createTokens(settings: {
  readonly base: string;
  readonly appId: string;
  readonly secret: string;
  readonly now: () => Date;
}): Tokens {
  let held: { token: string; until: number } | undefined;
  let underWay: Promise<string> | undefined;

  async function ask(force: boolean): Promise<string> {
    const response = await fetch(new URL("/cgi-bin/stable_token", settings.base), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        grant_type: "client_credential",
        appid: settings.appId,
        secret: settings.secret,
        force_refresh: force,
      }),
      signal: AbortSignal.timeout(5_000),
    });
    const body: unknown = await response.json();
    const granted = Granted.safeParse(body);
    if (!granted.success) {
      const refused = Refused.safeParse(body).data;
      throw new WechatApiError(refused?.errcode ?? -1, refused?.errmsg ?? "no token");
    }
    held = {
      token: granted.data.access_token,
      until: settings.now().getTime() + granted.data.expires_in * 1000 - MARGIN_MS,
    };
    return held.token;
  }
  const once = (force: boolean) => {
    underWay ??= ask(force).finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
  return {
    async get() {
      return held && held.until > settings.now().getTime() ? held.token : once(false);
    },
    async renew(refused) {
      return held && held.token !== refused ? held.token : once(true);
    },
  };
}
