/** The report as one page: charts drawn as SVG here, nothing loaded from elsewhere. */
import type { FoundFigures } from "../../knowledge/train/found-figures.ts";
import type { Report } from "./report.ts";

const ROW = 26;
const LABEL = 130;
const BAR = 420;

/** Promised against held, five steps of confidence: on the line, confidence keeps its word. */
function reliabilityPlot({ asked, reliability, calibrationError }: FoundFigures): string {
  const side = 240;
  const dots = reliability
    .filter(({ count }) => count > 0)
    .map(({ promised, held, count }) => {
      const size = (4 + 14 * Math.sqrt(count / asked)).toFixed(1);
      return `<circle cx="${(side * promised).toFixed(1)}" cy="${(side * (1 - held)).toFixed(1)}" r="${size}" fill="#1a237e" fill-opacity=".6"><title>把握 ${promised} 实际 ${held}(${count} 题)</title></circle>`;
    });
  return `<h2>把握与实际(陌生人的问题,已看过,${asked} 题)</h2>
<svg role="img" aria-label="把握与实际" width="${side}" height="${side}" viewBox="0 0 ${side} ${side}"><rect width="${side}" height="${side}" fill="#eceff1"/><line x1="0" y1="${side}" x2="${side}" y2="0" stroke="#546e7a"/>${dots.join("")}</svg>
<p>横轴是回答前的把握,纵轴是实际答对的比例;平均相差 ${calibrationError} 点。</p>`;
}

export function htmlReport(result: Report, strangers?: FoundFigures): string {
  const height = result.types.length * ROW + 10;
  const bars = result.types.map(({ type, asked, right, share, needed }, index) => {
    const y = index * ROW + 4;
    const colour = share >= needed ? "#2e7d4f" : "#b3261e";
    return `<text x="${LABEL - 8}" y="${y + 14}" text-anchor="end">${escapeHtml(type)}</text>
<rect x="${LABEL}" y="${y}" width="${BAR}" height="18" fill="#eceff1"/>
<rect x="${LABEL}" y="${y}" width="${(BAR * share).toFixed(1)}" height="18" fill="${colour}"/>
<line x1="${LABEL + BAR * needed}" x2="${LABEL + BAR * needed}" y1="${y - 2}" y2="${y + 20}" stroke="#1a237e" stroke-dasharray="3 2"/>
<text x="${LABEL + BAR + 8}" y="${y + 14}">${right}/${asked} ${(share * 100).toFixed(1)}%</text>`;
  });
  const rows = result.worst.map(
    ({ id, q, intent, faults, first }) =>
      `<tr><td>${escapeHtml(id)}</td><td>${escapeHtml(q)}</td><td>${escapeHtml(intent)}</td><td>${escapeHtml(faults.join(";"))}</td><td>${escapeHtml(first)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>回答质量</title>
<style>body{font:15px/1.6 system-ui,sans-serif;margin:2rem auto;max-width:64rem;padding:0 1rem;color:#1b1b1f}
table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #cfd8dc;padding:.4rem;text-align:left;vertical-align:top}
svg text{font:13px system-ui,sans-serif}</style></head><body>
<h1>回答质量</h1>
<p>${result.right}/${result.asked} 题答对(${(result.share * 100).toFixed(1)}%),${result.passed ? "达到全部要求" : "没有达到要求"}。每轮 p50 ${result.turnMs.p50} 毫秒,p99 ${result.turnMs.p99} 毫秒。</p>
<h2>各类得分</h2>
<svg role="img" aria-label="各类得分" width="${LABEL + BAR + 130}" height="${height}" viewBox="0 0 ${LABEL + BAR + 130} ${height}">${bars.join("\n")}</svg>
<p>虚线是要求的最低分。</p>
${strangers ? reliabilityPlot(strangers) : ""}
<h2>答得最差的</h2>
<table><thead><tr><th>题号</th><th>问题</th><th>意图</th><th>差在哪里</th><th>第一句</th></tr></thead><tbody>${rows.join("\n")}</tbody></table>
</body></html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
