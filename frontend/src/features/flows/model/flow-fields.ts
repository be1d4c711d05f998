import type { Field } from './palette';

const DAY_S = 86_400;
const text = (name: string): Field => ({ name, type: 'template', max: 4096 });
const words = (name: string): Field => ({ name, type: 'words', max: 20 });
const isExpiry = (word: string) => ({ visible_if: { field: 'on_expire', in: [word] } });

/** Settings of a flow, section by section: named like a card's, and asked for the same way. */
export const FLOW_SECTIONS: { name: string; fields: Field[] }[] = [
  {
    name: 'fallback',
    fields: [
      { name: 'department', type: 'ref', words: ['department'] },
      { name: 'flow', type: 'ref', words: ['flow'] },
    ],
  },
  {
    name: 'human',
    fields: [
      { name: 'enabled', type: 'bool', default: true },
      { name: 'digit', type: 'plain', max: 1, default: '0' },
      words('words'),
      { name: 'department', type: 'ref', words: ['department'] },
    ],
  },
  {
    name: 'menu',
    fields: [
      { name: 'enabled', type: 'bool', default: true },
      words('words'),
      { name: 'card', type: 'card' },
    ],
  },
  {
    name: 'silence',
    fields: [
      {
        name: 'remind_after_s',
        type: 'duration',
        min: 30,
        max: 82_800,
        allows_zero: true,
        default: 600,
      },
      { name: 'reminders', type: 'int', min: 0, max: 3, default: 1 },
      { name: 'expire_after_s', type: 'duration', min: 60, max: 7 * DAY_S, default: 3600 },
      { name: 'on_expire', type: 'enum', words: ['close', 'transfer', 'flow'], default: 'close' },
      { name: 'flow', type: 'ref', words: ['flow'], required: true, ...isExpiry('flow') },
      { name: 'department', type: 'ref', words: ['department'], ...isExpiry('transfer') },
      { name: 'reason', type: 'ref', words: ['reason'] },
    ],
  },
  { name: 'silence_texts', fields: [text('remind'), text('expire')] },
  {
    name: 'texts',
    fields: [text('invalid'), text('ambiguous'), text('stale'), text('error'), text('media')],
  },
];

/** Those that stand beside the sections. */
export const FLOW_FIELDS: Field[] = [
  words('opt_out_words'),
  { name: 'window_closed', type: 'enum', words: ['transfer', 'end'], default: 'transfer' },
  { name: 'hand_back', type: 'enum', words: ['resume', 'restart', 'ask'], default: 'ask' },
  { name: 'pace_ms', type: 'int', min: 0, max: 10_000, default: 700 },
  { name: 'typing', type: 'bool', default: true },
  { name: 'keep_days', type: 'int', min: 14, max: 1825, default: 180 },
];

export const CHANNEL_KINDS = [
  'whatsapp',
  'messenger',
  'instagram',
  'facebook',
  'telegram',
  'webchat',
  'api',
  'telephony',
];
