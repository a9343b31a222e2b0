/** Builds an index beside the house and keeps it on disk: while a release is taken up, the one before goes on answering. */
import { parentPort, workerData } from "node:worker_threads";
import { register } from "tsx/esm/api";

register();
const { build } = await import("./build.ts");
const { replaceFile } = await import("../../durable-file.ts");

const bytes = new Uint8Array(build(workerData.job));
let failure;
try {
  if (workerData.file) replaceFile(workerData.file, bytes);
} catch (thrown) {
  failure = String(thrown);
}
parentPort?.postMessage({ bytes, failure }, [bytes.buffer]);
