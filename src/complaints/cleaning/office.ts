/** Word and Excel: packed anew without properties and thumbnails; names of authors, paths and printers within are blanked. */
import { type Unzipped, unzipSync, zipSync } from "fflate";
import { cleanJpeg, cleanPng, cleanWebp } from "./pictures.ts";
import { Uncleanable } from "./uncleanable.ts";

const MAX_UNPACKED = 200 * 1024 * 1024;
const MAX_PARTS = 5_000;

/** Parts left out, with every relationship that leads to them. */
const dropped =
  /^docProps\/|^customXml\/|\/printerSettings\/|^xl\/revisions\/|\/people\.xml$|^xl\/calcChain\.xml$/i;
const pictures: readonly (readonly [RegExp, (bytes: Buffer) => Promise<Buffer>])[] = [
  [/\.jpe?g$/i, cleanJpeg],
  [/\.png$/i, cleanPng],
  [/\.webp$/i, cleanWebp],
];
/** Drawings hold no author; all else in binary may. */
const harmless = /\.(?:xml|rels|vml|emf|wmf|fntdata|odttf|ttf)$/i;

/** Each takes one kind of name out of a part's text. */
const blanks: readonly (readonly [RegExp, string])[] = [
  [
    /(\s(?:\w+:)?(?:author|initials|userId|displayName|providerId|userName|lastEditedBy|lastModifiedBy)=)("[^"]*"|'[^']*')/gi,
    '$1""',
  ],
  [/(<(?:\w+:)?author>)[^<]*(<\/(?:\w+:)?author>)/gi, "$1$2"],
  [/<(?:\w+:)?(?:absPath|fileSharing|docVars|attachedTemplate|saveThroughXslt|mailMerge)\b[^>]*\/>/gi, ""],
  [/<((?:\w+:)?(?:docVars|mailMerge))\b[\s\S]*?<\/\1>/gi, ""],
  [/(<(?:\w+:)?pageSetup\b[^>]*?)\sr:id="[^"]*"/gi, "$1"],
  // What a field was filled with stays; the paths of linked files do not.
  [/(Target=)"(?:file:|\\\\|[a-z]:[\\/])[^"]*"/gi, '$1"about:blank"'],
];

export async function cleanOffice(bytes: Buffer): Promise<Buffer> {
  const parts = unpack(bytes);
  const kept: Unzipped = {};
  for (const [name, content] of Object.entries(parts)) {
    if (name.endsWith("/") || dropped.test(name)) continue;
    const picture = pictures.find(([form]) => form.test(name))?.[1];
    if (picture) kept[name] = new Uint8Array(await picture(Buffer.from(content)));
    else if (/\.(?:docx|xlsx)$/i.test(name))
      kept[name] = new Uint8Array(await cleanOffice(Buffer.from(content)));
    else if (/\.(?:xml|rels|vml)$/i.test(name))
      kept[name] = Buffer.from(blankNames(name, Buffer.from(content).toString("utf8")));
    else if (harmless.test(name)) kept[name] = content;
    else throw new Uncleanable("里嵌有其他文件,去不掉其中的作者等信息");
  }
  return Buffer.from(zipSync(kept, { mtime: new Date("2000-01-01T00:00:00Z") }));
}

function unpack(bytes: Buffer): Unzipped {
  let size = 0;
  let count = 0;
  return unzipSync(bytes, {
    filter({ originalSize }) {
      size += originalSize;
      count += 1;
      if (size > MAX_UNPACKED || count > MAX_PARTS) throw new Uncleanable("展开后太大");
      return true;
    },
  });
}

function blankNames(name: string, text: string): string {
  let blanked = text;
  for (const [what, by] of blanks) blanked = blanked.replace(what, by);
  if (name.endsWith(".rels"))
    blanked = blanked.replace(/<Relationship\b[^>]*?\/>/g, (one) => (leadsToDropped(one) ? "" : one));
  if (name === "[Content_Types].xml")
    blanked = blanked.replace(/<Override\b[^>]*?\/>/g, (one) =>
      dropped.test(/PartName="\/([^"]*)"/.exec(one)?.[1] ?? "") ? "" : one,
    );
  return blanked;
}

function leadsToDropped(relationship: string): boolean {
  const target = /Target="([^"]*)"/.exec(relationship)?.[1] ?? "";
  return /(?:^|\/)(?:docProps|customXml|printerSettings|revisions)\/|(?:^|\/)people\.xml$|(?:^|\/)calcChain\.xml$/i.test(
    target,
  );
}
