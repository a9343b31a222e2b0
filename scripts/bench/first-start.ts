/** A process of its own: opens the house in `folder`, answers one question, and says how long that took, ms. */
import { loadMaterials } from "../../knowledge/materials.ts";
import { createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";

const folder = String(process.argv[2]);
const began = performance.now();
const app = await createApp(readConfig({ MINGZHI_DATA: folder, LOG_LEVEL: "silent" }), loadMaterials(folder));
await app.answering.warm(app.library());
await app.assistant.reply({
  id: "bench",
  door: "terminal",
  conversation: "bench",
  person: "bench",
  role: "citizen",
  text: "罚款晚交三天加多少",
  files: [],
  at: new Date("2026-11-24T04:00:00Z"),
});
process.stdout.write(String(Math.round(performance.now() - began)));
await app.close();
