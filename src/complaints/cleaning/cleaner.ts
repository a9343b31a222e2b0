/** One thread that cleans files, one after another; a file that takes too long is refused and the thread replaced. */
import { Worker } from "node:worker_threads";
import type { Cleaned } from "./clean.ts";

/** A 50 MB video is copied and walked in a second; a 50-megapixel HEIC takes some ten. */
const LONGEST_MS = 60_000;
/** Of one file with everything it unpacks to. */
const MEMORY_MB = 1024;

export interface FileCleaner {
  clean(bytes: Uint8Array, type: string): Promise<Cleaned>;
}

export function createFileCleaner(longestMs = LONGEST_MS): FileCleaner {
  let worker: Worker | undefined;
  let line: Promise<unknown> = Promise.resolve();
  let no = 0;

  function ask(bytes: Uint8Array, type: string): Promise<Cleaned> {
    worker ??= start();
    const thread = worker;
    const mine = no++;
    return new Promise((resolve) => {
      const answered = (answer: { no: number; cleaned: Cleaned }) => {
        if (answer.no === mine) finish(answer.cleaned, true);
      };
      // It took too long, ran out of memory, or fell over.
      const failed = () => finish({ kind: "refused", why: "太复杂,处理不了" }, false);
      const timer = setTimeout(failed, longestMs);
      function finish(cleaned: Cleaned, alive: boolean): void {
        clearTimeout(timer);
        thread.off("message", answered).off("error", failed).off("exit", failed);
        if (alive) thread.unref();
        else {
          if (worker === thread) worker = undefined;
          thread.on("error", () => {});
          void thread.terminate();
        }
        resolve(cleaned);
      }
      thread.on("message", answered).on("error", failed).on("exit", failed);
      thread.ref();
      thread.postMessage({ no: mine, bytes, type });
    });
  }

  return {
    clean(bytes, type) {
      const mine = line.then(() => ask(bytes, type));
      line = mine;
      return mine;
    },
  };
}

function start(): Worker {
  return new Worker(new URL("./worker.mjs", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    execArgv: [],
  });
}
