/** Files waiting to go with the next message. */

export interface Uploads {
  /** The waiting files; the list is then empty. */
  take(): readonly File[];
  giveBack(files: readonly File[]): void;
  /** Undefined hides the bar. */
  progress(percent: number | undefined): void;
}

const MAX_FILES = 6;
const MAX_BYTES = 20 * 1024 * 1024;

export function startUploads(element: <T extends HTMLElement>(id: string) => T): Uploads {
  const input = element<HTMLInputElement>("file");
  const list = element<HTMLUListElement>("files");
  const bar = element<HTMLProgressElement>("progress");
  const button = element<HTMLButtonElement>("attach");
  let waiting: File[] = [];

  const show = (problem?: string) => {
    list.replaceChildren(
      ...waiting.map((file) => {
        const item = document.createElement("li");
        item.textContent = `${file.name}(${Math.max(1, Math.round(file.size / 1024))} KB)`;
        const remove = document.createElement("button");
        remove.type = "button";
        remove.className = "button button-quiet";
        remove.textContent = "移除";
        remove.setAttribute("aria-label", `移除 ${file.name}`);
        remove.onclick = () => {
          waiting = waiting.filter((other) => other !== file);
          show();
          button.focus();
        };
        item.append(remove);
        return item;
      }),
    );
    if (problem) {
      const item = document.createElement("li");
      item.className = "error";
      item.setAttribute("role", "alert");
      item.textContent = problem;
      list.append(item);
    }
    list.hidden = list.childElementCount === 0;
  };
  button.hidden = false;
  button.onclick = () => input.click();
  input.onchange = () => {
    const chosen = [...(input.files ?? [])];
    const fitting = chosen.filter((file) => file.size <= MAX_BYTES);
    waiting = [...waiting, ...fitting].slice(0, MAX_FILES);
    input.value = "";
    show(fitting.length < chosen.length ? "有文件超过 20 MB,没有加入。" : undefined);
  };
  return {
    take() {
      const files = waiting;
      waiting = [];
      show();
      return files;
    },
    giveBack(files) {
      waiting = [...files];
      show();
    },
    progress(percent) {
      bar.hidden = percent === undefined;
      bar.value = percent ?? 0;
    },
  };
}
