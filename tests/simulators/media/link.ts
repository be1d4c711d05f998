/** Media that the business gave by address instead of uploading it. */
import { bareType, LIMIT_BYTES, maySendAs, type MediaKind } from './kinds.ts';
import { mismatch } from './sniff.ts';

const TIMEOUT_MS = 5000;

/** Nothing leaves this machine: the lab fetches only what stands on it. */
const OWN_HOSTS = ['127.0.0.1', 'localhost', '[::1]'];

export type Brought = { mime_type: string; bytes: Buffer } | { trouble: string };

export async function fetchLink(link: string, kind: MediaKind): Promise<Brought> {
  const url = new URL(link);
  if (!OWN_HOSTS.includes(url.hostname)) return { trouble: `the lab only fetches from this machine, not from ${url.hostname}` };
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
    if (!answer.ok) return { trouble: `Downloading media from weblink failed with http code ${answer.status}` };
    const mime_type = answer.headers.get('content-type') ?? '';
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (!maySendAs(mime_type, kind)) return { trouble: `${bareType(mime_type)} cannot be sent as ${kind}` };
    if (bytes.length > LIMIT_BYTES[kind]) return { trouble: `file size ${bytes.length} is over ${LIMIT_BYTES[kind]} for ${kind}` };
    const wrong = mismatch(bytes, mime_type);
    return wrong === undefined ? { mime_type, bytes } : { trouble: wrong };
  } catch (error) {
    return { trouble: `Downloading media from weblink failed: ${error instanceof Error ? error.message : String(error)}` };
  }
}
