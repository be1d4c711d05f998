/** What the worker remembers between two wakings: which notices it showed, and the language of the page. */
const NAME = 'balcao.worker';
const SEEN = '/worker/seen';
export const LANGUAGE = '/worker/language';
const MOST = 60;

async function read(key: string): Promise<string | undefined> {
  const memory = await caches.open(NAME);
  return (await memory.match(key))?.text();
}

async function write(key: string, text: string): Promise<void> {
  const memory = await caches.open(NAME);
  await memory.put(key, new Response(text));
}

export async function seen(): Promise<number[]> {
  const ids: unknown = JSON.parse((await read(SEEN)) ?? '[]');
  return Array.isArray(ids) ? (ids as number[]) : [];
}

export async function markSeen(ids: number[]): Promise<void> {
  const all = new Set([...ids, ...(await seen())]);
  await write(SEEN, JSON.stringify([...all].slice(0, MOST)));
}

/** The page writes it down; until then it is the browser's. */
export async function language(): Promise<'pt-BR' | 'en'> {
  const kept = (await read(LANGUAGE)) ?? navigator.language;
  return kept.startsWith('en') ? 'en' : 'pt-BR';
}
