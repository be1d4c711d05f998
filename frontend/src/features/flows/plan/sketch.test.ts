import { PALETTE, TYPES } from '../model/a-flow';
import { cardOf, targetOf } from '../model/document';
import { isLegible } from '../model/geometry';
import { alike, missingOf, sketch, type Plan, type Words } from './sketch';

const WORDS: Words = {
  name: 'Atendimento',
  greeting: 'Olá!',
  question: 'Como posso ajudar?',
  notes: { erp: 'Ligar o ERP:', api: 'Chamar o sistema:', ai: 'Com inteligência artificial:' },
};
const aPlan = (change: Partial<Plan> = {}): Plan => ({
  reach: 'nothing',
  lookups: '',
  wantsAi: false,
  intents: '',
  options: [
    { id: 'op_1', label: ' Boleto ', department: 'department:1' },
    { id: 'op_2', label: 'Suporte', department: null },
    { id: 'op_3', label: ' ', department: 'department:3' },
  ],
  fallback: 'department:2',
  ...change,
});
const drawn = (change: Partial<Plan> = {}) => sketch(aPlan(change), WORDS, ['whatsapp'], TYPES);

it('consent comes first, then a greeting, then the menu, and each option leads to its own transfer', () => {
  const flow = drawn();
  expect(flow.start).toBe('consentimento');
  expect(targetOf(flow, 'consentimento', 'accepted')).toBe('saudacao');
  expect(targetOf(flow, 'saudacao', 'next')).toBe('menu');
  expect(targetOf(flow, 'menu', 'opt:op_1')).toBe('para_op_1');
  expect(targetOf(flow, 'menu', 'opt:op_2')).toBe('para_op_2');
  expect(cardOf(flow, 'menu')?.settings.options).toEqual([
    { id: 'op_1', label: 'Boleto', number: 1 },
    { id: 'op_2', label: 'Suporte', number: 2 },
  ]);
});

it('a transfer goes where it was told to; where nothing was chosen it is left to be chosen', () => {
  const flow = drawn();
  const [boleto, suporte] = [cardOf(flow, 'para_op_1'), cardOf(flow, 'para_op_2')];
  expect(boleto?.name).toBe('Boleto');
  expect(boleto?.settings).toEqual({ target: 'department', department: 'department:1' });
  expect(suporte?.settings).toEqual({ target: 'department' });
  expect(flow.settings).toEqual({ fallback: { department: 'department:2' } });
  expect(drawn({ fallback: null }).settings).toEqual({});
});

it('options stand in their order, from the top down', () => {
  const flow = drawn();
  const [boleto, suporte] = [cardOf(flow, 'para_op_1'), cardOf(flow, 'para_op_2')];
  expect(boleto?.position?.y).toBeLessThan(suporte?.position?.y ?? 0);
});

it('cards have places of their own, and are of the version that the palette has', () => {
  const types = new Map(PALETTE.map((type) => [type.type, { ...type, v: 3 }]));
  const flow = sketch(aPlan(), WORDS, [], types);
  expect(isLegible(flow, types)).toBe(true);
  expect(cardOf(flow, 'menu')?.v).toBe(3);
});

it('what no card does yet becomes a note, wish by wish, and lies over no card', () => {
  const flow = drawn({
    reach: 'erp',
    lookups: 'Segunda via\n\n Consultar plano ',
    wantsAi: true,
    intents: '',
  });
  expect(flow.notes?.map(({ text }) => text)).toEqual([
    'Ligar o ERP:\n– Segunda via\n– Consultar plano',
    'Com inteligência artificial:',
  ]);
  const start = cardOf(flow, 'consentimento')?.position ?? { x: 0, y: 0 };
  const [over, under] = flow.notes ?? [];
  expect((over?.position?.y ?? 0) + (over?.size?.h ?? 0)).toBeLessThan(start.y);
  expect(under?.position?.y).toBeGreaterThan(start.y);
  expect(drawn().notes).toEqual([]);
});

it('two options that sound the same are one too many, and one alone is no menu', () => {
  const twice = [
    { id: 'op_1', label: 'Fatura', department: null },
    { id: 'op_2', label: ' fatúra', department: null },
  ];
  expect([...alike(twice)]).toEqual(['op_2']);
});

it('says what it misses: names that differ, enough of them, its own', () => {
  const [first] = aPlan().options;
  const twice = [first, { id: 'op_9', label: 'boleto', department: null }].filter((one) => !!one);
  expect(missingOf(aPlan({ options: twice }), 'Fluxo')).toBe('alike');
  expect(missingOf(aPlan({ options: twice.slice(1) }), 'Fluxo')).toBe('options');
  expect(missingOf(aPlan(), ' ')).toBe('name');
  expect(missingOf(aPlan(), 'Fluxo')).toBeUndefined();
});
