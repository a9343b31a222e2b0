/** 长者模式 without reloading; a cookie tells the server for the next page. */
export function startElderMode(): void {
  const link = document.getElementById("elder");
  if (!link) return;
  const root = document.documentElement;
  link.setAttribute("role", "button");
  const show = () => {
    const on = root.classList.contains("elder");
    link.setAttribute("aria-pressed", String(on));
    link.textContent = on ? "标准版" : "长者模式";
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const on = root.classList.toggle("elder");
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing from older browsers
    document.cookie = `mz_elder=${on ? 1 : 0}; path=/; max-age=31536000; samesite=lax`;
    if (!on && "speechSynthesis" in window) speechSynthesis.cancel();
    show();
  });
  link.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      link.click();
    }
  });
  link.setAttribute("aria-pressed", String(root.classList.contains("elder")));
}
