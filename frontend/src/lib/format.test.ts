import { makeFormat, phone } from './format';

const words = { now: 'agora', today: 'hoje', yesterday: 'ontem' };
const format = makeFormat('pt-BR', 'America/Sao_Paulo', words);
const now = new Date('2026-11-20T15:00:00Z'); // friday, noon in São Paulo

it.each([
  ['2026-11-20T14:31:00Z', '11:31'],
  ['2026-11-20T02:30:00Z', 'ontem'], // 23:30 of the 19th over there
  ['2026-11-18T15:00:00Z', 'qua'],
  ['2026-08-12T15:00:00Z', '12/08'],
  ['2025-08-12T15:00:00Z', '12/08/2025'],
])('says when %s was, in the zone of the account', (iso, shown) => {
  expect(format.moment(iso, now)).toBe(shown);
});

it('says the hour of what was on another day too', () => {
  expect(format.timed('2026-11-20T14:31:00Z', now)).toBe('11:31');
  expect(format.timed('2026-11-19T14:31:00Z', now)).toBe('ontem 11:31');
});

it.each([
  ['America/Sao_Paulo', '2026-11-20', '2026-11-20T03:00:00.000Z'],
  ['America/Sao_Paulo', '2018-11-05', '2018-11-05T02:00:00.000Z'], // summer time since the day before
  ['Europe/Lisbon', '2026-03-29', '2026-03-29T00:00:00.000Z'], // moves at one that night
  ['Pacific/Auckland', '2026-04-05', '2026-04-04T11:00:00.000Z'], // and back at three
])('says when the day begins in %s on %s', (zone, day, begins) => {
  expect(makeFormat('pt-BR', zone, words).startOfDay(day)).toBe(begins);
});

it.each([
  [3, 'agora'],
  [40, '40 s'],
  [540, '9 min'],
  [3900, '1 h 05'],
  [11_520, '3 h 12'],
  [260_000, '3 d'],
  [-240, '−4 min'],
])('writes %d seconds as %s', (seconds, shown) => {
  expect(format.duration(seconds)).toBe(shown);
});

it('writes sizes and lengths the way people read them', () => {
  expect(format.bytes(112_000_000)).toBe('112 MB');
  expect(format.bytes(123_456_789_012)).toBe('123,5 GB');
  expect(format.playTime(23)).toBe('0:23');
});

it.each([
  ['+5549988412076', '+55 (49) 9 8841-2076'],
  ['554932220417', '+55 (49) 3222-0417'],
  ['4017', '4017'],
  ['12025550123', '+12025550123'],
])('groups the phone %s', (digits, shown) => {
  expect(phone(digits)).toBe(shown);
});

it('calls a zone what people call it', () => {
  expect(format.zoneName('America/Sao_Paulo')).toBe('Horário Padrão de Brasília');
});
