import { timeZones } from './states';

it('a zone is called by its place and what people call its clock', () => {
  const zones = timeZones((zone) => `o relógio de ${zone}`);
  expect(zones[0]).toEqual({
    value: 'America/Sao_Paulo',
    label: 'São Paulo · o relógio de America/Sao_Paulo',
  });
  const abroad = zones.find(({ value }) => value === 'America/New_York');
  expect(abroad?.label).toBe('New York · o relógio de America/New_York');
  expect(new Set(zones.map(({ value }) => value)).size).toBe(zones.length);
});
