/** What a browser downloads before the inbox appears (as frontend/tools/budget.mjs counts it), and a visitor's for the widget; gzipped. */
import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

import { root } from './house.ts';
import { figure, remark } from './report.ts';

const dist = `${root}/frontend/dist/`;
type Entry = { file: string; css?: string[]; imports?: string[] };

const kb = (file: string): number => gzipSync(readFileSync(dist + file), { level: 9 }).length / 1000;

export function weights(): void {
  const manifest = `${dist}.vite/manifest.json`;
  if (existsSync(manifest)) {
    const entries = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, Entry>;
    const files = new Set<string>();
    const walk = (key: string): void => {
      const entry = entries[key];
      if (entry === undefined || files.has(entry.file)) return;
      files.add(entry.file);
      for (const css of entry.css ?? []) files.add(css);
      for (const next of entry.imports ?? []) walk(next);
    };
    for (const key of ['index.html', 'src/app/InboxScreen.tsx']) walk(key);
    const scripts = [...files].filter((file) => file.endsWith('.js'));
    figure('first_load_kb', scripts.reduce((total, file) => total + kb(file), 0), 'kB');
    figure('first_load_styles_kb', [...files].filter((file) => !file.endsWith('.js')).reduce((total, file) => total + kb(file), 0), 'kB');
  } else remark('no frontend build: first_load_kb is unknown');
  if (existsSync(`${dist}widget.js`)) figure('widget_kb', kb('widget.js'), 'kB');
  else remark('no widget build: widget_kb is unknown');
}
