/** The receipt is shown once and typed back; until then leaving the page asks first. History never holds it. */
import type { Block, Reply } from "../../../src/reply.ts";
import { digitsOf } from "../blocks.ts";

const WARNING = "没有核对就离开,回执号遗失后无法找回。再点一次确认不核对。";

export interface ReceiptWatch {
  /** Whether this text is the receipt; if so it is taken off the page. */
  settle(text: string): boolean;
  /** Taken off the page unchecked. */
  leave(): void;
}

export interface ReceiptTalk {
  /** The receipt was typed back into its own field. */
  checked(receipt: string): void;
  /** The person wants to go without checking: the talk warns. Without a talk the field warns itself. */
  readonly skip?: () => void;
}

export function watchReceipt(section: HTMLElement, talk: ReceiptTalk): ReceiptWatch | undefined {
  const receipt = section.dataset["receipt"] ?? "";
  const place = section.querySelector(".receipt-check");
  const number = section.querySelector(".receipt-number");
  if (!place || !number || receipt === "") return undefined;
  const guard = (event: BeforeUnloadEvent) => event.preventDefault();
  addEventListener("beforeunload", guard);

  const label = document.createElement("label");
  const input = document.createElement("input");
  const say = document.createElement("p");
  const actions = document.createElement("div");
  input.id = `receipt-${receipt.slice(0, 4)}-${Date.now()}`;
  input.inputMode = "numeric";
  input.autocomplete = "off";
  label.htmlFor = input.id;
  label.textContent = "请把抄下的 17 位回执号再输入一遍";
  say.setAttribute("role", "status");
  actions.className = "actions";
  const done = (words: string) => {
    if (!place.contains(input)) return;
    removeEventListener("beforeunload", guard);
    number.textContent = "回执号已不再显示";
    delete section.dataset["receipt"];
    place.replaceChildren(say);
    say.className = "";
    say.textContent = words;
    say.tabIndex = -1;
    say.focus();
  };
  const settle = (text: string) => {
    const right = digitsOf(text) === receipt;
    if (right) done("核对无误。请把回执号保存在别人看不到的地方。");
    return right;
  };
  const check = () => {
    if (settle(input.value)) return talk.checked(receipt);
    say.className = "error";
    say.textContent = "与上面的回执号不一致,请逐位核对后重输。";
    input.focus();
  };
  let warned = false;
  const leave = () => done("您选择了不核对。");
  const skip = () => {
    if (talk.skip) return talk.skip();
    if (warned) return leave();
    warned = true;
    say.className = "error";
    say.textContent = WARNING;
  };
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    check();
  });
  actions.append(action("核对", "button", check), action("不核对", "button button-plain", skip));
  place.append(label, input, actions, say);
  return { settle, leave };
}

function action(name: string, look: string, does: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = look;
  button.textContent = name;
  button.onclick = does;
  return button;
}

/** Any 17 digits, however they are grouped. */
const RECEIPTS = /\d(?:[\s-]?\d){16}/g;

/** A sentence as it may be kept in this browser: whoever uses the machine next must not find a receipt. */
export function withoutReceipts(text: string): string {
  return text.replace(RECEIPTS, "(回执号)");
}

/** The reply as it may be kept in this browser. */
export function withoutReceipt(reply: Reply): Reply {
  const filed = reply.blocks.some((block) => block.kind === "receipt");
  return {
    ...reply,
    blocks: reply.blocks.flatMap((block): readonly Block[] => {
      if (block.kind === "receipt")
        return [{ kind: "text", text: "材料已登记。回执号只显示过一次,没有保存在本机。" }];
      if (block.kind !== "text" && block.kind !== "notice") return [block];
      const text = withoutReceipts(block.text);
      return filed && text !== block.text ? [] : [{ ...block, text }];
    }),
  };
}
