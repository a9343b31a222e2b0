/**
 * Search beside its peers on the same passages and questions in the same run, then alone on growing numbers of passages.
 *
 * The questions are the ones our model learned from, so against the peers it runs without the model, as BM25; with the
 * model only its speed is printed. Quality on questions it had not learned is in `knowledge/models/CARD.md`.
 */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Document } from "@langchain/core/documents";
import { seededRandom } from "../../knowledge/train/encoder.ts";
import { Article, passageOf, Question, readLines } from "../../knowledge/train/material.ts";
import { measure } from "../../knowledge/train/recall.ts";
import { createSearchIndex } from "../../src/search/find.ts";
import { readModel } from "../../src/search/model.ts";
import type { Passage } from "../../src/search/passage.ts";
import { wordsOf } from "../../src/search/tokens.ts";
import { PassageVectorStore } from "../../src/search/vector-store.ts";
import { MODEL_FOLDER } from "../commands/retrieval.ts";
import { LearnedEmbeddings } from "./learned-embeddings.ts";

interface Row {
  label: string;
  value: number;
  unit: string;
}

/** A way to search, ready to be asked for the ids of its best passages. */
type Ask = (question: string, top: number) => Promise<readonly string[]> | readonly string[];
type Open = (passages: readonly Passage[]) => Promise<Ask> | Ask;

const QUESTIONS = 60;
/** Passages of the comparison: Orama alone takes more than a second a question on three times as many. */
const PASSAGES = 20_000;
const TOP = 10;
/** Vectors in the graph of LangChain's HNSWLib: more would take minutes to build. */
const GRAPH_PASSAGES = 5000;

export async function run(): Promise<{ name: string; rows: Row[] }> {
  const rows = [...(await besidePeers()), ...growing()];
  return { name: "retrieval", rows };
}

async function besidePeers(): Promise<Row[]> {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const folder = resolve(root, process.env["MINGZHI_SHARED"] ?? "../shared", "retrieval");
  if (!existsSync(`${folder}/corpus.jsonl.gz`)) {
    process.stderr.write("检索对比跳过:没有找到共享的检索数据(MINGZHI_SHARED)。\n");
    return [];
  }
  const whole = readLines(`${folder}/corpus.jsonl.gz`, Article).map(passageOf);
  const all = readLines(`${folder}/queries.train.jsonl`, Question);
  const questions = all.filter((_, i) => i % Math.ceil(all.length / QUESTIONS) === 0);
  const rows: Row[] = [];
  const passages = sampleWith(whole, questions, PASSAGES);
  for (const [label, open] of [
    ["ours, BM25 alone", ours],
    ["MiniSearch + jieba", miniSearch],
    ["LangChain BM25Retriever, pre-segmented", langChainBm25],
    ["Orama + jieba", orama],
  ] satisfies [string, Open][]) {
    const { results, speed } = await ask(label, await timed(open, passages), questions);
    const { recall, mrr10 } = measure(
      results.map((found, i) => ({ right: new Set(questions[i]!.gold), found })),
    );
    rows.push({ label: `${label}: R@5`, value: percent(recall["5"]), unit: "%" });
    rows.push({ label: `${label}: MRR@10`, value: percent(mrr10), unit: "%" }, ...speed);
  }
  return [...rows, ...(await vectorStores(sampleWith(whole, questions, GRAPH_PASSAGES), questions))];
}

/** Vector stores over the same learned vectors: how fast, and how much of what comparing all finds they find. */
async function vectorStores(passages: readonly Passage[], questions: readonly Question[]): Promise<Row[]> {
  const exact = await ask("our vector store", await timed(ourVectors, passages), questions);
  const graph = await ask("LangChain HNSWLib", await timed(langChainHnsw, passages), questions);
  const { recall } = measure(graph.results.map((found, i) => ({ right: new Set(exact.results[i]), found })));
  const agreement = { label: "LangChain HNSWLib: of our first ten", value: percent(recall["10"]), unit: "%" };
  return [...exact.speed, agreement, ...graph.speed];
}

async function timed(open: Open, passages: readonly Passage[]): Promise<{ find: Ask; built: number }> {
  const began = performance.now();
  const find = await open(passages);
  await find("申请", 1);
  return { find, built: performance.now() - began };
}

async function ask(
  label: string,
  { find, built }: { find: Ask; built: number },
  questions: readonly Question[],
): Promise<{ results: (readonly string[])[]; speed: Row[] }> {
  const times: number[] = [];
  const results = [];
  for (const { q } of questions) {
    const asked = performance.now();
    results.push(await find(q, TOP));
    times.push(performance.now() - asked);
  }
  const speed = [
    { label: `${label}: p50`, value: quantile(times, 0.5), unit: "ms" },
    { label: `${label}: p99`, value: quantile(times, 0.99), unit: "ms" },
    { label: `${label}: build`, value: Math.round(built), unit: "ms" },
  ];
  return { results, speed };
}

const ours: Open = (passages) => {
  const index = createSearchIndex(passages);
  return (question, top) => index.find(question, {}, top).map(({ passage }) => passage.id);
};

const miniSearch: Open = async (passages) => {
  const { default: MiniSearch } = await import("minisearch");
  const index = new MiniSearch({ fields: ["title", "text"], tokenize: wordsOf });
  index.addAll(passages.map(({ id, title, text }) => ({ id, title, text })));
  return (question, top) =>
    index
      .search(question)
      .slice(0, top)
      .map(({ id }) => String(id));
};

const orama: Open = async (passages) => {
  const { create, insertMultiple, search } = await import("@orama/orama");
  const tokenizer = { language: "chinese", normalizationCache: new Map(), tokenize: wordsOf };
  const index = create({
    schema: { name: "string", title: "string", text: "string" },
    components: { tokenizer },
  });
  await insertMultiple(
    index,
    passages.map(({ id, title, text }) => ({ name: id, title, text })),
  );
  return async (question, top) => {
    const { hits } = await search(index, {
      term: question,
      properties: ["title", "text"],
      threshold: 1,
      limit: top,
    });
    return hits.map(({ document }) => document.name);
  };
};

const langChainBm25: Open = async (passages) => {
  const { BM25Retriever } = await import("@langchain/community/retrievers/bm25");
  const retriever = BM25Retriever.fromDocuments(
    passages.map(({ id, title, text }) => {
      return new Document({ id, pageContent: wordsOf(`${title} ${text}`).join(" "), metadata: { id } });
    }),
    { k: TOP },
  );
  return async (question) => {
    const found = await retriever.invoke(wordsOf(question).join(" "));
    return found.map(({ metadata }) => String(metadata["id"]));
  };
};

const ourVectors: Open = async (passages) => {
  const store = await PassageVectorStore.fromDocuments(contentsOf(passages), learnedEmbeddings());
  return async (question, top) => (await store.similaritySearch(question, top)).map(({ id }) => id ?? "");
};

const langChainHnsw: Open = async (passages) => {
  const { HNSWLib } = await import("@langchain/community/vectorstores/hnswlib");
  const store = await HNSWLib.fromDocuments(contentsOf(passages), learnedEmbeddings());
  return async (question, top) => {
    return (await store.similaritySearch(question, top)).map(({ metadata }) => String(metadata["id"]));
  };
};

function learnedEmbeddings(): LearnedEmbeddings {
  const model = readModel(MODEL_FOLDER);
  if (!model) throw new Error(`no model in ${MODEL_FOLDER}`);
  return new LearnedEmbeddings(model.vectors);
}

function contentsOf(passages: readonly Passage[]): Document[] {
  return passages.map(({ id, title, text }) => {
    return new Document({ id, pageContent: `${title}\n${text}`, metadata: { id } });
  });
}

/** Every right passage and others evenly over the rest. */
function sampleWith(
  passages: readonly Passage[],
  questions: readonly Question[],
  count: number,
): readonly Passage[] {
  const right = new Set(questions.flatMap(({ gold }) => gold));
  const step = Math.ceil(passages.length / count);
  return passages.filter(({ id }, i) => right.has(id) || i % step === 0);
}

/** Ours with the model on passages made up from a vocabulary, 10³ to 10⁵; 10⁶ when BENCH_FULL is set. */
function growing(): Row[] {
  const sizes = [1000, 10_000, 100_000, ...(process.env["BENCH_FULL"] ? [1_000_000] : [])];
  const model = readModel(MODEL_FOLDER);
  return sizes.flatMap((size) => {
    const random = seededRandom(size);
    const passages = Array.from({ length: size }, (_, i) => madeUp(i, random));
    globalThis.gc?.();
    const before = process.memoryUsage();
    const began = performance.now();
    const index = createSearchIndex(passages, () => model);
    index.find("申请", {}, 1);
    const built = performance.now() - began;
    globalThis.gc?.();
    const after = process.memoryUsage();
    const times = Array.from({ length: 200 }, () => {
      const question = sentence(random, 6);
      const asked = performance.now();
      index.find(question, {}, TOP);
      return performance.now() - asked;
    });
    const used = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
    return [
      { label: `ours, ${size} passages: build`, value: Math.round(built), unit: "ms" },
      { label: `ours, ${size} passages: p50`, value: quantile(times, 0.5), unit: "ms" },
      { label: `ours, ${size} passages: p99`, value: quantile(times, 0.99), unit: "ms" },
      { label: `ours, ${size} passages: index`, value: mebibytes(index.stats().bytes), unit: "MiB" },
      { label: `ours, ${size} passages: heap and arrays`, value: mebibytes(used), unit: "MiB" },
    ];
  });
}

const SUBJECTS = [
  "当事人",
  "行政机关",
  "执法人员",
  "经营者",
  "个体工商户",
  "施工单位",
  "利害关系人",
  "复议机关",
];
const DEEDS = [
  "申请",
  "查封",
  "扣押",
  "登记",
  "公示",
  "听证",
  "送达",
  "处罚",
  "撤销",
  "备案",
  "检查",
  "催告",
];
const OBJECTS = [
  "许可证",
  "罚款",
  "违法建筑",
  "食品",
  "车辆",
  "场所",
  "档案",
  "噪声",
  "广告牌",
  "危险化学品",
];
const PLACES = ["县级", "市级", "街道", "乡镇", "开发区", "市场", "学校周边", "河道", "工地", "道路"];

function sentence(random: () => number, parts: number): string {
  const words = [SUBJECTS, DEEDS, OBJECTS, PLACES];
  return Array.from({ length: parts }, (_, i) => {
    const list = words[i % words.length]!;
    return list[Math.floor(random() * list.length)]!;
  }).join("");
}

function madeUp(number: number, random: () => number): Passage {
  const text = `${sentence(random, 12)},编号${Math.floor(random() * 1e6)}。${sentence(random, 12)}。`;
  return {
    id: `p${number}`,
    recordId: `r${number}`,
    kind: "power",
    title: sentence(random, 3),
    text,
    identifiers: [`YS${String(number).padStart(8, "0")}`],
  };
}

function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 100) / 100;
}

function percent(share: number): number {
  return Math.round(share * 1000) / 10;
}

function mebibytes(bytes: number): number {
  return Math.round((bytes / 2 ** 20) * 10) / 10;
}
