/* Leaves a .gz beside every text asset, so that nginx never compresses the same bytes twice. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

/* index.html stays as it is: nginx writes a nonce into it. */
const dist = new URL('../dist/', import.meta.url);
const files = readdirSync(dist, { recursive: true }).filter((name) => /\.(js|css|svg)$/.test(name));

for (const name of files) {
  const raw = readFileSync(new URL(name, dist));
  const packed = gzipSync(raw, { level: 9 });
  if (packed.length < raw.length) writeFileSync(new URL(`${name}.gz`, dist), packed);
}
