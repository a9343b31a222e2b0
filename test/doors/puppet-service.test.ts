/** A gateway on this machine behind wechaty-puppet-service, killed and started again. */
import { createServer } from "node:net";
import { expect, it } from "vitest";
import { mock, PuppetMock } from "wechaty-puppet-mock";
import { PuppetServer } from "wechaty-puppet-service";
import { createWechatDoor } from "../../bot/wechat/door.ts";
import { until } from "../contracts/doors.ts";
import { openHouse } from "./house.ts";

const TOKEN = "insecure_mingzhi";

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

async function openGateway(port: number) {
  const mocker = new mock.Mocker();
  const puppet = new PuppetMock({ mocker });
  const endpoint = `127.0.0.1:${port}`;
  const server = new PuppetServer({ puppet, token: TOKEN, endpoint, tls: { disable: true } });
  await server.start();
  await puppet.start();
  const bot = mocker.createContact({ name: "明执" });
  mocker.login(bot);
  const person = mocker.createContact({ name: "甲" });
  return {
    ask: (text: string) => void person.say(text).to(bot),
    said: () =>
      [...mocker.cacheMessagePayload.values()]
        .filter(({ talkerId }) => talkerId === bot.id)
        .map(({ text }) => text ?? ""),
    async close() {
      await server.stop();
      await puppet.stop();
    },
  };
}

it("is back within seconds of its gateway, and answers again", async () => {
  const port = await freePort();
  const house = await openHouse({
    WECHATY_PUPPET: "wechaty-puppet-service",
    WECHATY_PUPPET_OPTIONS: JSON.stringify({
      token: TOKEN,
      endpoint: `127.0.0.1:${port}`,
      tls: { disable: true },
    }),
  });
  let gateway = await openGateway(port);
  const door = createWechatDoor(house.app, {
    supervisor: {
      loginMs: 3_000,
      probeEveryMs: 200,
      probeMs: 2_000,
      firstRetryMs: 100,
      lastRetryMs: 500,
      closeMs: 500,
    },
  });
  await door.start();
  await door.ready();
  gateway.ask("在吗");
  await until(() => expect(gateway.said().join()).toContain("收到「在吗」"));

  await gateway.close();
  gateway = await openGateway(port);
  await until(() => {
    gateway.ask("回来了吗");
    expect(gateway.said().join()).toContain("收到「回来了吗」");
  });

  await door.stop();
  await gateway.close();
  await house.close();
});
