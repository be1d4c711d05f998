import type { IncomingMessage } from 'node:http';

export class BodyTooLarge extends Error {}

/**
 * The whole body. One that is too large is still read to its end, and thrown away: breaking off would reset the
 * connection, and the sender would never see why.
 */
export async function readBody(req: IncomingMessage, limit: number): Promise<Buffer> {
  let chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) chunks = [];
    else chunks.push(chunk);
  }
  if (size > limit) throw new BodyTooLarge(`more than ${limit} bytes`);
  return Buffer.concat(chunks);
}
