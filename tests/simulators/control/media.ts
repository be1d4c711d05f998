/** The phone's own files: what a customer is about to send, and what the phone shows. */
import { readBody } from '../http/body.ts';
import { bareType } from '../media/kinds.ts';
import { webmToOgg } from '../media/webm.ts';
import { found, Refusal } from '../refusal.ts';
import type { ControlRoutes } from './request.ts';

const FILE_BYTES = 100 * 1024 * 1024;

export const mediaRoutes: ControlRoutes = {
  /**
   * Raw bytes, `Content-Type` as declared, `?filename=`. No checks: a customer's phone may send anything. A recording
   * of the browser (WebM) becomes what the app would have recorded (Ogg).
   */
  'POST /media': async ({ context: { world }, req, url }) => {
    const declared = req.headers['content-type'];
    if (declared === undefined) throw new Refusal(400, 'Content-Type says what the file is');
    const given = await readBody(req, FILE_BYTES);
    const repacked = bareType(declared) === 'audio/webm' ? webmToOgg(given) : undefined;
    const bytes = repacked ?? given;
    const mime_type = repacked ? 'audio/ogg; codecs=opus' : declared;
    const filename = url.searchParams.get('filename');
    const media = world.media.add({
      phone_number_id: '', mime_type, bytes, from: 'customer', ...(filename === null ? {} : { filename }),
    });
    return { id: media.id, mime_type, size_bytes: bytes.length };
  },

  'GET /media/:media': ({ context: { world }, params, req, res }) => {
    const media = found(world.media.get(params['media'] ?? ''), 'media');
    const range = rangeOf(req.headers.range, media.bytes.length);
    /* A file of a stranger opened from our own origin must stay a file: no page, no script. */
    res.writeHead(range ? 206 : 200, {
      'Content-Type': media.mime_type,
      'Content-Length': range ? range.last - range.first + 1 : media.bytes.length,
      ...(range ? { 'Content-Range': `bytes ${range.first}-${range.last}/${media.bytes.length}` } : {}),
      'Accept-Ranges': 'bytes',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, max-age=3600',
    });
    res.end(range ? media.bytes.subarray(range.first, range.last + 1) : media.bytes);
  },
};

/** `bytes=a-` and `bytes=a-b`, which is what players ask for to know how long a sound is. Anything else gets all of it. */
function rangeOf(header: string | undefined, size: number): { first: number; last: number } | undefined {
  const match = /^bytes=(\d+)-(\d*)$/.exec(header ?? '');
  if (!match) return undefined;
  const first = Number(match[1]);
  const last = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  return first <= last ? { first, last } : undefined;
}
