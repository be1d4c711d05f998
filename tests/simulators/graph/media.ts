/** Media in three steps, as the provider has them: an upload gives an id, an id gives an address, an address the bytes. */
import { BodyTooLarge } from '../http/body.ts';
import { parseMultipart } from '../http/multipart.ts';
import { ANIMATED_STICKER_BYTES, bareType, kindOf, LIMIT_BYTES } from '../media/kinds.ts';
import { isAnimatedWebp, mismatch } from '../media/sniff.ts';
import type { Media } from '../media/store.ts';
import type { Call, Reply } from './call.ts';
import { GraphRefusal, unknownNode } from './errors.ts';
import { numberNode } from './number.ts';

/** The largest document and the envelope around it. */
const UPLOAD_BYTES = LIMIT_BYTES.document + 64 * 1024;

export async function postMedia(call: Call): Promise<Reply> {
  const number = numberNode(call);
  const parts = parseMultipart(await uploadOf(call), call.raw.headers['content-type'] ?? '');
  if (!parts) throw new GraphRefusal(100, 'The body must be multipart/form-data.');
  const text = (name: string): string | undefined => parts.find((part) => part.name === name)?.bytes.toString('utf8');
  if (text('messaging_product') !== 'whatsapp') throw new GraphRefusal(100, 'The parameter messaging_product is required.');
  const file = parts.find(({ name }) => name === 'file');
  if (!file?.filename) throw new GraphRefusal(100, 'The parameter file is required.');
  const mime = text('type') ?? file.type;
  if (mime === undefined) throw new GraphRefusal(100, 'The parameter type is required.');

  const kind = kindOf(mime);
  if (!kind) throw new GraphRefusal(131053, `Param file must be a file with one of the supported types. Received file of type '${mime}'.`);
  if (file.bytes.length === 0) throw new GraphRefusal(131053, 'The file is empty.');
  const limit = kind === 'sticker' && isAnimatedWebp(file.bytes) ? ANIMATED_STICKER_BYTES : LIMIT_BYTES[kind];
  if (file.bytes.length > limit) throw tooLarge(file.bytes.length, limit, kind);
  const wrong = mismatch(file.bytes, mime);
  if (wrong !== undefined) throw new GraphRefusal(131053, `The MIME type does not match: ${wrong}.`);

  const { id } = call.world.media.add({
    phone_number_id: number.phone_number_id, mime_type: mime, filename: file.filename, bytes: file.bytes, from: 'business',
  });
  return { body: { id } };
}

export function getMedia(call: Call, media: Media): Reply {
  const asked = call.query.get('phone_number_id');
  if (asked !== null && asked !== media.phone_number_id) throw unknownNode(media.id);
  return {
    body: {
      messaging_product: 'whatsapp',
      url: call.world.origin + call.world.media.address(media),
      mime_type: bareType(media.mime_type),
      sha256: media.digest.toString('hex'),
      file_size: String(media.bytes.length),
      id: media.id,
    },
  };
}

export function deleteMedia(call: Call, media: Media): Reply {
  call.world.media.remove(media.id);
  return { body: { success: true } };
}

/** The media with this id that the token opens. */
export function mediaNode(call: Call): Media | undefined {
  const media = call.world.media.get(call.node);
  return media && call.numbers.some(({ phone_number_id }) => phone_number_id === media.phone_number_id) ? media : undefined;
}

async function uploadOf(call: Call): Promise<Buffer> {
  try {
    return await call.bytes(UPLOAD_BYTES);
  } catch (error) {
    if (error instanceof BodyTooLarge) throw tooLarge(UPLOAD_BYTES, LIMIT_BYTES.document, 'document');
    throw error;
  }
}

function tooLarge(size: number, limit: number, kind: string): GraphRefusal {
  return new GraphRefusal(131053, `Media file size too big: ${size} bytes. Max file size we currently support for ${kind}: ${limit} bytes.`);
}
