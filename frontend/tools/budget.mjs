/*
 * What a person downloads before the inbox appears: everything that index.html and the inbox import,
 * directly or not, gzipped; and what an open conversation adds to it. What comes when it is asked for
 * (import()) is not counted, nor are fonts and pictures. The promise is 350 kB of script; here it is
 * held with room to spare, and styles apart.
 */
import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMITS_KB = { js: 310, css: 50 };
const dist = new URL('../dist/', import.meta.url);
const manifestFile = new URL('.vite/manifest.json', dist);

if (!existsSync(manifestFile)) {
  console.log('budget: no build yet, nothing to weigh (npm run build)');
  process.exit(0);
}

const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
const files = new Set();

function walk(key) {
  const entry = manifest[key];
  if (!entry) throw new Error(`budget: the build has no ${key}`);
  if (files.has(entry.file)) return;
  files.add(entry.file);
  for (const css of entry.css ?? []) files.add(css);
  for (const next of entry.imports ?? []) walk(next);
}

/** Of everything walked through so far that is of this type. */
function kilobytes(type) {
  let bytes = 0;
  for (const file of files) {
    if (file.endsWith(`.${type}`))
      bytes += gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;
  }
  return bytes / 1000;
}

walk('index.html');
walk('src/app/InboxScreen.tsx');
const first = { js: kilobytes('js'), css: kilobytes('css') };
walk('src/app/TicketScreen.tsx');

for (const [type, limit] of Object.entries(LIMITS_KB)) {
  console.log(
    `budget: first load ${first[type].toFixed(1)} kB gz of ${type}, of ${limit}; ${kilobytes(type).toFixed(1)} with a conversation`,
  );
  if (first[type] > limit) process.exitCode = 1;
}
