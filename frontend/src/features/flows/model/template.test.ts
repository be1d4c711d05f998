import { expect, it } from 'vitest';
import type { Settings } from './document';
import { ofTemplate } from './template';

const shape = {
  variables: [
    { name: 'nome', example: 'Ana' },
    { name: 'header.mes', example: 'maio' },
  ],
  buttons: [
    { kind: 'url', label: 'Ver' },
    { kind: 'quick_reply', label: 'Podemos' },
    { kind: 'quick_reply', label: 'Agora não' },
  ],
};

it('takes the variables and the quick replies of a template', () => {
  const { params, options } = ofTemplate(shape, {});
  expect(params).toEqual([
    { name: 'nome', value: '' },
    { name: 'header.mes', value: '' },
  ]);
  expect(options).toMatchObject([
    { label: 'Podemos', number: 1 },
    { label: 'Agora não', number: 2 },
  ]);
});

it('keeps what was said of those that are called alike, and their ways out', () => {
  const settings: Settings = {
    params: [
      { name: 'nome', value: '{{contact.first_name}}' },
      { name: 'velha', value: 'x' },
    ],
    options: [
      { id: 'op_1', label: 'Agora não', synonyms: ['depois'] },
      { id: 'op_2', label: 'Sumiu' },
    ],
  };
  const { params, options } = ofTemplate(shape, settings);
  expect(params).toEqual([
    { name: 'nome', value: '{{contact.first_name}}' },
    { name: 'header.mes', value: '' },
  ]);
  expect(options).toMatchObject([
    { label: 'Podemos' },
    { id: 'op_1', label: 'Agora não', number: 2, synonyms: ['depois'] },
  ]);
  expect((options as { id: string }[])[0]?.id).not.toBe('op_2');
});

it('has none where the template has none', () => {
  expect(ofTemplate({ variables: [], buttons: [] }, {})).toEqual({
    params: undefined,
    options: undefined,
  });
});
