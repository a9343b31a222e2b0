/** The chat page with script: answers without reloading, history in this browser only. The page works without it too. */
import type { Reply } from "../../../src/reply.ts";
import { replyBody, replyText } from "../blocks.ts";
import { type Html, html } from "../html.ts";
import { choiceButtons, contestChoice, houseTurn, mineTurn } from "../pages/chat.ts";
import { startElderMode } from "./elder.ts";
import { type Entry, forgetHistory, readHistory, remember } from "./history.ts";
import { type ReceiptWatch, watchReceipt, withoutReceipt, withoutReceipts } from "./receipt.ts";
import { sendTurn } from "./send.ts";
import { forget, keep, recall, recallJson } from "./storage.ts";
import { startUploads } from "./uploads.ts";
import { readAloud, startVoice } from "./voice.ts";

const element = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const form = element<HTMLFormElement>("chat");
const log = element<HTMLDivElement>("log");
const question = element<HTMLTextAreaElement>("q");
const send = element<HTMLButtonElement>("send");
const area = element<HTMLSelectElement>("area");
const composer = form.querySelector(".composer") as HTMLElement;
const uploads = startUploads(element);

const conversation = newConversation();
let busy = false;
let openReceipt: ReceiptWatch | undefined;

function newConversation(): string {
  const kept = recall("mz-conversation");
  if (kept && /^[\w-]{22,128}$/.test(kept)) return kept;
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  const id = btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, "-")
    .replace(/\//g, "_");
  keep("mz-conversation", id);
  return id;
}

function role(): string {
  return new FormData(form).get("role")?.toString() ?? "citizen";
}

function add(fragment: Html): HTMLElement {
  log.insertAdjacentHTML("beforeend", fragment.toString());
  return log.lastElementChild as HTMLElement;
}

function showReply(reply: Reply, fresh: boolean): void {
  for (const old of log.querySelectorAll<HTMLButtonElement>(".choices button")) old.disabled = true;
  const shown = add(
    houseTurn(html`${replyBody(reply, choiceButtons(reply.choices))}<div class="turn-tools"></div>`),
  );
  const tools = shown.querySelector(".turn-tools");
  const tool = (name: string, does: () => void) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-quiet";
    button.textContent = name;
    button.onclick = does;
    tools?.append(button);
  };
  if ("speechSynthesis" in window) tool("朗读", () => readAloud(replyText(reply)));
  const contest = contestChoice(reply);
  if (contest) tool("这条不对", () => void ask(contest.label, contest.id));
  if (!fresh) return;
  const receipt = shown.querySelector<HTMLElement>(".receipt");
  if (receipt) {
    // The talk waits for the number too: typed into its field, it is said there as well.
    const inTalk = reply.intent.startsWith("dialogue:");
    openReceipt = watchReceipt(receipt, {
      checked: (number) => inTalk && void ask(number),
      ...(inTalk && { skip: () => void ask("不核对") }),
    });
  }
  shown.tabIndex = -1;
  shown.scrollIntoView({
    block: "start",
    behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth",
  });
  if (document.documentElement.classList.contains("elder")) readAloud(replyText(reply));
}

async function ask(text: string, choice?: string): Promise<void> {
  const files = uploads.take();
  if (busy || (text.trim() === "" && choice === undefined && files.length === 0)) return;
  busy = true;
  send.disabled = true;
  const said = withoutReceipts(text || files.map((file) => file.name).join("、"));
  openReceipt?.settle(text);
  add(mineTurn(said));
  element("tools").hidden = false;
  const waiting = add(
    html`<div class="waiting"><p class="typing" role="status">正在查找</p><div class="skeleton" aria-hidden="true"><i></i><i></i><i></i></div></div>`,
  );
  // The composer lies over the end of the page: what was asked and that it is being looked up stay above it.
  document.documentElement.style.scrollPaddingBottom = `${composer.offsetHeight + 12}px`;
  waiting.scrollIntoView({ block: "end" });
  const body = {
    conversation,
    role: role(),
    area: area.value,
    ...(choice === undefined ? { text } : { choice }),
  };
  const answer = await sendTurn(body, files, uploads.progress);
  waiting.remove();
  if (answer.kind === "reply") {
    const { reply } = answer;
    if (reply.outcome === "answered" && reply.intent.startsWith("dialogue:")) openReceipt?.leave();
    showReply(reply, true);
    // A complaint told in talk is kept by the house alone, never in a browser that others may use.
    if (!reply.intent.startsWith("dialogue:")) remember({ said, reply: withoutReceipt(reply) });
  } else {
    add(
      houseTurn(
        html`<div class="notice notice-warn" role="alert"><strong>注意</strong><p>${answer.say}</p></div>`,
      ),
    );
    question.value = choice === undefined ? text : question.value;
    uploads.giveBack(files);
  }
  busy = false;
  send.disabled = false;
  uploads.progress(undefined);
  if (matchMedia("(hover: hover)").matches) question.focus({ preventScroll: true });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const button = event.submitter as HTMLButtonElement | null;
  if (button?.name === "choice") {
    void ask(button.textContent ?? "", button.value);
  } else if (button?.name === "example") {
    void ask(button.value);
  } else {
    const text = question.value;
    question.value = "";
    grow();
    void ask(text);
  }
});
log.addEventListener("click", (event) => {
  const more = (event.target as Element).closest("[data-more]");
  if (!more) return;
  const group = more.parentElement;
  group?.classList.add("open");
  group?.querySelectorAll<HTMLButtonElement>("button")[3]?.focus();
});
question.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit(send);
  }
});
question.addEventListener("input", grow);
function grow(): void {
  question.style.height = "auto";
  question.style.height = `${Math.min(question.scrollHeight + 2, 150)}px`;
}
form.addEventListener("change", (event) => {
  const input = event.target as HTMLInputElement;
  if (input.name === "role") {
    const place = document.getElementById("examples");
    const template = element<HTMLTemplateElement>(`examples-${input.value}`);
    place?.replaceChildren(template.content.cloneNode(true));
  }
  keep("mz-settings", JSON.stringify({ role: role(), area: area.value }));
});

element("print").onclick = () => window.print();
// On paper nothing can be opened: the count and the sources stand there in full.
let closed: readonly HTMLDetailsElement[] = [];
window.addEventListener("beforeprint", () => {
  closed = [...log.querySelectorAll<HTMLDetailsElement>("details:not([open])")];
  for (const one of closed) one.open = true;
});
window.addEventListener("afterprint", () => {
  for (const one of closed) one.open = false;
});
element("clear").onclick = () => {
  forgetHistory();
  forget("mz-conversation");
  location.replace(location.pathname + location.search);
};
const offline = document.getElementById("offline");
const showLine = () => {
  if (offline) offline.hidden = navigator.onLine;
};
window.addEventListener("online", showLine);
window.addEventListener("offline", showLine);
showLine();

function restore(): void {
  const settings = (recallJson("mz-settings") ?? {}) as { role?: unknown; area?: unknown };
  const radio = form.querySelector<HTMLInputElement>(
    `input[name=role][value=${settings.role === "officer" ? "officer" : "citizen"}]`,
  );
  if (radio && !radio.checked) {
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  }
  if (typeof settings.area === "string" && area.querySelector(`option[value="${CSS.escape(settings.area)}"]`))
    area.value = settings.area;
  const entries: readonly Entry[] = readHistory();
  if (entries.length === 0) return;
  // Old turns are not read out again by a screen reader.
  log.setAttribute("aria-live", "off");
  try {
    for (const { said, reply } of entries) {
      add(mineTurn(said));
      showReply(reply, false);
    }
  } catch {
    // Written by something else than this page: what cannot be shown is of no use.
    forgetHistory();
  }
  element("tools").hidden = false;
  requestAnimationFrame(() => log.setAttribute("aria-live", "polite"));
  log.lastElementChild?.scrollIntoView({ block: "start" });
}

restore();
startElderMode();
startVoice(element("voice"), question);
grow();
// A link on our own pages may carry a question: asked at once, the address cleaned so that reloading does not repeat it.
// From elsewhere it only fills the field: another site must not speak in a visitor's name.
const asked = new URLSearchParams(location.search).get("q");
const fromHere = document.referrer.startsWith(`${location.origin}/`);
if (asked && fromHere) {
  const url = new URL(location.href);
  url.searchParams.delete("q");
  history.replaceState(null, "", url);
  question.value = "";
  void ask(asked);
}
