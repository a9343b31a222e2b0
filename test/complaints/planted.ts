/** Files of every kind we take, each with a name or a place planted where phones, editors and cameras put them. */
import { deflateSync } from "node:zlib";
import { PDFDocument, PDFHexString, PDFName, PDFString } from "@cantoo/pdf-lib";
import { zipSync } from "fflate";
import sharp from "sharp";

/** Stands in every file that is made here; nothing that is kept may hold it. */
export const PLANTED = "PLANTED-NAME";
const GPS = {
  GPSLatitudeRef: "N",
  GPSLatitude: "35/1 0/1 0/1",
  GPSLongitudeRef: "E",
  GPSLongitude: "110/1 59/1 0/1",
};
export interface Planted {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** 64 × 48 pixels with Exif (Artist, GPS), encoded by libheif 1.15 with x265. */
const HEIC =
  "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAeFtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAACAAAAEGlkYXQAAAAAAEAAMAAAAExpbG9jAQAAAERAAAMAAQAAAAAAAAIFAAEAAAAAAAAAGgACAAEAAAAAAAAAAQAAAAAAAAAIAAMAAAAAAAACHwABAAAAAAAAAVYAAABNaWluZgAAAAAAAwAAABVpbmZlAgAAAQABAABodmMxAAAAABVpbmZlAgAAAAACAABncmlkAAAAABVpbmZlAgAAAQADAABFeGlmAAAAANVpcHJwAAAAs2lwY28AAABzaHZjQwEDcAAAAAAAAAAAAB7wAPz9+PgAAA8DIAABABhAAQwB//8DcAAAAwCQAAADAAADAB66AkAhAAEAJ0IBAQNwAAADAJAAAAMAAAMAHqAggQWW6uSmubAgAAADACAAAAMAISIAAQAGRAHBc8CJAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAUaXNwZQAAAAAAAABAAAAAMAAAABBwaXhpAAAAAAMICAgAAAAaaXBtYQAAAAAAAAACAAECgQIAAgIDhAAAAChpcmVmAAAAAAAAAA5kaW1nAAIAAQABAAAADmNkc2MAAwABAAIAAAF4bWRhdAAAABYoAa8ZgO9Jpb//3+Mf9fav+Ka1pj5uAAAAAElJKgAIAAAACQAPAQIABgAAAIoAAAASAQMAAQAAAAEAAAAaAQUAAQAAAHoAAAAbAQUAAQAAAIIAAAAoAQMAAQAAAAIAAAA7AQIADQAAAJAAAAATAgMAAQAAAAEAAABphwQAAQAAAJ4AAAAliAQAAQAAAOwAAAAAAAAAOGMAAOgDAAA4YwAA6AMAAFBob25lAFBMQU5URUQtTkFNRQAABgAAkAcABAAAADAyMTABkQcABAAAAAECAwAAoAcABAAAADAxMDABoAMAAQAAAP//AAACoAQAAQAAAEAAAAADoAQAAQAAADAAAAAAAAAABAABAAIAAgAAAE4AAAACAAUAAwAAADoBAAADAAIAAgAAAEUAAAAEAAUAAwAAACIBAAAAAAAAbgAAAAEAAAA7AAAAAQAAAAAAAAABAAAAIwAAAAEAAAAAAAAAAQAAAAAAAAABAAAA";

const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const u32le = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const latin = (text: string) => Buffer.from(text, "latin1");
const cat = (...parts: readonly (Buffer | string)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part)));

function picture() {
  return sharp({ create: { width: 64, height: 48, channels: 3, background: { r: 200, g: 30, b: 30 } } });
}
const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="${PLANTED}"/></rdf:RDF></x:xmpmeta>`;
const exif = { IFD0: { Artist: PLANTED, Make: "Phone", Model: PLANTED }, IFD3: GPS };

const segment = (marker: number, body: Buffer | string) => {
  const content = typeof body === "string" ? Buffer.from(body) : body;
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
};

async function jpegs(): Promise<Planted[]> {
  const bare = await picture().jpeg().toBuffer();
  const progressive = await picture().jpeg({ progressive: true }).toBuffer();
  const tagged = await picture().withExif(exif).jpeg().toBuffer();
  const soi = bare.subarray(0, 2);
  const rest = bare.subarray(2);
  const note = cat("Exif\0\0", PLANTED);
  const beforeEnd = (extra: Buffer, base = bare) => cat(base.subarray(0, -2), extra, base.subarray(-2));
  const all: Record<string, Buffer> = {
    "exif with gps": tagged,
    "exif after a fill byte": cat(soi, Buffer.from([0xff]), segment(0xe1, note), rest),
    "exif after many fill bytes": cat(soi, Buffer.alloc(40, 0xff), segment(0xe1, note), rest),
    "exif behind the scan": beforeEnd(segment(0xe1, note)),
    "exif behind the first of several scans": beforeEnd(segment(0xe1, note), progressive),
    xmp: cat(soi, segment(0xe1, `http://ns.adobe.com/xap/1.0/\0${xmp}`), rest),
    iptc: cat(soi, segment(0xed, `Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x10${PLANTED}`), rest),
    "a comment": cat(soi, segment(0xfe, PLANTED), rest),
    "a comment behind the scan": beforeEnd(segment(0xfe, PLANTED)),
    "maker notes in every application segment": cat(
      soi,
      ...[2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15].map((n) => segment(0xe0 + n, PLANTED)),
      rest,
    ),
    "a thumbnail in the jfif head": cat(soi, segment(0xe0, `JFXX\0\x10${PLANTED}`), rest),
    "a second picture behind the end": cat(bare, tagged),
    "text behind the end": cat(bare, PLANTED),
    "a colour profile with a name": await sharp(bare).withIccProfile("p3").withExif(exif).jpeg().toBuffer(),
  };
  return Object.entries(all).map(([name, bytes]) => ({
    name: `JPEG with ${name}`,
    type: "image/jpeg",
    bytes,
  }));
}

function crc(bytes: Buffer): Buffer {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return u32(~sum >>> 0);
}
const chunk = (name: string, body: Buffer | string) => {
  const content = cat(name, typeof body === "string" ? Buffer.from(body) : body);
  return cat(u32(content.length - 4), content, crc(content));
};

async function pngs(): Promise<Planted[]> {
  const bare = await picture().png().toBuffer();
  const head = bare.subarray(0, 33); // signature and IHDR
  const rest = bare.subarray(33);
  const all: Record<string, Buffer> = {
    "exif with gps": await picture().withExif(exif).png().toBuffer(),
    text: cat(head, chunk("tEXt", `Author\0${PLANTED}`), rest),
    "packed text": cat(head, chunk("zTXt", cat("Author\0\0", deflateSync(PLANTED))), rest),
    "international text": cat(head, chunk("iTXt", `XML:com.adobe.xmp\0\0\0\0\0${xmp}`), rest),
    "text behind the picture": cat(
      rest.length > 0 ? bare.subarray(0, -12) : bare,
      chunk("tEXt", `Author\0${PLANTED}`),
      bare.subarray(-12),
    ),
    "an unknown chunk": cat(head, chunk("prVt", PLANTED), rest),
    "text behind the end": cat(bare, PLANTED),
  };
  return Object.entries(all).map(([name, bytes]) => ({ name: `PNG with ${name}`, type: "image/png", bytes }));
}

async function webps(): Promise<Planted[]> {
  const all: Record<string, Buffer> = {
    "exif with gps": await picture().withExif(exif).webp().toBuffer(),
    xmp: await picture().withXmp(xmp).webp().toBuffer(),
    "exif without loss": await picture().withExif(exif).webp({ lossless: true }).toBuffer(),
    "text behind the end": cat(await picture().webp().toBuffer(), PLANTED),
  };
  return Object.entries(all).map(([name, bytes]) => ({
    name: `WEBP with ${name}`,
    type: "image/webp",
    bytes,
  }));
}

const box = (type: string, ...content: readonly (Buffer | string)[]) => {
  const body = cat(...content);
  return cat(u32(body.length + 8), latin(type), body);
};
const zeros = (count: number) => Buffer.alloc(count);
const hdlr = (kind: string, name = "") => box("hdlr", zeros(8), kind, zeros(12), name, "\0");
/** A track of two chunks, whose samples lie at `at`. */
function track(
  kind: string,
  sizes: readonly number[],
  at: readonly number[],
  extra: Buffer = zeros(0),
  name = "",
) {
  const stbl = box(
    "stbl",
    box(
      "stsd",
      zeros(4),
      u32(1),
      box(kind === "vide" ? "avc1" : kind === "soun" ? "mp4a" : "mebx", zeros(28)),
    ),
    box("stsc", zeros(4), u32(1), u32(1), u32(1), u32(1)),
    box("stsz", zeros(4), u32(0), u32(sizes.length), ...sizes.map(u32)),
    box("stco", zeros(4), u32(at.length), ...at.map(u32)),
  );
  const dinf = box("dinf", box("dref", zeros(4), u32(1), box("url ", Buffer.from([0, 0, 0, 1]))));
  const media = kind === "vide" ? box("vmhd", zeros(12)) : box("smhd", zeros(8));
  return box(
    "trak",
    box("tkhd", zeros(84)),
    box("mdia", box("mdhd", zeros(24)), hdlr(kind, name), box("minf", media, dinf, stbl)),
    extra,
  );
}
export const SEEN = "what is seen";
const place = box("©xyz", Buffer.from([0, 18, 0x15, 0xc7]), `+35.0+110.9/${PLANTED}`);

/** A film whose samples come first: `ftyp`, `mdat`, then `moov`. */
function film(
  brand: string,
  parts: {
    moov?: Buffer;
    trak?: Buffer;
    file?: Buffer;
    tracks?: (at: number) => Buffer;
    data?: string;
    name?: string;
  },
) {
  const data = `${SEEN}${SEEN}${parts.data ?? ""}`;
  const ftyp = box("ftyp", brand, zeros(4), brand);
  const at = ftyp.length + 8;
  const seen = SEEN.length;
  const video = track(
    brand === "M4A " ? "soun" : "vide",
    [seen, seen],
    [at, at + seen],
    parts.trak,
    parts.name,
  );
  const others = parts.tracks?.(at + 2 * seen) ?? zeros(0);
  return cat(
    ftyp,
    box("mdat", data),
    box("moov", box("mvhd", zeros(100)), video, others, parts.moov ?? zeros(0)),
    parts.file ?? zeros(0),
  );
}

function films(): Planted[] {
  const keys = box(
    "meta",
    hdlr("mdta"),
    box("keys", zeros(4), u32(1), box("mdta", "com.apple.quicktime.location.ISO6709")),
    box("ilst", box("\0\0\0\x01", box("data", zeros(8), PLANTED))),
  );
  const uuid = box("uuid", Buffer.from("be7acfcb97a942e89c71999491e3afac", "hex"), xmp);
  const telemetry = (at: number) => track("meta", [PLANTED.length], [at]);
  const wide = cat(u32(1), "free", zeros(4), u32(16 + PLANTED.length), PLANTED);
  const kinds: Record<string, Parameters<typeof film>[1]> = {
    "a place in udta": { moov: box("udta", place) },
    "a place in the track": { trak: box("udta", place) },
    "apple's keys": { moov: keys },
    "itunes tags": {
      moov: box(
        "udta",
        box("meta", zeros(4), hdlr("mdir"), box("ilst", box("©ART", box("data", zeros(8), PLANTED)))),
      ),
    },
    "xmp in moov": { moov: uuid },
    "xmp in the file": { file: uuid },
    "a camera's own box": { moov: box("GPS ", PLANTED) },
    "leftovers in free space": { file: box("free", PLANTED) },
    "leftovers in wide free space": { file: wide },
    "telemetry samples": { tracks: telemetry, data: PLANTED },
    "a text track": { tracks: (at) => track("text", [PLANTED.length], [at]), data: PLANTED },
    "a handler with a name": { name: PLANTED },
    "a trailer of its maker": { file: cat(PLANTED) },
    "a meta box in the file": { file: box("meta", zeros(4), hdlr("null"), PLANTED) },
  };
  const made = Object.entries(kinds);
  return [
    ...made.map(([name, parts]) => ({
      name: `MP4 with ${name}`,
      type: "video/mp4",
      bytes: film("isom", parts),
    })),
    ...made.map(([name, parts]) => ({
      name: `MOV with ${name}`,
      type: "video/quicktime",
      bytes: film("qt  ", parts),
    })),
    ...made.slice(0, 5).map(([name, parts]) => ({
      name: `M4A with ${name}`,
      type: "audio/x-m4a",
      bytes: film("M4A ", parts),
    })),
  ];
}

/** One frame of silence: MPEG 1, layer III, 128 kbit/s, 44.1 kHz. */
export const FRAME = cat(Buffer.from([0xff, 0xfb, 0x90, 0x00]), zeros(413));
const sizes7 = (n: number) => Buffer.from([(n >> 21) & 127, (n >> 14) & 127, (n >> 7) & 127, n & 127]);

function recordings(): Planted[] {
  const sound = cat(FRAME, FRAME, FRAME);
  const artist = cat("TPE1", u32(PLANTED.length + 1), zeros(3), PLANTED);
  const cover = cat("APIC", u32(FRAME.length * 2), zeros(2), FRAME, FRAME, PLANTED);
  const id3 = (body: Buffer) => cat("ID3", Buffer.from([3, 0, 0]), sizes7(body.length), body);
  const ape = cat("APETAGEX", u32le(2000), u32le(60), u32le(1), zeros(12), PLANTED);
  const riff = (...chunks: readonly Buffer[]) =>
    cat("RIFF", u32le(4 + chunks.reduce((sum, one) => sum + one.length, 0)), "WAVE", ...chunks);
  const part = (name: string, body: Buffer | string) => {
    const content = cat(body as Buffer);
    return cat(name, u32le(content.length), content, zeros(content.length % 2));
  };
  const format = part(
    "fmt ",
    cat(Buffer.from([1, 0, 1, 0]), u32le(8000), u32le(8000), Buffer.from([1, 0, 8, 0])),
  );
  const data = part("data", SEEN);
  const page = (no: number, flags: number, ...packets: readonly Buffer[]) => {
    const laces = packets.flatMap((packet) => [
      ...Array(Math.floor(packet.length / 255)).fill(255),
      packet.length % 255,
    ]);
    return cat(
      "OggS",
      Buffer.from([0, flags]),
      zeros(8),
      u32le(7),
      u32le(no),
      zeros(4),
      Buffer.from([laces.length, ...laces]),
      ...packets,
    );
  };
  const comment = (vendor: string) =>
    cat(u32le(vendor.length), vendor, u32le(1), u32le(PLANTED.length + 7), `ARTIST=${PLANTED}`);
  const opus = (vendor: string) =>
    cat(
      page(0, 2, cat("OpusHead", Buffer.from([1, 1]), zeros(9))),
      page(1, 0, cat("OpusTags", comment(vendor))),
      page(2, 4, Buffer.from(SEEN)),
    );
  const vorbis = cat(
    page(0, 2, cat(Buffer.from([1]), "vorbis", zeros(23))),
    page(
      1,
      0,
      cat(Buffer.from([3]), "vorbis", comment("x"), Buffer.from([1])),
      cat(Buffer.from([5]), "vorbis", SEEN),
    ),
    page(2, 4, Buffer.from(SEEN)),
  );
  const amr = cat("#!AMR\n", Buffer.from([0x04]), zeros(12), Buffer.from([0x04]), zeros(12));
  const all: readonly (readonly [string, string, Buffer])[] = [
    ["MP3 with an artist", "audio/mpeg", cat(id3(artist), sound)],
    ["MP3 with a cover that looks like sound", "audio/mpeg", cat(id3(cover), sound)],
    [
      "MP3 with a tag of the first version",
      "audio/mpeg",
      cat(sound, "TAG", PLANTED, zeros(125 - PLANTED.length)),
    ],
    ["MP3 with an APE tag", "audio/mpeg", cat(sound, ape)],
    ["MP3 with words between frames", "audio/mpeg", cat(FRAME, FRAME, PLANTED, FRAME, FRAME)],
    ["WAV with a list", "audio/wav", riff(format, part("LIST", `INFOIART${PLANTED}`), data)],
    ["WAV of a recorder", "audio/wav", riff(part("bext", PLANTED), format, data, part("iXML", PLANTED))],
    ["WAV with words behind the end", "audio/wav", cat(riff(format, data), PLANTED)],
    ["Opus with an artist", "audio/ogg", opus("libopus")],
    ["Opus with a long comment", "audio/ogg", opus(PLANTED.repeat(40))],
    ["Vorbis with an artist", "audio/ogg", vorbis],
    ["AMR with words behind the end", "audio/amr", cat(amr, Buffer.from([0xff]), PLANTED)],
  ];
  return all.map(([name, type, bytes]) => ({ name, type, bytes }));
}

async function pdfs(): Promise<Planted[]> {
  const page = async (work: (document: PDFDocument) => unknown) => {
    const document = await PDFDocument.create();
    document.addPage([200, 200]).drawText("SEEN", { x: 20, y: 100 });
    await work(document);
    return Buffer.from(await document.save({ useObjectStreams: false }));
  };
  const named = await page((document) => document.setAuthor(PLANTED));
  const all: Record<string, Buffer> = {
    "an author": named,
    "an author in a packed object": Buffer.from(
      await (await PDFDocument.load(named)).save({ useObjectStreams: true }),
    ),
    xmp: await page((document) => {
      const stream = document.context.stream(xmp, { Type: "Metadata", Subtype: "XML" });
      document.catalog.set(PDFName.of("Metadata"), document.context.register(stream));
    }),
    "xmp on the page": await page((document) => {
      const stream = document.context.flateStream(xmp, { Type: "Metadata" });
      document.getPage(0).node.set(PDFName.of("Metadata"), document.context.register(stream));
    }),
    "an editor's private data": await page((document) =>
      document
        .getPage(0)
        .node.set(
          PDFName.of("PieceInfo"),
          document.context.obj({ Word: { Private: PDFString.of(PLANTED) } }),
        ),
    ),
    "a note by somebody": await page((document) => {
      const note = document.context.obj({
        Type: "Annot",
        Subtype: "Text",
        Rect: [0, 0, 9, 9],
        T: PDFHexString.fromText(PLANTED),
        Contents: PDFString.of("SEEN"),
      });
      document
        .getPage(0)
        .node.set(PDFName.of("Annots"), document.context.obj([document.context.register(note)]));
    }),
    "a file attached": await page((document) =>
      document.attach(Buffer.from(PLANTED), "a.txt", { mimeType: "text/plain" }),
    ),
    "a picture with a place": await page(async (document) => {
      const image = await document.embedJpg(await picture().withExif(exif).jpeg().toBuffer());
      document.getPage(0).drawImage(image, { x: 0, y: 0, width: 64, height: 48 });
    }),
    "an earlier version": cat(
      named,
      "\n99 0 obj\n<</Old (x)>>\nendobj\n",
      `% ${PLANTED}\n`,
      named.subarray(named.lastIndexOf("startxref")),
    ),
    "words behind the end": cat(await page(() => {}), PLANTED),
  };
  return Object.entries(all).map(([name, bytes]) => ({
    name: `PDF with ${name}`,
    type: "application/pdf",
    bytes,
  }));
}

const W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const relationship = (id: string, kind: string, target: string, more = "") =>
  `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${kind}" Target="${target}"${more}/>`;
const relationships = (...all: readonly string[]) =>
  `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.join("")}</Relationships>`;

async function offices(): Promise<Planted[]> {
  const photo = await picture().withExif(exif).jpeg().toBuffer();
  const pack = (parts: Readonly<Record<string, string | Buffer>>) =>
    Buffer.from(
      zipSync(
        Object.fromEntries(
          Object.entries(parts).map(([name, body]) => [name, new Uint8Array(cat(body as Buffer))]),
        ),
      ),
    );
  const types = (main: string, kind: string) =>
    `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="jpeg" ContentType="image/jpeg"/><Override PartName="/${main}" ContentType="application/vnd.openxmlformats-officedocument.${kind}.main+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`;
  const word = (more: Readonly<Record<string, string | Buffer>> = {}, body = "") =>
    pack({
      "[Content_Types].xml": types("word/document.xml", "wordprocessingml.document"),
      "_rels/.rels": relationships(
        relationship("rId1", "officeDocument", "word/document.xml"),
        relationship("rId2", "metadata/core-properties", "docProps/core.xml"),
      ),
      "word/document.xml": `<?xml version="1.0"?><w:document xmlns:w="${W}"><w:body><w:p><w:r><w:t>${SEEN}</w:t></w:r></w:p>${body}</w:body></w:document>`,
      ...more,
    });
  const sheet = (more: Readonly<Record<string, string | Buffer>> = {}) =>
    pack({
      "[Content_Types].xml": types("xl/workbook.xml", "spreadsheetml.sheet"),
      "_rels/.rels": relationships(relationship("rId1", "officeDocument", "xl/workbook.xml")),
      "xl/_rels/workbook.xml.rels": relationships(relationship("rId1", "worksheet", "worksheets/sheet1.xml")),
      "xl/workbook.xml": `<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      "xl/worksheets/sheet1.xml": `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>${SEEN}</t></is></c></row></sheetData></worksheet>`,
      ...more,
    });
  const core = `<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:creator>${PLANTED}</dc:creator><cp:lastModifiedBy>${PLANTED}</cp:lastModifiedBy></cp:coreProperties>`;
  const words: Record<string, Buffer> = {
    "an author": word({ "docProps/core.xml": core }),
    "a company": word({
      "docProps/app.xml": `<Properties><Company>${PLANTED}</Company><Manager>${PLANTED}</Manager></Properties>`,
    }),
    "properties of its own": word({
      "docProps/custom.xml": `<Properties><property name="a"><vt:lpwstr>${PLANTED}</vt:lpwstr></property></Properties>`,
    }),
    "a thumbnail": word({ "docProps/thumbnail.jpeg": photo }),
    "tracked changes": word(
      {},
      `<w:p><w:ins w:id="1" w:author="${PLANTED}" w:date="2026-01-01T00:00:00Z"><w:r><w:t>x</w:t></w:r></w:ins></w:p>`,
    ),
    comments: word({
      "word/comments.xml": `<w:comments xmlns:w="${W}"><w:comment w:id="0" w:author='${PLANTED}' w:initials="${PLANTED}"/></w:comments>`,
    }),
    people: word({ "word/people.xml": `<w15:people><w15:person w15:author="${PLANTED}"/></w15:people>` }),
    "a photo with a place": word({ "word/media/image1.jpeg": photo }),
    "a template on somebody's disk": word({
      "word/_rels/settings.xml.rels": relationships(
        relationship(
          "rId1",
          "attachedTemplate",
          `file:///C:\\Users\\${PLANTED}\\x.dotx`,
          ' TargetMode="External"',
        ),
      ),
    }),
    variables: word({
      "word/settings.xml": `<w:settings xmlns:w="${W}"><w:docVars><w:docVar w:name="a" w:val="${PLANTED}"/></w:docVars></w:settings>`,
    }),
    "data of a form": word({ "customXml/item1.xml": `<a>${PLANTED}</a>` }),
    "a sheet within": word({ "word/embeddings/a.xlsx": sheet({ "docProps/core.xml": core }) }),
    "a program within": word({ "word/embeddings/oleObject1.bin": Buffer.from(PLANTED) }),
  };
  const sheets: Record<string, Buffer> = {
    "an author": sheet({ "docProps/core.xml": core }),
    comments: sheet({
      "xl/comments1.xml": `<comments><authors><author>${PLANTED}</author></authors></comments>`,
    }),
    people: sheet({
      "xl/persons/person.xml": `<personList><person displayName="${PLANTED}" id="{1}" userId="${PLANTED}" providerId="${PLANTED}"/></personList>`,
    }),
    "the path it lay at": sheet({
      "xl/workbook.xml": `<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><x15ac:absPath url="C:\\Users\\${PLANTED}\\"/><fileSharing userName="${PLANTED}"/><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    }),
    "a printer": sheet({ "xl/printerSettings/printerSettings1.bin": Buffer.from(PLANTED, "utf16le") }),
  };
  const office = "application/vnd.openxmlformats-officedocument";
  return [
    ...Object.entries(words).map(([name, bytes]) => ({
      name: `Word with ${name}`,
      type: `${office}.wordprocessingml.document`,
      bytes,
    })),
    ...Object.entries(sheets).map(([name, bytes]) => ({
      name: `Excel with ${name}`,
      type: `${office}.spreadsheetml.sheet`,
      bytes,
    })),
  ];
}

export async function plantedFiles(): Promise<readonly Planted[]> {
  return [
    ...(await jpegs()),
    ...(await pngs()),
    ...(await webps()),
    { name: "HEIC with exif", type: "image/heic", bytes: Buffer.from(HEIC, "base64") },
    ...films(),
    ...recordings(),
    ...(await pdfs()),
    ...(await offices()),
  ];
}
