/*
 * What a person downloads before the inbox appears: everything that index.html and the inbox import,
 * directly or not, gzipped; and what an open conversation adds to it. What comes when it is asked for
 * (import()) is not counted, nor are fonts and pictures.
 */
import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT_KB = 350;
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

/** Of everything walked through so far. */
function kilobytes() {
  let bytes = 0;
  for (const file of files) {
    bytes += gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;
  }
  return bytes / 1000;
}

walk('index.html');
walk('src/features/inbox/InboxPage.tsx');
const first = kilobytes();
walk('src/app/TicketScreen.tsx');

console.log(
  `budget: first load ${first.toFixed(1)} kB gz of ${LIMIT_KB}, ${kilobytes().toFixed(1)} with a conversation`,
);
if (first > LIMIT_KB) process.exit(1);
