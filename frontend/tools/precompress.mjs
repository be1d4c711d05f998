/* Leaves a .gz beside every text asset, so that nginx never compresses the same bytes twice. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const root = new URL('../dist/assets/', import.meta.url);

for (const name of readdirSync(root)) {
  if (!/\.(js|css|svg|json)$/.test(name)) continue;
  const raw = readFileSync(new URL(name, root));
  const packed = gzipSync(raw, { level: 9 });
  if (packed.length < raw.length) writeFileSync(new URL(`${name}.gz`, root), packed);
}
