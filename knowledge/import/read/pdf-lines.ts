/** Straight lines a PDF page draws: stroked paths, and filled rectangles thin enough to be lines. */
import type { Segment } from "./pdf-grid.ts";

/** Widest filled rectangle that is a line, in points. */
const THIN = 2;
/** Shortest line that can be a side of a cell. */
const SHORT = 4;

interface Operators {
  readonly fnArray: readonly number[];
  readonly argsArray: readonly unknown[];
}
type Codes = Readonly<Record<string, number>>;
type Matrix = readonly [number, number, number, number, number, number];

/**
 * @param codes the reader's names of drawing operators
 * @returns lines in the page's own coordinates; slanted and curved ones are left out
 */
export function segmentsOf({ fnArray, argsArray }: Operators, codes: Codes): Segment[] {
  const segments: Segment[] = [];
  const saved: Matrix[] = [];
  let matrix: Matrix = [1, 0, 0, 1, 0, 0];
  const strokes = ["stroke", "closeStroke", "fillStroke", "eoFillStroke", "closeFillStroke"].map(
    (name) => codes[name],
  );
  const fills = ["fill", "eoFill"].map((name) => codes[name]);
  fnArray.forEach((code, index) => {
    const given = argsArray[index];
    switch (code) {
      case codes["save"]:
        saved.push(matrix);
        break;
      case codes["paintFormXObjectBegin"]:
        saved.push(matrix);
        if (Array.isArray(given)) matrix = times(matrix, given[0]);
        break;
      case codes["restore"]:
      case codes["paintFormXObjectEnd"]:
        matrix = saved.pop() ?? matrix;
        break;
      case codes["transform"]:
        matrix = times(matrix, given);
        break;
      case codes["constructPath"]: {
        if (!Array.isArray(given)) break;
        const [paint, paths] = given;
        const outlines = pointsOf(Array.isArray(paths) ? paths[0] : undefined).map((outline) =>
          outline.map((point) => moved(matrix, point)),
        );
        if (strokes.includes(paint)) segments.push(...outlines.flatMap(sidesOf));
        else if (fills.includes(paint)) segments.push(...outlines.flatMap(lineOf));
        break;
      }
    }
  });
  return segments;
}

type Point = readonly [number, number];

/** Steps of a path as the reader packs them: 0 move x y, 1 line x y, 2 curve by 6 numbers, 3 close, 4 curve by 4. */
function pointsOf(packed: unknown): Point[][] {
  if (!(packed instanceof Float32Array)) return [];
  const outlines: Point[][] = [];
  for (let at = 0; at < packed.length; ) {
    const step = packed[at++];
    const open = outlines.at(-1);
    if (step === 0) {
      outlines.push([[packed[at]!, packed[at + 1]!]]);
      at += 2;
    } else if (step === 1) {
      open?.push([packed[at]!, packed[at + 1]!]);
      at += 2;
    } else if (step === 3) {
      if (open) open.push(open[0]!);
    } else {
      // A curve ends an outline of straight lines: what follows it starts anew at its end.
      const size = step === 2 ? 6 : 4;
      outlines.push([[packed[at + size - 2]!, packed[at + size - 1]!]]);
      at += size;
    }
  }
  return outlines;
}

function sidesOf(outline: readonly Point[]): Segment[] {
  return outline.slice(1).flatMap((to, index) => side(outline[index]!, to));
}

function side([x1, y1]: Point, [x2, y2]: Point): Segment[] {
  const [wide, high] = [Math.abs(x2 - x1), Math.abs(y2 - y1)];
  if (high <= 0.5 && wide >= SHORT)
    return [{ direction: "across", at: (y1 + y2) / 2, from: Math.min(x1, x2), to: Math.max(x1, x2) }];
  if (wide <= 0.5 && high >= SHORT)
    return [{ direction: "down", at: (x1 + x2) / 2, from: Math.min(y1, y2), to: Math.max(y1, y2) }];
  return [];
}

/** A filled rectangle as the line along its middle. */
function lineOf(outline: readonly Point[]): Segment[] {
  const xs = outline.map(([x]) => x);
  const ys = outline.map(([, y]) => y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [bottom, top] = [Math.min(...ys), Math.max(...ys)];
  const [x, y] = [(left + right) / 2, (bottom + top) / 2];
  if (top - bottom <= THIN) return side([left, y], [right, y]);
  if (right - left <= THIN) return side([x, bottom], [x, top]);
  return [];
}

function times(a: Matrix, given: unknown): Matrix {
  const b = Array.isArray(given) || given instanceof Float32Array ? [...given].map(Number) : [];
  if (b.length !== 6) return a;
  return [
    a[0] * b[0]! + a[2] * b[1]!,
    a[1] * b[0]! + a[3] * b[1]!,
    a[0] * b[2]! + a[2] * b[3]!,
    a[1] * b[2]! + a[3] * b[3]!,
    a[0] * b[4]! + a[2] * b[5]! + a[4],
    a[1] * b[4]! + a[3] * b[5]! + a[5],
  ];
}

function moved([a, b, c, d, e, f]: Matrix, [x, y]: Point): Point {
  return [a * x + c * y + e, b * x + d * y + f];
}
