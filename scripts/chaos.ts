/** `npm run chaos [-- --json]`: kills the process at each step of what must never be lost, and counts. Exit 1 unless 0 and 0. */
import { everyStep, runChaos } from "./chaos/chaos.ts";

const json = process.argv.includes("--json");
const report = await runChaos(everyStep, (line) => void process.stderr.write(`${line}\n`));
const { notes, ...counts } = report;
for (const note of notes) process.stderr.write(`${note}\n`);
process.stdout.write(
  json
    ? `${JSON.stringify(counts)}\n`
    : `故障点 ${counts.points},已确认 ${counts.acknowledged},丢失 ${counts.lost},重复 ${counts.doubled}\n`,
);
if (counts.lost > 0 || counts.doubled > 0) process.exitCode = 1;
