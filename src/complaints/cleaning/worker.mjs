/** Cleans files beside the house: a picture that takes seconds to decode keeps nobody waiting but its sender. */
import { parentPort } from "node:worker_threads";
import { register } from "tsx/esm/api";

register();
const { cleanFile } = await import("./clean.ts");

parentPort?.on("message", async ({ no, bytes, type }) => {
  parentPort?.postMessage({ no, cleaned: await cleanFile(bytes, type) });
});
