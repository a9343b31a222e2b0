import { plainMessages } from "../../bot/text/render.ts";
import { createWebDoor } from "../../bot/web/server.ts";
import { loadMaterials } from "../../knowledge/materials.ts";
import { createApp } from "../../src/app.ts";
import { keysFrom } from "../../src/keys.ts";
import type { Reply } from "../../src/reply.ts";
import { openStore } from "../../src/store/database.ts";
import { type Delivery, describeDoor } from "../contracts/doors.ts";

describeDoor("the web page's interface", {
  async open(house) {
    const store = await openStore(":memory:");
    const parts = { store, keys: keysFrom(Buffer.alloc(32, 7)), log: house.app.log };
    const whole = await createApp(house.app.config, loadMaterials(house.app.config.dataFolder), parts);
    const door = await createWebDoor({ ...whole, ...house.app }, { services: {} });
    const heard = new Map<string, string[]>();
    const answered = new Set<string>();
    return {
      async deliver({ id, person, text, choice, file }: Delivery) {
        const conversation = Buffer.from(person).toString("hex").padEnd(22, "0");
        const headers = { "idempotency-key": id };
        const request = file
          ? form({ conversation }, file)
          : { payload: { conversation, text, choice }, type: "application/json" };
        const answer = await door.server.inject({
          method: "POST",
          url: file ? "/api/turns/files" : "/api/turns",
          headers: { ...headers, "content-type": request.type },
          payload: request.payload,
        });
        if (answer.statusCode !== 200) throw new Error(answer.body);
        const reply = answer.json<Reply>();
        // The page shows a reply under the message it answers, once.
        if (answered.has(reply.turn)) return;
        answered.add(reply.turn);
        const size = { amount: 100_000, unit: "characters" } as const;
        heard.set(person, [...(heard.get(person) ?? []), ...plainMessages(reply, size)]);
      },
      heard: (person) => heard.get(person) ?? [],
      async close() {
        await door.stop();
        await store.close();
      },
    };
  },
  buttons: true,
  redelivers: true,
  people: "many",
});

function form(fields: Record<string, string>, file: NonNullable<Delivery["file"]>) {
  const border = "----mingzhi";
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${border}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = `--${border}\r\ncontent-disposition: form-data; name="files"; filename="${file.name}"\r\ncontent-type: image/jpeg\r\n\r\n`;
  const payload = Buffer.concat([
    Buffer.from(parts.join("") + head),
    file.bytes,
    Buffer.from(`\r\n--${border}--\r\n`),
  ]);
  return { payload, type: `multipart/form-data; boundary=${border}` };
}
