import { expect, it } from 'vitest';
import { stretchesOf } from './marked';

const drawn = (channel: string, text: string) =>
  stretchesOf(channel, text)
    .map((one) => `${one.looks.join('+')}[${one.text}]`)
    .join('');

it.each([
  ['whatsapp', 'Oi, *Ana*!', '[Oi, ]bold[Ana][!]'],
  ['whatsapp', '*bem _junto_*', 'bold[bem ]bold+italic[junto]'],
  ['whatsapp', '2*3*4 e snake_case_aqui', '[2*3*4 e snake_case_aqui]'],
  ['whatsapp', '```*não*```', 'mono[*não*]'],
  [
    'telegram',
    'Oi, <b>Ana &amp; <i>Bia</i></b> &lt;b&gt;',
    '[Oi, ]bold[Ana & ]bold+italic[Bia][ <b>]',
  ],
  ['webchat', '<b>*nada*</b>', '[<b>*nada*</b>]'],
  ['telephony', 'um &lt; dois', '[um < dois]'],
])('%s draws “%s”', (channel, text, expected) => {
  expect(drawn(channel, text)).toBe(expected);
});
