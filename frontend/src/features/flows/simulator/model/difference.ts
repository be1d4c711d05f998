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

const withOptions = (text: string, options: string) =>
  options ? `“${text}” (${options.split(',').join(', ')})` : `“${text}”`;

/** “Bom dia!” of {"send":"Bom dia!","card":"oi"}, and of send “Bom dia!” card oi. What is neither stays as it is. */
export function inWords(written: string) {
  const expected = readSaid(written);
  const text = expected?.send ?? expected?.ask;
  if (text !== undefined) return withOptions(text, (expected?.options ?? []).join(','));
  const got = /^(?:send|ask) “(.*)”(?: options (\S+))?(?: card \S*)?$/su.exec(written);
  return got ? withOptions(got[1] ?? '', got[2] ?? '') : written;
}
