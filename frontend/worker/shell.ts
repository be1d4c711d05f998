/** Put in by the build: the files of the first load, and one word for all of them. */
declare const SHELL: string[];
declare const VERSION: string;

const NAME = `balcao.shell.${VERSION}`;
const PAGE = '/index.html';

/** Places that are the server's: nothing of them is ever answered from here. */
const SERVERS = /^\/(api|live|media|hooks|widget|healthz|readyz|metrics|docs)(\/|$|\.)/;

const ownPath = ({ url, method }: Request): string | undefined => {
  const { origin, pathname } = new URL(url);
  return method === 'GET' && origin === self.location.origin ? pathname : undefined;
};

/** Somebody opens a place of the application. */
export function isPage(request: Request): boolean {
  const path = ownPath(request);
  return request.mode === 'navigate' && path !== undefined && !SERVERS.test(path);
}

/** A file whose name holds its hash: what was once right stays right. */
export const isShell = (request: Request): boolean =>
  ownPath(request)?.startsWith('/assets/') ?? false;

export async function keepShell(): Promise<void> {
  const shell = await caches.open(NAME);
  await shell.addAll([PAGE, '/favicon.svg', ...SHELL]);
}

export async function sweepShells(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith('balcao.shell.') && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
}

/** From the server, with the policy's nonce of this moment; without a line, as it was kept with its own. */
export async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (away) {
    const kept = await caches.match(PAGE);
    if (kept) return kept;
    throw away;
  }
}

export async function shellFile(request: Request): Promise<Response> {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) {
    const shell = await caches.open(NAME);
    await shell.put(request, answer.clone());
  }
  return answer;
}
