/** What was expected and what came, as the server writes them, for eyes. */
import type { Card } from '../../model/document';

type Said = { send?: string; ask?: string; options?: string[] };

const readSaid = (text: string): Said | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
};

type LabelOf = (option: string) => string;

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

/** Options as the card calls them; one that is no longer there keeps the name it had in the document. */
export const labelsOf = (card: Card | undefined): LabelOf => {
  const { options } = card?.settings ?? {};
  const known = new Map(
    (Array.isArray(options) ? options : []).flatMap((one) => {
      if (typeof one !== 'object' || Array.isArray(one)) return [];
      const { id, label } = one;
      return typeof label === 'string' ? [[id, label]] : [];
    }),
  );
  return (option) => known.get(option) ?? option;
};
