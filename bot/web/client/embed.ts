/** `<script src="https://…/embed.js" defer></script>` puts a button on another site that opens the chat in a frame. */
const script = document.currentScript as HTMLScriptElement | null;
const base = new URL(script?.src ?? location.href).origin;

function open(): void {
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    button { all: initial; position: fixed; right: 20px; bottom: 20px; z-index: 2147483000; font: 600 16px/1.4 system-ui, "PingFang SC", "Noto Sans SC", sans-serif; color: #fff; background: #0b4a8f; border-radius: 999px; padding: 12px 20px; cursor: pointer; box-shadow: 0 2px 8px rgba(0,0,0,.25); }
    button:focus-visible { outline: 3px solid #c98300; outline-offset: 2px; }
    iframe { position: fixed; right: 20px; bottom: 80px; z-index: 2147483000; width: min(420px, calc(100vw - 24px)); height: min(640px, calc(100vh - 110px)); border: 1px solid #d3dbe4; border-radius: 8px; background: #fff; box-shadow: 0 8px 30px rgba(0,0,0,.2); }
    iframe[hidden] { display: none; }`);
  root.adoptedStyleSheets = [sheet];
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "智能问答";
  button.setAttribute("aria-expanded", "false");
  let frame: HTMLIFrameElement | undefined;
  const toggle = (shown: boolean) => {
    if (!frame) {
      frame = document.createElement("iframe");
      frame.title = "明执智能问答";
      frame.src = `${base}/?embed=1`;
      frame.allow = "microphone";
      root.append(frame);
    }
    frame.hidden = !shown;
    button.setAttribute("aria-expanded", String(shown));
    button.textContent = shown ? "收起问答" : "智能问答";
    if (!shown) button.focus();
  };
  button.onclick = () => toggle(button.getAttribute("aria-expanded") === "false");
  root.addEventListener("keydown", (event) => {
    if ((event as KeyboardEvent).key === "Escape") toggle(false);
  });
  root.append(button);
  document.body.append(host);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", open);
else open();
