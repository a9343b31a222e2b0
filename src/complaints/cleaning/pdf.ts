/** PDF: its pages are carried over into a new document; what hangs on the old one (author, XMP, earlier versions, attachments) stays behind. */
import { PDFArray, PDFDict, PDFDocument, PDFName, PDFRawStream, PDFStream } from "@cantoo/pdf-lib";
import { siftJpeg } from "./pictures.ts";

/** Entries that speak of people, programs and places, wherever they stand. */
const personal = ["Metadata", "PieceInfo", "LastModified", "AF", "Measure", "VP"].map((name) =>
  PDFName.of(name),
);

/** @throws when it is encrypted or broken. */
export async function cleanPdf(bytes: Buffer): Promise<Buffer> {
  const old = await PDFDocument.load(bytes, { updateMetadata: false });
  const { context } = old;
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    if (object instanceof PDFRawStream && filterOf(object) === "DCTDecode")
      context.assign(ref, PDFRawStream.of(object.dict, siftJpeg(Buffer.from(object.contents))));
    const dict = object instanceof PDFStream ? object.dict : object instanceof PDFDict ? object : undefined;
    if (dict) forget(dict);
  }
  for (const page of old.getPages()) dropAttachments(page.node.Annots());
  // What no page leads to any more is not carried over.
  const fresh = await PDFDocument.create({ updateMetadata: false });
  for (const page of await fresh.copyPages(old, old.getPageIndices())) fresh.addPage(page);
  return Buffer.from(await fresh.save({ useObjectStreams: false, addDefaultPage: false }));
}

function filterOf(stream: PDFStream): string | undefined {
  const filter = stream.dict.lookup(PDFName.of("Filter"));
  const only = filter instanceof PDFArray && filter.size() === 1 ? filter.lookup(0) : filter;
  return only instanceof PDFName ? only.decodeText() : undefined;
}

/** Also within what stands directly in it. */
function forget(dict: PDFDict): void {
  for (const name of personal) dict.delete(name);
  // The name of whoever wrote a note; a field's own name is called the same and shows nothing.
  if (dict.has(PDFName.of("Subtype"))) dict.delete(PDFName.of("T"));
  for (const [, value] of dict.entries()) {
    if (value instanceof PDFDict) forget(value);
    if (value instanceof PDFArray) for (const one of value.asArray()) if (one instanceof PDFDict) forget(one);
  }
}

/** A file pinned to a page is another file, with an author of its own. */
function dropAttachments(notes: PDFArray | undefined): void {
  if (!notes) return;
  for (let index = notes.size() - 1; index >= 0; index -= 1) {
    const note = notes.lookup(index);
    const kind = note instanceof PDFDict ? note.lookup(PDFName.of("Subtype")) : undefined;
    if (kind instanceof PDFName && ["FileAttachment", "RichMedia", "Sound"].includes(kind.decodeText()))
      notes.remove(index);
  }
}
