/**
 * Browsers record Opus inside WebM; WhatsApp carries it inside Ogg. The sound is the same, only the box changes: this
 * takes the packets out of the one so that ogg.ts can put them into the other.
 */
import { oggOpus } from './ogg.ts';

const SEGMENT = 0x18538067;
const CLUSTER = 0x1f43b675;
const TRACKS = 0x1654ae6b;
const TRACK = 0xae;
const CODEC_PRIVATE = 0x63a2;
const SIMPLE_BLOCK = 0xa3;
const BLOCK_GROUP = 0xa0;
const BLOCK = 0xa1;

/** Elements that are only boxes of others, on the way to what we want. */
const BOXES = [SEGMENT, CLUSTER, TRACKS, TRACK, BLOCK_GROUP];

type Found = { head: Buffer | undefined; packets: Buffer[] };

/** undefined when the bytes are not a recording of Opus. */
export function webmToOgg(bytes: Buffer): Buffer | undefined {
  const found: Found = { head: undefined, packets: [] };
  walk(bytes, found);
  const isOpus = found.head?.toString('latin1', 0, 8) === 'OpusHead';
  return found.head && isOpus && found.packets.length > 0 ? oggOpus(found.head, found.packets) : undefined;
}

function walk(bytes: Buffer, found: Found): void {
  let at = 0;
  while (at < bytes.length) {
    const id = number(bytes, at, true);
    if (!id) return;
    const size = number(bytes, at + id.length, false);
    if (!size) return;
    const start = at + id.length + size.length;
    /* A live recorder does not know sizes yet: the element then reaches to the end, and its followers are read inside it. */
    const end = size.isUnknown ? bytes.length : Math.min(bytes.length, start + size.value);
    take(id.value, bytes.subarray(start, end), found);
    at = end;
  }
}

function take(id: number, body: Buffer, found: Found): void {
  if (BOXES.includes(id)) walk(body, found);
  else if (id === CODEC_PRIVATE) found.head ??= body;
  else if (id === SIMPLE_BLOCK || id === BLOCK) {
    const track = number(body, 0, false);
    /* After the track: two bytes of time and one of flags. */
    if (track) found.packets.push(body.subarray(track.length + 3));
  }
}

/** A number of variable length: leading zero bits say how many bytes follow. Ids keep the marker bit, sizes lose it. */
function number(bytes: Buffer, at: number, keepsMarker: boolean): { value: number; length: number; isUnknown: boolean } | undefined {
  const first = bytes[at];
  if (first === undefined || first === 0) return undefined;
  const length = Math.clz32(first) - 23;
  if (at + length > bytes.length) return undefined;
  const marker = 0x80 >> (length - 1);
  let value = keepsMarker ? first : first & (marker - 1);
  let isUnknown = (first & (marker - 1)) === marker - 1;
  for (let next = 1; next < length; next++) {
    const byte = bytes[at + next] ?? 0;
    isUnknown &&= byte === 0xff;
    value = value * 256 + byte;
  }
  return { value, length, isUnknown };
}
