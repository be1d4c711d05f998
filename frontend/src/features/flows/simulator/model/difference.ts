/** What was expected and what came, as the server writes them, for eyes. */

type Said = { send?: string; ask?: string; options?: string[] };

const readSaid = (text: string): Said | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
};

export type LabelOf = (option: string) => string;

const withOptions = (text: string, options: string, labelOf: LabelOf) =>
  options ? `“${text}” (${options.split(',').map(labelOf).join(', ')})` : `“${text}”`;

/** “Bom dia!” of {"send":"Bom dia!","card":"oi"}, and of send “Bom dia!” card oi. What is neither stays as it is. */
export function inWords(written: string, labelOf: LabelOf = (option) => option) {
  const expected = readSaid(written);
  const text = expected?.send ?? expected?.ask;
  if (text !== undefined) return withOptions(text, (expected?.options ?? []).join(','), labelOf);
  const got = /^(?:send|ask) “(.*)”(?: options (\S+))?(?: card \S*)?$/su.exec(written);
  return got ? withOptions(got[1] ?? '', got[2] ?? '', labelOf) : written;
}
