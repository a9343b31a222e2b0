import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { faults, noBrowser, openBrowser, overflows, shot } from "./browser.ts";
import { openSite, RECEIPT, type Site } from "./site.ts";

describe.skipIf(noBrowser)("the web page in a browser", () => {
  let site: Site;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    site = await openSite();
    await site.web.start();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  const open = async (options: Parameters<Browser["newContext"]>[0] = {}) => {
    context = await browser.newContext({
      locale: "zh-CN",
      viewport: { width: 1280, height: 800 },
      baseURL: site.web.address(),
      ...options,
    });
    page = await context.newPage();
    problems = [];
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    page.on("pageerror", (error) => problems.push(String(error)));
  };
  beforeEach(() => open());
  afterEach(() => context.close());
  const ask = async (text: string) => {
    await page.getByLabel("您的问题").fill(text);
    await page.getByRole("button", { name: "发送" }).click();
  };

  it("answers a question, shows every kind of block, and takes a choice", async () => {
    await page.goto("/");
    await shot(page, "chat-empty");
    await ask("所有样式");
    await page.getByText("最后一天", { exact: true }).first().waitFor();
    expect(await page.getByRole("img", { name: /2026年5月日历.*最后:2026年5月/ }).count()).toBe(1);
    await page.getByText("依据(1 条)").click();
    await shot(page, "chat-blocks");
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    await shot(page, "chat-blocks-end");
    expect(await faults(page)).toEqual([]);
    await page.getByRole("button", { name: "找法院" }).click();
    await page.getByText("您说的是:c0").waitFor();
    expect(await page.getByRole("button", { name: "算日期" }).isDisabled()).toBe(true);
    expect(problems).toEqual([]);
  });

  it.each([390, 1280])("keeps the words and the waiting mark above the composer at %i px", async (width) => {
    await page.setViewportSize({ width, height: 844 });
    await page.goto("/");
    await ask("所有样式");
    await page.getByText("最后一天", { exact: true }).first().waitFor();
    await page.route("**/api/turns", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await route.continue();
    });
    await ask("再问一个问题");
    const typing = page.locator(".typing");
    await typing.waitFor();
    const bottom = async (selector: string, which: "y" | "end") => {
      const box = await page.locator(selector).last().boundingBox();
      return (box?.y ?? 0) + (which === "end" ? (box?.height ?? 0) : 0);
    };
    expect(await bottom(".typing", "end")).toBeLessThan(await bottom(".composer", "y"));
    expect(await bottom(".turn-mine", "y")).toBeGreaterThan(0);
    await page.getByText("您说的是:再问一个问题").waitFor();
  });

  it("opens the count and the sources on paper, and jumps from the top to the question", async () => {
    await page.goto("/");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("跳到提问");
    await page.keyboard.press("Enter");
    await ask("所有样式");
    await page.getByText("怎么算出来的").first().waitFor();
    const open = () => page.locator(".log details[open]").count();
    expect(await open()).toBe(0);
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    expect(await page.locator(".count li").first().isVisible()).toBe(true);
    expect(await page.locator(".citations li").first().isVisible()).toBe(true);
    await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
    expect(await open()).toBe(0);
  });

  it("keeps the talk in this browser until it is cleared", async () => {
    await page.goto("/");
    await ask("第一个问题");
    await page.getByText("您说的是:第一个问题").waitFor();
    await page.reload();
    await page.getByText("您说的是:第一个问题").waitFor();
    await page.getByRole("button", { name: "清除本机记录" }).click();
    await page.getByText("您好。我可以帮您").waitFor();
    expect(await page.getByText("您说的是:第一个问题").count()).toBe(0);
  });

  it("shows a receipt once, has it typed back, and never keeps it", async () => {
    await page.goto("/");
    await ask("登记");
    const field = page.getByLabel("请把抄下的 17 位回执号再输入一遍");
    await field.fill("111");
    await page.getByRole("button", { name: "核对", exact: true }).click();
    await page.getByText("与上面的回执号不一致").waitFor();
    await shot(page, "chat-receipt");
    expect(await faults(page)).toEqual([]);
    expect(
      await page
        .getByAltText("受理凭证二维码")
        .evaluate((image: HTMLImageElement) => image.complete || image.loading === "lazy"),
    ).toBe(true);
    await field.fill("1234 5678 9012 3456 7");
    await field.press("Enter");
    await page.getByText("核对无误").waitFor();
    expect(await page.content()).not.toContain(RECEIPT);
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(RECEIPT);
    await page.reload();
    await page.getByText("材料已登记。回执号只显示过一次").waitFor();
  });

  it("does not lose a receipt to one stray click", async () => {
    await page.goto("/");
    await ask("登记");
    await page.getByRole("button", { name: "不核对" }).click();
    await page.getByText("再点一次确认不核对").waitFor();
    expect(await page.content()).toContain("1234 5678 9012 3456 7");
  });

  it("is larger and shorter for elders, and stays so on the next page", async () => {
    await page.goto("/");
    await page.getByRole("button", { name: "长者模式" }).click();
    await ask("所有样式");
    await page.getByRole("button", { name: "更多选项" }).waitFor();
    expect(await page.getByRole("button", { name: "投诉", exact: true }).isVisible()).toBe(false);
    await shot(page, "chat-elder");
    expect(await faults(page)).toEqual([]);
    await page.getByRole("button", { name: "更多选项" }).click();
    expect(await page.getByRole("button", { name: "投诉", exact: true }).isVisible()).toBe(true);
    await page.goto("/about");
    expect(await page.evaluate(() => document.documentElement.className)).toBe("elder");
  });

  it("can be used by keyboard alone", async () => {
    await page.goto("/");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("跳到主要内容");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("role");
    await page.keyboard.press("ArrowRight");
    await page.getByRole("button", { name: "当场处罚的步骤和文书" }).waitFor();
    await page.getByLabel("您的问题").focus();
    await page.keyboard.type("键盘");
    await page.keyboard.press("Enter");
    await page.getByText("您说的是:键盘(officer").waitFor();
  });

  it("sends a file with the message", async () => {
    await page.goto("/");
    await page
      .locator("#file")
      .setInputFiles({ name: "票据.jpg", mimeType: "image/jpeg", buffer: Buffer.from("abc") });
    await page.getByText("票据.jpg(1 KB)").waitFor();
    await page.getByRole("button", { name: "发送" }).click();
    await page.getByText("您说的是:票据.jpg 3 字节").waitFor();
  });

  it("shows what was written as text, never as markup", async () => {
    await page.goto("/");
    await ask("<img src=x onerror=alert(1)><script>alert(2)</script>");
    await page.getByText("您说的是:<img").waitFor();
    expect(await page.locator(".log img, .log script").count()).toBe(0);
  });

  it("says that the line is down and gives the question back", async () => {
    await page.goto("/");
    await context.setOffline(true);
    await page.getByText("网络已断开").waitFor();
    await ask("还在吗");
    await page.getByText("这句话还没有发出去").waitFor();
    expect(await page.getByLabel("您的问题").inputValue()).toBe("还在吗");
  });

  it("opens in a frame on another page by one script tag", async () => {
    await page.goto("/about");
    await page.addScriptTag({ url: "/embed.js" });
    await page.getByRole("button", { name: "智能问答" }).click();
    await page.frameLocator("iframe").getByRole("heading", { name: "智能问答" }).waitFor();
    await shot(page, "embed");
  });

  it("works without script: a question, a choice, a complaint, its progress", async () => {
    await context.close();
    await open({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
    await page.goto("/");
    await ask("所有样式");
    await page.getByRole("button", { name: "找法院" }).click();
    await page.getByText("您说的是:c0").waitFor();
    await page.goto("/complaints/new");
    await page.getByLabel("发生了什么(必填)").fill("十一月二十日在市场门口罚了我两百元,没有给票据。");
    await page.getByLabel("匿名 不留身份").check();
    await page.getByRole("button", { name: "提交" }).click();
    await page.getByText("1234 5678 9012 3456 7").waitFor();
    await shot(page, "nojs-receipt");
    expect(site.filed.at(-1)?.secrecy).toBe("anonymous");
    await page.getByRole("link", { name: "去查进度" }).click();
    await page.getByLabel("回执号").fill("1234 5678 9012 3456 7");
    await page.getByRole("button", { name: "查询" }).click();
    await page.getByText("正在办理。").waitFor();
  });

  const pages = [
    "/",
    "/organs",
    "/powers",
    "/officers/check",
    "/relief",
    "/deadlines?rule=reconsiderationApply&from=2026-03-02",
    "/laws",
    "/points",
    "/complaints/new",
    "/complaints/status",
    "/completeness",
    "/about",
  ];
  it.each([360, 1280])(
    "has no fault of accessibility on any page at %i px, and no sideways scrolling",
    async (width) => {
      await page.setViewportSize({ width, height: 760 });
      const power = site.app.library().all("benchmark")[0]?.powerIds[0];
      const organ = site.app
        .library()
        .all("entity")
        .find((entity) => entity.dataset === "demo" && entity.enforces);
      for (const path of [
        ...pages,
        ...(power ? [`/powers/${power}`] : []),
        ...(organ ? [`/organs/${organ.id}`] : []),
      ]) {
        await page.goto(path);
        await shot(page, `page-${width}-${path.replace(/\W+/g, "_")}`);
        expect({ path, faults: await faults(page), overflows: await overflows(page) }).toEqual({
          path,
          faults: [],
          overflows: false,
        });
      }
      expect(problems).toEqual([]);
    },
  );

  it("reflows at 400 % zoom", async () => {
    await page.setViewportSize({ width: 320, height: 256 });
    for (const path of ["/", "/about", "/complaints/new"]) {
      await page.goto(path);
      expect({ path, overflows: await overflows(page) }).toEqual({ path, overflows: false });
    }
  });
});
