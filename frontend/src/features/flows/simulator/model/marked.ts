/** How a network draws a text that was rendered for it: stretches, and what each looks like. */

export type Look = 'bold' | 'italic' | 'strike' | 'mono';
export type Stretch = { text: string; looks: Look[] };

/* Longer ones first: what stands in mono is nothing else besides. */
const TYPED: [Look, RegExp][] = [
  ['mono', /```(.+?)```/su],
  ['bold', /(?<![\p{L}\p{N}*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\p{L}\p{N}*])/u],
  ['italic', /(?<![\p{L}\p{N}_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\p{L}\p{N}_])/u],
  ['strike', /(?<![\p{L}\p{N}~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\p{L}\p{N}~])/u],
];

function typed(text: string, looks: Look[] = []): Stretch[] {
  for (const [look, marks] of TYPED) {
    const found = marks.exec(text);
    if (!found || looks.includes('mono')) continue;
    const [whole, inside = ''] = found;
    return [
      ...typed(text.slice(0, found.index), looks),
      ...typed(inside, [...looks, look]),
      ...typed(text.slice(found.index + whole.length), looks),
    ];
  }
  return text ? [{ text, looks }] : [];
}

const TAGS: Record<string, Look> = { b: 'bold', i: 'italic', s: 'strike', pre: 'mono' };
const SIGNS: Record<string, string> = { amp: '&', lt: '<', gt: '>' };
const unescaped = (text: string) =>
  text.replace(/&(amp|lt|gt);/gu, (_, sign: string) => SIGNS[sign] ?? '');

/** Of our own renderer: these four tags, in pairs, and three signs. Nothing of it is ever taken for markup here. */
function tagged(text: string): Stretch[] {
  const open: Look[] = [];
  return text.split(/(<\/?(?:b|i|s|pre)>)/u).flatMap((part) => {
    const tag = /^<(\/?)(b|i|s|pre)>$/u.exec(part);
    if (!tag) return part ? [{ text: unescaped(part), looks: [...open] }] : [];
    if (tag[1]) open.pop();
    else open.push(TAGS[tag[2] ?? ''] ?? 'bold');
    return [];
  });
}

const plain = (text: string): Stretch[] => (text ? [{ text, looks: [] }] : []);

const BY_CHANNEL: Record<string, (text: string) => Stretch[]> = {
  whatsapp: (text) => typed(text),
  telegram: tagged,
  telephony: (text) => plain(unescaped(text)),
};

export const stretchesOf = (channel: string, text: string) => (BY_CHANNEL[channel] ?? plain)(text);
