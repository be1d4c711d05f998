/* Every pair of text and ground that the screens use keeps the WCAG floor, in both themes. */
import { readFileSync } from 'node:fs';

const tokens = JSON.parse(readFileSync(new URL('../src/ui/tokens.json', import.meta.url), 'utf8'));

const TEXT_FLOOR = 4.5;
const SHAPE_FLOOR = 3;

const grounds = ['ground', 'surface', 'sunken', 'raised', 'pressed', 'accent-soft', 'bubble-out'];
const pairs = [];

for (const text of ['text', 'text-2', 'text-3', 'accent-text']) {
  for (const ground of grounds) pairs.push([text, ground, TEXT_FLOOR]);
}
for (const role of ['ok', 'warn', 'bad', 'bot', 'survey', 'note']) {
  for (const ground of [`${role}-soft`, 'surface', 'ground', 'sunken'])
    pairs.push([role, ground, TEXT_FLOOR]);
  for (const text of ['text', 'text-2']) pairs.push([text, `${role}-soft`, TEXT_FLOOR]);
}
pairs.push(
  ['on-accent', 'accent', TEXT_FLOOR],
  ['on-accent', 'accent-hover', TEXT_FLOOR],
  ['on-accent', 'bad-solid', TEXT_FLOOR],
  ['bad', 'bubble-out', TEXT_FLOOR],
  ['ring', 'surface', SHAPE_FLOOR],
  ['ring', 'ground', SHAPE_FLOOR],
  ['line-strong', 'surface', SHAPE_FLOOR],
  ['line-strong', 'ground', SHAPE_FLOOR],
);
for (const channel of Object.keys(tokens).filter((name) => name.startsWith('channel-'))) {
  pairs.push(['on-accent', channel, TEXT_FLOOR]);
}

function luminance(hex) {
  const [r, g, b] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

let failures = 0;
for (const [text, ground, floor] of pairs) {
  ['light', 'dark'].forEach((theme, at) => {
    const value = ratio(tokens[text][at], tokens[ground][at]);
    if (value >= floor) return;
    failures += 1;
    console.error(
      `contrast: ${text} on ${ground} (${theme}) is ${value.toFixed(2)}, floor ${floor}`,
    );
  });
}
console.log(`contrast: ${pairs.length * 2} pairs, ${failures} below the floor`);
if (failures > 0) process.exit(1);
