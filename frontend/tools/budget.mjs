/*
 * What a person downloads before the inbox appears: everything index.html and the inbox route
 * import, directly or not, gzipped. Fonts and pictures are not counted.
 */
import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT_KB = 350;
/* Menus and dialogs that come when somebody first opens one; what the inbox imports of them counts all the same. */
const LATER = 'src/features/inbox/acts/';
const dist = new URL('../dist/', import.meta.url);
const manifestFile = new URL('.vite/manifest.json', dist);

if (!existsSync(manifestFile)) {
  console.log('budget: no build yet, nothing to weigh (npm run build)');
  process.exit(0);
}

const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
const firstScreens = [
  'index.html',
  ...Object.keys(manifest).filter(
    (key) => key.startsWith('src/features/inbox/') && !key.startsWith(LATER),
  ),
];
const files = new Set();

function walk(key) {
  const entry = manifest[key];
  if (!entry || files.has(entry.file)) return;
  files.add(entry.file);
  for (const css of entry.css ?? []) files.add(css);
  for (const next of entry.imports ?? []) walk(next);
}
firstScreens.forEach(walk);

let bytes = 0;
for (const file of files) bytes += gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;

const kb = bytes / 1000;
console.log(`budget: first load ${kb.toFixed(1)} kB gz of ${LIMIT_KB}`);
if (kb > LIMIT_KB) process.exit(1);
