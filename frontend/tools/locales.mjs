/*
 * Both languages say the same things: same files, same keys, same {{names}} inside a sentence,
 * and every plural in all three forms. Portuguese has a `many` for exact millions; without it
 * the bare key would be shown.
 */
import { readdirSync, readFileSync } from 'node:fs';

const root = new URL('../src/locales/', import.meta.url);
const source = 'pt-BR';
const others = ['en'];
const PLURAL = /_(zero|one|many|other)$/;
const REQUIRED = ['one', 'many', 'other'];

const faults = [];

function flatten(node, prefix = '', into = new Map()) {
  for (const [key, value] of Object.entries(node)) {
    const name = prefix ? `${prefix}.${key}` : key;
    if (typeof value === 'string') into.set(name, value);
    else flatten(value, name, into);
  }
  return into;
}

function load(language) {
  const files = readdirSync(new URL(`${language}/`, root)).filter((name) => name.endsWith('.json'));
  return new Map(
    files.map((name) => [
      name,
      flatten(JSON.parse(readFileSync(new URL(`${language}/${name}`, root), 'utf8'))),
    ]),
  );
}

const names = (text) =>
  [...text.matchAll(/{{\s*([\w.]+)/g)]
    .map((match) => match[1])
    .sort()
    .join(' ');

function checkPlurals(language, file, keys) {
  const forms = new Map();
  for (const key of keys.keys()) {
    if (!PLURAL.test(key)) continue;
    const base = key.replace(PLURAL, '');
    forms.set(base, (forms.get(base) ?? 0) + 1);
  }
  for (const [base, count] of forms) {
    if (count < 2) continue; // a lone `too_many` or `invite_for_other` is a word
    for (const form of REQUIRED) {
      if (!keys.has(`${base}_${form}`)) faults.push(`${language}/${file}: ${base} has no _${form}`);
    }
  }
}

const reference = load(source);
for (const [file, keys] of reference) checkPlurals(source, file, keys);

for (const language of others) {
  const translated = load(language);
  for (const [file, keys] of reference) {
    const theirs = translated.get(file) ?? new Map();
    checkPlurals(language, file, theirs);
    for (const [key, text] of keys) {
      const other = theirs.get(key);
      if (other === undefined) faults.push(`${language}/${file}: missing ${key}`);
      else if (other.trim() === '') faults.push(`${language}/${file}: empty ${key}`);
      else if (!PLURAL.test(key) && names(other) !== names(text))
        faults.push(`${language}/${file}: ${key} fills other names`);
    }
    for (const key of theirs.keys())
      if (!keys.has(key)) faults.push(`${language}/${file}: ${key} is not in ${source}`);
  }
}

for (const fault of faults) console.error(`locales: ${fault}`);
const total = [...reference.values()].reduce((sum, keys) => sum + keys.size, 0);
console.log(`locales: ${total} keys in ${others.length + 1} languages, ${faults.length} faults`);
if (faults.length > 0) process.exit(1);
