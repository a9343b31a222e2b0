/** The receipt is shown once and typed back; until then leaving the page asks first. History never holds it. */
import type { Reply } from "../../../src/reply.ts";

const WARNING = "没有核对就离开,回执号遗失后无法找回。再点一次确认不核对。";

export function watchReceipt(section: HTMLElement, fresh: boolean): void {
  const receipt = section.dataset["receipt"] ?? "";
  const place = section.querySelector(".receipt-check");
  const number = section.querySelector(".receipt-number");
  if (!place || !number || !fresh || receipt === "") return;
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
    removeEventListener("beforeunload", guard);
    number.textContent = "回执号已不再显示";
    delete section.dataset["receipt"];
    place.replaceChildren(say);
    say.className = "";
    say.textContent = words;
    say.tabIndex = -1;
    say.focus();
  };
  const check = () => {
    if (input.value.normalize("NFKC").replace(/\D/g, "") === receipt)
      return done("核对无误。请把回执号保存在别人看不到的地方。");
    say.className = "error";
    say.textContent = "与上面的回执号不一致,请逐位核对后重输。";
    input.focus();
  };
  let warned = false;
  const skip = () => {
    if (warned) return done("您选择了不核对。");
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
}

function action(name: string, look: string, does: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = look;
  button.textContent = name;
  button.onclick = does;
  return button;
}

/** The reply as it may be kept in this browser. */
export function withoutReceipt(reply: Reply): Reply {
  return {
    ...reply,
    blocks: reply.blocks.map((block) =>
      block.kind === "receipt"
        ? { kind: "text", text: "材料已登记。回执号只显示过一次,没有保存在本机。" }
        : block,
    ),
  };
}
