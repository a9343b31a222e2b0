/** What the house is handed at start: the calendar and the trained weights, from where they lie. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readFinder } from "../src/answering/finding/model.ts";
import type { Materials } from "../src/app.ts";
import { readModel } from "../src/search/model.ts";
import { loadCalendar } from "./calendar.ts";
import { readServiceAsks } from "./service-asks.ts";

const models = fileURLToPath(new URL("./models", import.meta.url));

/** @param dataFolder the operator's own holiday notices lie in its `calendar` folder, one file a year. */
export function loadMaterials(dataFolder: string): Materials {
  return {
    calendar: loadCalendar(join(dataFolder, "calendar")),
    routes: readJson("route.json"),
    triage: readJson("triage.json"),
    searchModel: () => readModel(models),
    finder: () => readFinder(models),
    serviceAsks: readServiceAsks,
  };
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(join(models, name), "utf8"));
}
