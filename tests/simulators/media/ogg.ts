/** Opus packets in Ogg pages (RFC 3533, RFC 7845): how WhatsApp carries voice messages. */

const SERIAL = 0x62616c63;
const SAMPLE_RATE = 48_000;

/** The segment table takes 255 entries; a second of 20 ms packets is well under it and easy to think about. */
const PAGE_SAMPLES = SAMPLE_RATE;

const BEGIN = 2;
const END = 4;

/** A full-band frame of 20 ms and one channel with nothing in it. */
const SILENCE = Buffer.from([0xf8, 0xff, 0xfe]);

export function oggOpusSilence(seconds: number): Buffer {
  return oggOpus(monoHead(), Array.from({ length: seconds * 50 }, () => SILENCE));
}

/** `head` is the OpusHead that belongs to the packets. */
export function oggOpus(head: Buffer, packets: Buffer[]): Buffer {
  const pages = [page([head], 0, 0, BEGIN), page([tags()], 0, 1, 0)];
  let position = 0;
  let waiting: Buffer[] = [];
  let samples = 0;
  packets.forEach((packet, at) => {
    waiting.push(packet);
    samples += samplesOf(packet);
    const isLast = at === packets.length - 1;
    if (samples < PAGE_SAMPLES && segments(waiting) < 200 && !isLast) return;
    position += samples;
    pages.push(page(waiting, position, pages.length, isLast ? END : 0));
    waiting = [];
    samples = 0;
  });
  return Buffer.concat(pages);
}

/** Version 1, one channel; 312 samples to skip; input rate for information; no gain, mapping family 0. */
function monoHead(): Buffer {
  const head = Buffer.alloc(19);
  head.write('OpusHead', 0, 'latin1');
  head.writeUInt8(1, 8);
  head.writeUInt8(1, 9);
  head.writeUInt16LE(312, 10);
  head.writeUInt32LE(SAMPLE_RATE, 12);
  return head;
}

function tags(): Buffer {
  const vendor = Buffer.from('balcao');
  const block = Buffer.alloc(8 + 4 + vendor.length + 4);
  block.write('OpusTags', 0, 'latin1');
  block.writeUInt32LE(vendor.length, 8);
  vendor.copy(block, 12);
  return block;
}

/** Samples at 48 kHz that a packet decodes to, by its first byte (RFC 6716, section 3.1). */
export function samplesOf(packet: Buffer): number {
  const toc = packet[0] ?? 0;
  const config = toc >> 3;
  const frame_ms =
    config < 12 ? ([10, 20, 40, 60][config & 3] ?? 20) : config < 16 ? ([10, 20][config & 1] ?? 20) : ([2.5, 5, 10, 20][config & 3] ?? 20);
  const code = toc & 3;
  const frames = code === 0 ? 1 : code === 3 ? (packet[1] ?? 1) & 0x3f : 2;
  return (frame_ms * frames * SAMPLE_RATE) / 1000;
}

/** A packet of n bytes takes n/255 entries of 255 and one with the rest, which may be zero. */
function lacing({ length }: Buffer): number[] {
  return [...Array.from({ length: Math.floor(length / 255) }, () => 255), length % 255];
}

function segments(packets: Buffer[]): number {
  return packets.reduce((sum, packet) => sum + lacing(packet).length, 0);
}

function page(packets: Buffer[], position: number, sequence: number, flags: number): Buffer {
  const table = packets.flatMap(lacing);
  const header = Buffer.alloc(27);
  header.write('OggS', 0, 'latin1');
  header.writeUInt8(flags, 5);
  header.writeBigInt64LE(BigInt(Math.round(position)), 6);
  header.writeUInt32LE(SERIAL, 14);
  header.writeUInt32LE(sequence, 18);
  header.writeUInt8(table.length, 26);
  const bytes = Buffer.concat([header, Buffer.from(table), ...packets]);
  bytes.writeUInt32LE(crc(bytes), 22);
  return bytes;
}

/** Ogg's own CRC-32: same polynomial as zlib's, but not reflected and starting at zero. */
function crc(bytes: Buffer): number {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) sum = sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
  }
  return sum >>> 0;
}
