/** Check digits that tell one kind of number from another. */

/** Luhn (mod 10), as bank cards and receipts use: digits only, the last one checks the others. */
export function luhnChecks(digits: string): boolean {
  if (!/^\d{2,}$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** Resident identity number, 18 characters, GB 11643 (mod 11-2), with a possible date of birth. */
export function identityNumberChecks(number: string): boolean {
  if (!/^[1-9]\d{16}[\dXx]$/.test(number) || !possibleBirth(number.slice(6, 14))) return false;
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += Number(number[i]) * (ID_WEIGHTS[i] ?? 0);
  return "10X98765432"[sum % 11] === number[17]?.toUpperCase();
}

/** The old 15-digit identity number has no check digit: a province code and a date must do. */
export function oldIdentityNumber(number: string): boolean {
  return /^[1-8]\d{14}$/.test(number) && possibleBirth(`19${number.slice(6, 12)}`);
}

function possibleBirth(yyyymmdd: string): boolean {
  const year = Number(yyyymmdd.slice(0, 4));
  const month = Number(yyyymmdd.slice(4, 6));
  const day = Number(yyyymmdd.slice(6, 8));
  return year >= 1880 && year <= 2099 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/** Mobile numbers of people: 140–144 and the like belong to machines, so 14080012345 is a certificate number. */
export const MOBILE =
  /(?<!\d)(?:\+?86[- ]?)?1(?:3\d|4[5-9]|5[0-35-9]|6[2567]|7[0-8]|8\d|9[0-35-9])[- ]?\d{4}[- ]?\d{4}(?!\d)/g;
