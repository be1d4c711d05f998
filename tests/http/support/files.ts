/** Small files that are what they say. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

/** One pixel; the text makes each file its own. */
export function aPng(text = ''): Buffer {
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0])),
    chunk('tEXt', Buffer.from(`Comment\0${text}`, 'latin1')),
    chunk('IDAT', deflateSync(Buffer.from([0, 43, 80, 196]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

export function aPdf(text = ''): Buffer {
  return Buffer.from(
    `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n% ${text}\ntrailer<</Root 1 0 R>>\n%%EOF\n`,
  );
}

/** A lossless pixel: what stickers are made of. */
export function aWebp(): Buffer {
  return Buffer.from('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==', 'base64');
}

/** The head of a film, which is all that a look at its kind needs. */
export function anMp4(): Buffer {
  return Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\x02\0isomiso2mp41', 'latin1')),
    box('free', Buffer.alloc(64)),
    box('mdat', Buffer.alloc(64)),
  ]);
}

/** A second of a tone in two channels, as browsers record (WebM) or Safari does (MP4); made by the house's own ffmpeg. */
export function aRecording(kind: 'webm' | 'mp4' = 'webm'): Buffer {
  const codec = kind === 'webm' ? ['-c:a', 'libopus'] : ['-c:a', 'aac', '-movflags', 'frag_keyframe+empty_moov'];
  return execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'sine=duration=1', '-ac', '2', ...codec, '-f', kind, 'pipe:1']);
}

/** So many seconds of a tone, as the house keeps what its flows play. */
export const anMp3 = (seconds: number): Buffer =>
  execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', `sine=duration=${seconds}`, '-c:a', 'libmp3lame', '-f', 'mp3', 'pipe:1']);

/** What old phones send: three frames of silence. */
export function anAmr(): Buffer {
  return Buffer.concat([Buffer.from('#!AMR\n'), Buffer.alloc(32 * 50, '3c9117ffff0000000000000000000000000000000000000000000000000000', 'hex')]);
}

/** Codec, channels and seconds of a sound, as ffprobe reads them. */
export function soundOf(bytes: Buffer): { codec: string; channels: number; seconds: number } {
  /* Out of a pipe nobody knows how long it is. */
  const folder = mkdtempSync(join(tmpdir(), 'sound-'));
  writeFileSync(join(folder, 'it'), bytes);
  const said = execFileSync('ffprobe', ['-v', 'error', '-show_entries', 'stream=codec_name,channels:format=duration', '-of', 'json', join(folder, 'it')]);
  rmSync(folder, { recursive: true });
  const { streams, format } = JSON.parse(said.toString()) as { streams: { codec_name: string; channels: number }[]; format: { duration?: string } };
  return { codec: streams[0]?.codec_name ?? '', channels: streams[0]?.channels ?? 0, seconds: Number(format.duration ?? 0) };
}

/** A page that would run, were it ever shown as one. */
export const HTML = Buffer.from('<!doctype html><title>x</title><script>document.title = "ran"</script>\n');

function box(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(8 + data.length);
  return Buffer.concat([length, Buffer.from(type), data]);
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(type), data]);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
