import { expect, it } from 'vitest';
import type { TemplateShape } from './api';
import { filled, isWhole, paramsOf, placeOf } from './fill';

const shape: TemplateShape = {
  is_named: false,
  header: { kind: 'text', text: 'Fatura de {{1}}' },
  body: 'Oi, {{1}}. Vence em {{ 2 }}. {{3}}',
  footer: '',
  buttons: [],
  variables: [
    { name: 'header.1', place: 'header', index: 0, own: '1', example: 'maio' },
    { name: '1', place: 'body', index: 0, own: '1', example: 'Ana' },
    { name: '2', place: 'body', index: 0, own: '2', example: '' },
  ],
  unfit: null,
};

it('says what was given, else the example, else what stands there', () => {
  expect(filled(shape.body, shape.variables, 'body', { '1': ' Rita ' })).toBe(
    'Oi, Rita. Vence em {{ 2 }}. {{3}}',
  );
});

it('knows a variable of the header from one of the body that is called alike', () => {
  expect(filled('Fatura de {{1}}', shape.variables, 'header', { '1': 'Rita' })).toBe(
    'Fatura de maio',
  );
});

it('is whole when each of its own is said, and sends no others', () => {
  expect(isWhole(shape, { '1': 'Ana', '2': '10/05' })).toBe(false);
  const all = { 'header.1': 'maio', '1': 'Ana', '2': '10/05', other: 'x' };
  expect(isWhole(shape, all)).toBe(true);
  expect(paramsOf(shape, all).map(({ name }) => name)).toEqual(['header.1', '1', '2']);
});

it('is whole with a place on the map that is somewhere, and calls it by its name and its address', () => {
  const variable = (own: string) =>
    ({ name: `header.${own}`, place: 'location', index: 0, own, example: '' }) as const;
  const map: TemplateShape = {
    ...shape,
    header: { kind: 'location', text: '' },
    variables: ['latitude', 'longitude', 'name', 'address'].map(variable),
  };
  const shop = { 'header.name': 'Loja', 'header.address': 'Rua A, 1' };
  const at = (latitude: string, longitude: string) =>
    isWhole(map, { ...shop, 'header.latitude': latitude, 'header.longitude': longitude });
  expect(at('-23.5', '-46')).toBe(true);
  expect(at('-23,5', '-46')).toBe(false);
  expect(at('91', '-46')).toBe(false);
  expect(at('0', '-180.5')).toBe(false);
  expect(at('', '-46')).toBe(false);
  expect(placeOf(shop)).toBe('Loja, Rua A, 1');
  expect(placeOf({})).toBe('');
});
