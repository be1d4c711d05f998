/** What bytes really are, by their first ones: declared types are not to be believed, here as in the product. */
import { bareType } from './kinds.ts';

const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/** The type family of the content; undefined when nothing known is recognised. */
function familyOf(bytes: Buffer): string | undefined {
  if (starts(bytes, [0xff, 0xd8, 0xff])) return 'image/jpeg';
  if (starts(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 4) === 'WEBP') return 'image/webp';
  if (ascii(bytes, 0, 3) === 'GIF') return 'image/gif';
  if (ascii(bytes, 0, 4) === 'OggS') return 'audio/ogg';
  if (ascii(bytes, 0, 5) === '#!AMR') return 'audio/amr';
  if (ascii(bytes, 4, 4) === 'ftyp') return 'iso-media';
  if (ascii(bytes, 0, 5) === '%PDF-') return 'application/pdf';
  if (starts(bytes, [0x50, 0x4b, 0x03, 0x04])) return 'zip';
  if (starts(bytes, OLE)) return 'ole';
  if (ascii(bytes, 0, 3) === 'ID3') return 'audio/mpeg';
  if (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xf6) === 0xf0) return 'audio/aac';
  if (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0) return 'audio/mpeg';
  return undefined;
}

/** Which families a declared type may have inside. A type that is not listed must not look like a known one. */
const INSIDE: Record<string, string> = {
  'image/jpeg': 'image/jpeg', 'image/png': 'image/png', 'image/webp': 'image/webp',
  'audio/ogg': 'audio/ogg', 'audio/amr': 'audio/amr', 'audio/mpeg': 'audio/mpeg', 'audio/aac': 'audio/aac',
  'audio/mp4': 'iso-media', 'video/mp4': 'iso-media', 'video/3gpp': 'iso-media',
  'application/pdf': 'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'zip',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'zip',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'zip',
  'application/zip': 'zip',
  'application/msword': 'ole', 'application/vnd.ms-excel': 'ole', 'application/vnd.ms-powerpoint': 'ole',
};

/** Says why the bytes are not what `mime` promises; undefined when they are. */
export function mismatch(bytes: Buffer, mime: string): string | undefined {
  const declared = bareType(mime);
  const family = familyOf(bytes);
  const expected = INSIDE[declared];
  if (expected !== undefined && family !== expected) return `content is ${family ?? 'of no known type'}, not ${declared}`;
  if (expected === undefined && family !== undefined) return `content is ${family}, not ${declared}`;
  if (declared === 'text/plain' && bytes.includes(0)) return 'a text has no zero bytes';
  if (declared === 'audio/ogg') return oggTrouble(bytes);
  /* Byte 24 of a PNG is the bit depth; the provider takes 8-bit pictures. */
  if (declared === 'image/png' && (bytes[24] ?? 0) > 8) return 'a picture has at most 8 bits per channel';
  return undefined;
}

export function isAnimatedWebp(bytes: Buffer): boolean {
  /* Extended header: bit 1 of the flags says animation. */
  return ascii(bytes, 12, 4) === 'VP8X' && ((bytes[20] ?? 0) & 0x02) !== 0;
}

function oggTrouble(bytes: Buffer): string | undefined {
  const head = bytes.indexOf('OpusHead');
  if (head < 0 || head > 200) return 'only the OPUS codec is taken inside audio/ogg';
  return bytes[head + 9] === 1 ? undefined : 'only one channel (mono) is taken';
}

function starts(bytes: Buffer, prefix: number[]): boolean {
  return prefix.every((byte, at) => bytes[at] === byte);
}

function ascii(bytes: Buffer, from: number, length: number): string {
  return bytes.toString('latin1', from, from + length);
}
