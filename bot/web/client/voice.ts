/** Reading aloud and speaking, where the browser can. */

export function readAloud(text: string): void {
  if (!("speechSynthesis" in window)) return;
  speechSynthesis.cancel();
  const speech = new SpeechSynthesisUtterance(text.slice(0, 1500));
  speech.lang = "zh-CN";
  speech.rate = 0.9;
  speechSynthesis.speak(speech);
}

interface Recognition extends EventTarget {
  lang: string;
  interimResults: boolean;
  start(): void;
  stop(): void;
}

/** Shows the button only where speech recognition exists; what is heard goes into the field, to be checked and sent. */
export function startVoice(button: HTMLElement, field: HTMLTextAreaElement): void {
  const scope = window as unknown as Record<string, (new () => Recognition) | undefined>;
  const Recogniser = scope["SpeechRecognition"] ?? scope["webkitSpeechRecognition"];
  if (!Recogniser) return;
  button.hidden = false;
  let listening: Recognition | undefined;
  const end = () => {
    listening = undefined;
    button.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-label", "语音输入");
  };
  button.addEventListener("click", () => {
    if (listening) return listening.stop();
    const recognition = new Recogniser();
    listening = recognition;
    recognition.lang = "zh-CN";
    recognition.interimResults = false;
    recognition.addEventListener("result", (event) => {
      const { results } = event as unknown as { results: { 0?: { 0?: { transcript: string } } } };
      field.value += results[0]?.[0]?.transcript ?? "";
      field.dispatchEvent(new Event("input"));
      field.focus();
    });
    recognition.addEventListener("end", end);
    recognition.addEventListener("error", end);
    recognition.start();
    button.setAttribute("aria-pressed", "true");
    button.setAttribute("aria-label", "停止语音输入");
  });
}
