/** The ruled tables of a PDF page: from the lines drawn on it to cells with their place and extent. */
import type { Refusal } from "../document.ts";

export interface Segment {
  readonly direction: "across" | "down";
  /** Height of a line across, left of a line down; points from the page's lower left corner. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** Points from the left and the foot of the page. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A cell of a grid, over all rows and columns it covers; row 0 is the uppermost. */
export interface GridCell extends Box {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

export interface Grid extends Box {
  readonly rows: number;
  readonly columns: number;
  readonly cells: readonly GridCell[];
}

/** Points within which two lines are one, and a line reaches another. */
const NEAR = 3;
/** Share of a cell's side that must be drawn to part it from its neighbour. */
const DRAWN = 0.7;

/**
 * Grids of two columns at least, from the top of the page down. A frame or an underline is none.
 * @returns a refusal where the lines leave a cell that is no rectangle.
 */
export function gridsOf(segments: readonly Segment[]): readonly Grid[] | Refusal {
  const grids: Grid[] = [];
  for (const group of touching(segments)) {
    const down = group.filter(({ direction }) => direction === "down");
    const across = group.filter(({ direction }) => direction === "across");
    const lefts = places(down.map(({ at }) => at));
    const heights = places(across.map(({ at }) => at)).reverse();
    if (lefts.length < 3 || heights.length < 2) continue;
    const cells = cellsOf(lefts, heights, down, across);
    if (!cells) return { code: "E03", why: "PDF 表格的格线不完整,分不清单元格" };
    grids.push({
      rows: heights.length - 1,
      columns: lefts.length - 1,
      left: lefts[0]!,
      right: lefts.at(-1)!,
      top: heights[0]!,
      bottom: heights.at(-1)!,
      cells,
    });
  }
  return grids.sort((a, b) => b.top - a.top);
}

/** Lines that meet, directly or through others. */
function touching(segments: readonly Segment[]): Segment[][] {
  const groups: Segment[][] = [];
  for (const segment of segments) {
    const met = groups.filter((group) => group.some((other) => meet(segment, other)));
    for (const group of met) groups.splice(groups.indexOf(group), 1);
    groups.push([segment, ...met.flat()]);
  }
  return groups;
}

function meet(a: Segment, b: Segment): boolean {
  if (a.direction === b.direction)
    return Math.abs(a.at - b.at) <= NEAR && a.from <= b.to + NEAR && b.from <= a.to + NEAR;
  const within = (at: number, { from, to }: Segment) => at >= from - NEAR && at <= to + NEAR;
  return within(a.at, b) && within(b.at, a);
}

/** Different places, ascending; those within `NEAR` of each other are one. */
function places(all: readonly number[]): number[] {
  const different: number[] = [];
  for (const at of [...all].sort((a, b) => a - b))
    if (different.length === 0 || at - different.at(-1)! > NEAR) different.push(at);
  return different;
}

/** Cells of the grid, joined where no line parts them; undefined where a joined cell is no rectangle. */
function cellsOf(
  lefts: readonly number[],
  heights: readonly number[],
  down: readonly Segment[],
  across: readonly Segment[],
): GridCell[] | undefined {
  const columns = lefts.length - 1;
  const rows = heights.length - 1;
  const owner = Array.from({ length: rows * columns }, (_, index) => index);
  const join = (a: number, b: number) => {
    const [keep, drop] = [Math.min(owner[a]!, owner[b]!), Math.max(owner[a]!, owner[b]!)];
    owner.forEach((one, index) => {
      if (one === drop) owner[index] = keep;
    });
  };
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const here = row * columns + column;
      if (column + 1 < columns && !isDrawn(down, lefts[column + 1]!, heights[row + 1]!, heights[row]!))
        join(here, here + 1);
      if (row + 1 < rows && !isDrawn(across, heights[row + 1]!, lefts[column]!, lefts[column + 1]!))
        join(here, here + columns);
    }
  }
  const cells: GridCell[] = [];
  for (const first of new Set(owner)) {
    const members = owner.flatMap((one, index) => (one === first ? [index] : []));
    const inRows = members.map((index) => Math.floor(index / columns));
    const inColumns = members.map((index) => index % columns);
    const [top, bottom] = [Math.min(...inRows), Math.max(...inRows)];
    const [left, right] = [Math.min(...inColumns), Math.max(...inColumns)];
    if (members.length !== (bottom - top + 1) * (right - left + 1)) return undefined;
    cells.push({
      row: top,
      column: left,
      rows: bottom - top + 1,
      columns: right - left + 1,
      left: lefts[left]!,
      right: lefts[right + 1]!,
      top: heights[top]!,
      bottom: heights[bottom + 1]!,
    });
  }
  return cells;
}

/** Whether lines at `at` cover most of the way from `from` to `to`. */
function isDrawn(lines: readonly Segment[], at: number, from: number, to: number): boolean {
  const pieces = lines
    .filter((line) => Math.abs(line.at - at) <= NEAR && line.to > from && line.from < to)
    .map((line) => [Math.max(line.from, from), Math.min(line.to, to)] as const)
    .sort((a, b) => a[0] - b[0]);
  let covered = 0;
  let reached = from;
  for (const [start, end] of pieces) {
    if (end <= reached) continue;
    covered += end - Math.max(start, reached);
    reached = end;
  }
  return covered >= DRAWN * (to - from);
}
