/** What is given, as the form reads it: the server says it back as it was played. */

export type Hours = {
  ref: string;
  name?: string;
  inside?: boolean;
  holiday?: boolean;
  online?: number;
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const textIn = (value: unknown) => (typeof value === 'string' ? value : '');

/** Texts by their names, and nothing else. */
export const asPerson = (value: unknown): Record<string, string> =>
  isRecord(value)
    ? Object.fromEntries(
        Object.entries(value).filter(
          (entry): entry is [string, string] => typeof entry[1] === 'string',
        ),
      )
    : {};

/** The same places, with everything open that has hours. */
export function opened(given: Record<string, unknown>) {
  const open = (places: unknown) =>
    asHours(places).map((place) => ({ ...place, inside: true, holiday: false }));
  return {
    departments: open(given.departments),
    periods: open(given.periods),
    shifts: open(given.shifts),
  };
}

export const asHours = (value: unknown): Hours[] =>
  Array.isArray(value)
    ? value.filter((one): one is Hours => isRecord(one) && typeof one.ref === 'string')
    : [];
