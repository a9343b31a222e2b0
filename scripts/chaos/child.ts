/** The process that dies. Finishes what an earlier one left, then does the next job with death at the given step. */
import { z } from "zod";
import { openHouse } from "./house.ts";
import { type Ack, type JobContext, jobs, steps } from "./jobs.ts";
import { arm, disarm, install, tell } from "./killer.ts";

export const Orders = z.object({
  step: z.enum(steps),
  folder: z.string(),
  releases: z.string(),
  recipient: z.string(),
  /** Milliseconds the clock shows when the process starts. */
  clock: z.number(),
  /** Job begun by an earlier process and not known to be done. */
  resume: z.number().optional(),
  next: z.number().optional(),
  /** Dies at this step of `next`; absent lives. */
  killAt: z.number().optional(),
  /** Goes on with the following jobs until it is killed from outside. */
  endless: z.boolean().default(false),
});
export type Orders = z.input<typeof Orders>;

export type Line =
  | { readonly said: "ack"; readonly ack: Ack }
  | { readonly said: "begun"; readonly no: number }
  | { readonly said: "done"; readonly no: number; readonly steps: number };

async function main(orders: z.infer<typeof Orders>): Promise<void> {
  const say = (line: Line) => tell(line);
  install();
  const now = () => new Date(orders.clock);
  const house = await openHouse(orders.folder, orders.releases, now);
  const job = jobs[orders.step];
  const context: JobContext = {
    house,
    now,
    releases: orders.releases,
    recipient: orders.recipient,
    tell: (ack) => say({ said: "ack", ack }),
  };
  async function run(no: number, killAt?: number): Promise<void> {
    await job.prepare?.(context, no);
    say({ said: "begun", no });
    arm(killAt);
    await job.run(context, no);
    say({ said: "done", no, steps: disarm() });
  }
  if (orders.resume !== undefined) await run(orders.resume);
  if (orders.next !== undefined) await run(orders.next, orders.killAt);
  for (let no = (orders.next ?? 0) + 1; orders.endless; no += 1) await run(no);
  await house.close();
}

await main(Orders.parse(JSON.parse(process.argv[2] ?? "{}")));
