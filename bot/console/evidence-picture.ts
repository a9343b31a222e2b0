/** A citizen's picture drawn anew for the screen, the reader's name across it: the original never needs to leave. */
import sharp from "sharp";
import { html } from "../web/html.ts";

/** Longest side, in pixels. */
const LARGE = 1600;
const SMALL = 320;
/** More than this many pixels is not a photo anybody sent in good faith. */
const MOST_PIXELS = 100_000_000;

export const isPicture = (type: string) => /^image\/(?:jpeg|png|webp|gif|avif)$/.test(type);

export async function drawAnew(bytes: Uint8Array, mark: string, small: boolean): Promise<Buffer> {
  const size = small ? SMALL : LARGE;
  const { data, info } = await sharp(bytes, { limitInputPixels: MOST_PIXELS })
    .rotate()
    .resize(size, size, { fit: "inside", withoutEnlargement: true })
    .flatten({ background: "#fff" })
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const type = Math.max(10, Math.round(width / 26));
  const across = [0.2, 0.5, 0.8].map(
    (share) =>
      html`<text x="${Math.round(width / 2)}" y="${Math.round(height * share)}" text-anchor="middle" transform="rotate(-18 ${Math.round(width / 2)} ${Math.round(height * share)})">${mark}</text>`,
  );
  const svg = html`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><g font-size="${type}" font-family="sans-serif" fill="#fff" fill-opacity="0.5" stroke="#000" stroke-opacity="0.35" stroke-width="0.6">${across}</g></svg>`;
  return sharp(data)
    .composite([{ input: Buffer.from(svg.toString()) }])
    .webp({ quality: 80 })
    .toBuffer();
}
