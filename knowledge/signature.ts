/** Who signs for an import, a mapping, a release: two different people only when both gave a name. */

/** Written for somebody who gave no name. */
export const UNSIGNED = "未署名";

/** The name without the spaces around it; `未署名` for none. */
export function signatureOf(name: string | undefined): string {
  return name?.trim() || UNSIGNED;
}

export function isSigned(name: string): boolean {
  return signatureOf(name) !== UNSIGNED;
}
