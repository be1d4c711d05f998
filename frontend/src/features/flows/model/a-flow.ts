import type { Card, FlowDocument, Settings } from './document';
import type { CardType, Field } from './palette';

/** A palette and a flow for tests: a greeting, a menu of two, and where each leads. */
const options: Field[] = [
  { name: 'expect', type: 'enum', required: true, words: ['choice', 'confirm', 'await'] },
  { name: 'text', type: 'template', label: 'Pergunta', required: true },
  { name: 'options', type: 'options', visible_if: { field: 'expect', in: ['choice'] } },
  {
    name: 'validator',
    type: 'enum',
    visible_if: { field: 'expect', in: ['await'] },
    default: 'text',
  },
  { name: 'max_length', type: 'int', visible_if: { field: 'validator', in: ['text'] } },
];
const way = (name: string, required = true) => ({ name, label: name, required });

export const PALETTE: CardType[] = [
  {
    type: 'send_message',
    v: 1,
    kind: 'interaction',
    label: 'Enviar mensagem',
    fields: [{ name: 'text', type: 'template' }],
    outlets: [way('next')],
  },
  {
    type: 'question',
    v: 1,
    kind: 'interaction',
    label: 'Enviar pergunta',
    fields: options,
    outlets: [way('next'), way('exhausted', false), way('silent', false)],
  },
  {
    type: 'send_file',
    v: 1,
    kind: 'interaction',
    label: 'Enviar arquivo',
    fields: [
      { name: 'kind', type: 'enum', required: true, words: ['image', 'document'] },
      { name: 'text', type: 'plain' },
    ],
    outlets: [way('next')],
  },
  {
    type: 'transfer',
    v: 1,
    kind: 'tool',
    label: 'Transferir',
    fields: [{ name: 'department', type: 'ref', words: ['department'] }],
    outlets: [way('closed', false)],
  },
];
export const TYPES = new Map(PALETTE.map((type) => [type.type, type]));

const card = (id: string, type: string, settings: Settings = {}): Card => ({
  id,
  type,
  v: 1,
  settings,
});
export const MENU_OPTIONS = [
  { id: 'boleto', label: 'Boleto' },
  { id: 'suporte', label: 'Suporte' },
];

export const aFlow = (change: Partial<FlowDocument> = {}): FlowDocument => ({
  key: 'inicial',
  name: 'Atendimento inicial',
  channels: ['whatsapp'],
  start: 'oi',
  settings: {},
  variables: [],
  cards: [
    card('suporte', 'transfer', { department: 'department:2' }),
    card('financeiro', 'transfer', { department: 'department:1' }),
    card('menu', 'question', {
      expect: 'choice',
      text: 'Como posso ajudar?',
      options: MENU_OPTIONS,
    }),
    card('oi', 'send_message', { text: 'Olá!' }),
  ],
  connectors: [
    { from: 'oi', outlet: 'next', to: 'menu' },
    { from: 'menu', outlet: 'opt:boleto', to: 'financeiro' },
    { from: 'menu', outlet: 'opt:suporte', to: 'suporte' },
  ],
  ...change,
});
