/** `npm run bench`: every section's figures, one table each; `npm run bench -- deadlines turns` runs only those named. */
interface Row {
  readonly label: string;
  readonly value: number | string;
  readonly unit: string;
}

interface Section {
  run(): Promise<{ readonly name: string; readonly rows: readonly Row[] }>;
}

const sections: Readonly<Record<string, () => Promise<Section>>> = {
  deadlines: () => import("./bench/deadlines.ts"),
  turns: () => import("./bench/turns.ts"),
  retrieval: () => import("./bench/retrieval.ts"),
  import: () => import("./bench/import.ts"),
  web: () => import("./bench/web.ts"),
  doors: () => import("./bench/doors.ts"),
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in sections));
if (unknown.length > 0) {
  process.stderr.write(`没有测量项“${unknown.join("、")}”。可用:${Object.keys(sections).join("、")}。\n`);
  process.exitCode = 1;
} else {
  for (const [name, load] of Object.entries(sections)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    const { name: title, rows } = await (await load()).run();
    process.stdout.write(`\n${title}\n`);
    for (const { label, value, unit } of rows) process.stdout.write(`  ${label}  ${value} ${unit}\n`);
  }
}
