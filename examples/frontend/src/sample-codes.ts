// Codes of nobody: right in form and check digit, and of a region or prefix that no real one has.

/** A number from 0 up to, and without, 1. */
export type Chance = () => number;

/** Characters of a credit code, each at its value (GB 32100-2015): no I, O, S, V, Z. */
const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

const digits = (count: number, chance: Chance) => Array.from({ length: count }, () => Math.floor(chance() * 10)).join("");

/** The check character of the first eight of an organisation code (组织机构代码, GB 11714): `4` for `72247334`. */
export function organizationCheckCharacter(first: string): string {
  const weights = [3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((sum, weight, at) => sum + weight * parseInt(first.charAt(at), 36), 0);
  return "0X987654321".charAt(sum % 11);
}

/** The check character of the first 17 of a credit code (统一社会信用代码, GB 32100-2015). */
export function creditCodeCheckCharacter(first: string): string {
  let sum = 0;
  let weight = 1;
  for (const character of first) {
    sum += weight * alphabet.indexOf(character);
    weight = (weight * 3) % 31;
  }
  return alphabet.charAt((31 - (sum % 31)) % 31);
}

/** The check digit behind the first digits of a GTIN of any length (商品条码, GB 12904). */
export function gtinCheckDigit(first: string): string {
  const sum = [...first].reverse().reduce((sum, digit, at) => sum + Number(digit) * (at % 2 === 0 ? 3 : 1), 0);
  return String((10 - (sum % 10)) % 10);
}

/** An organisation code. */
export function sampleOrganizationCode(chance: Chance): string {
  const first = digits(8, chance);
  return first + organizationCheckCharacter(first);
}

/** A credit code of an enterprise whose region digits, 000000, no authority has. */
export function sampleCreditCode(chance: Chance): string {
  const first = `91000000${sampleOrganizationCode(chance)}`;
  return first + creditCodeCheckCharacter(first);
}

/** A GTIN-13 with the prefix 952, which is kept for examples. */
export function sampleGtin(chance: Chance): string {
  const first = `952${digits(9, chance)}`;
  return first + gtinCheckDigit(first);
}
