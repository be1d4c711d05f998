/** Small real files, made here, so that nobody needs a folder of fixtures to send a photo or a voice message. */
import { crc32, deflateSync } from 'node:zlib';

import { oggOpusSilence } from './ogg.ts';

export type SampleKind = 'image' | 'audio' | 'document';

type Sample = { mime_type: string; filename: string; bytes: Buffer };

const WIDTH = 480;
const HEIGHT = 320;

export function sample(kind: SampleKind): Sample {
  const made = MAKERS[kind];
  return { ...made, bytes: made.make() };
}

const MAKERS: Record<SampleKind, { mime_type: string; filename: string; make: () => Buffer }> = {
  image: { mime_type: 'image/png', filename: 'roteador.png', make: png },
  audio: { mime_type: 'audio/ogg; codecs=opus', filename: 'recado.ogg', make: () => oggOpusSilence(3) },
  document: { mime_type: 'application/pdf', filename: 'comprovante.pdf', make: pdf },
};

/** A router on a table, drawn with rectangles: one palette index per pixel. */
function png(): Buffer {
  const palette = Buffer.from([232, 228, 218, 188, 170, 140, 44, 48, 60, 66, 190, 110, 200, 64, 52]);
  const rows = Buffer.alloc(HEIGHT * (WIDTH + 1));
  const paint = (x: number, y: number, w: number, h: number, colour: number): void => {
    for (let row = y; row < y + h; row++) rows.fill(colour, row * (WIDTH + 1) + 1 + x, row * (WIDTH + 1) + 1 + x + w);
  };
  paint(0, 220, WIDTH, 100, 1);
  paint(120, 60, 10, 130, 2);
  paint(350, 60, 10, 130, 2);
  paint(90, 180, 300, 60, 2);
  for (const [at, colour] of [3, 3, 4].entries()) paint(120 + at * 40, 204, 16, 8, colour);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  /* 8 bits per pixel, palette. */
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header), chunk('PLTE', palette), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const frame = Buffer.alloc(8 + body.length);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), 4 + body.length);
  return frame;
}

function pdf(): Buffer {
  const text = 'BT /F1 18 Tf 40 120 Td (Comprovante de pagamento) Tj 0 -30 Td (R$ 99,90) Tj ET';
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 320 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, at) => {
    const offset = body.length;
    body += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}`;
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.from(body + table + trailer, 'latin1');
}
