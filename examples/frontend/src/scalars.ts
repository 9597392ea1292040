// The scalars of the hub, each a string of its own type, so that a day is not taken for an instant or for any text.

declare const kind: unique symbol;

/** A day in China, `2026-11-21`, without a zone: not to be put through `new Date`, which would make it an instant. */
export type CivilDate = string & { readonly [kind]: "CivilDate" };

/** An instant, RFC 3339 with offset, `2026-11-21T09:30:00.000000+00:00`. */
export type Instant = string & { readonly [kind]: "Instant" };

/** Reads a day; throws a `RangeError` for what is no day of the calendar. */
export function civilDate(text: string): CivilDate {
  const read = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  if (!read || Number.isNaN(read.getTime()) || read.toISOString().slice(0, 10) !== text) {
    throw new RangeError(`${text} is no day: write it as 2026-11-21`);
  }
  return text as CivilDate;
}

/** The instant of a `Date`. */
export function instant(date: Date): Instant {
  return date.toISOString() as Instant;
}

/** An instant as the clocks in China show it, `2026-11-21 17:30`. */
export function clockInChina(at: Instant): string {
  return new Date(at).toLocaleString("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short", timeStyle: "short" });
}
