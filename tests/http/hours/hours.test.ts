/** When somebody is there: periods, who follows them, holidays, and what a trial says of a date. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { reply } from '../support/desk.ts';
import { until } from '../support/until.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

type Hours = Schemas['Hours'];
type Shift = Hours['shifts'][number];
type Trial = Schemas['HoursTrial'];

let account: Account;
let rafael: Browser;

const DAYS = [1, 2, 3, 4, 5];
/** Monday to Friday 08:00–18:36, Saturday 08:00–12:00. */
const COUNTER = [...DAYS.map((day) => ({ day, from_min: 480, until_min: 1116 })), { day: 6, from_min: 480, until_min: 720 }];

const aPeriod = (name: string, more: object = {}): object => ({ name, keeps_holidays: true, week: COUNTER, exceptions: [], ...more });
async function added(name: string, more: object = {}): Promise<number> {
  const { periods } = (await rafael.post('/api/v1/hours/periods', aPeriod(name, more))).ok<Hours>(201);
  return periods.find((one) => one.name === name)?.id ?? 0;
}
const trial = async (query: string): Promise<Trial> => (await rafael.get(`/api/v1/hours/trial?${query}`)).ok<Trial>();

beforeAll(async () => {
  account = await anAccount();
  rafael = await account.as('rafael');
});

describe('a period', () => {
  it('is told as it was said, and is put in the place of what was there', async () => {
    const id = await added('Comercial', { exceptions: [{ on: '2026-12-24', name: 'Véspera', ranges: [{ from_min: 480, until_min: 720 }] }] });
    const { periods } = (await rafael.get('/api/v1/hours')).ok<Hours>();
    expect(periods.find((one) => one.id === id)).toMatchObject({
      name: 'Comercial', branch_id: null, time_zone: 'America/Sao_Paulo', keeps_holidays: true, week: COUNTER,
      exceptions: [{ on: '2026-12-24', name: 'Véspera', ranges: [{ from_min: 480, until_min: 720 }] }],
    });
    const night = [{ day: 5, from_min: 1320, until_min: 1560 }];
    const saved = (await rafael.put(`/api/v1/hours/periods/${id}`, aPeriod('Noite', { week: night }))).ok<Hours>();
    expect(saved.periods.find((one) => one.id === id)).toMatchObject({ name: 'Noite', week: night, exceptions: [] });
  });

  it('is refused where a range is none, lies over another or a date comes twice', async () => {
    const post = (more: object) => rafael.post('/api/v1/hours/periods', aPeriod('Recusado', more));
    const week = (...ranges: [number, number, number][]) => ({ week: ranges.map(([day, from_min, until_min]) => ({ day, from_min, until_min })) });
    (await post(week([1, 480, 480]))).refused(400, 'range_invalid', 'week[0].from_min');
    (await post(week([1, 480, 720], [1, 719, 800]))).refused(400, 'range_overlaps', 'week[1].from_min');
    (await post(week([1, 1439, 2880]))).refused(400, 'range_invalid', 'week[0].from_min');
    (await post(week([8, 480, 720]))).refused(400, 'out_of_range', 'week[0].day');
    (await post({ exceptions: [{ on: '2026-02-30', ranges: [] }] })).refused(400, 'date_invalid', 'exceptions[0].on');
    (await post({ exceptions: [{ on: '2026-02-20', ranges: [] }, { on: '2026-02-20', ranges: [] }] })).refused(400, 'date_repeated', 'exceptions[1].on');
    (await post({ branch_id: 1 })).refused(404, 'branch_unknown', 'branch_id');
    await added('Único');
    (await rafael.post('/api/v1/hours/periods', aPeriod('Único'))).refused(409, 'period_name_is_taken');
  });

  it('stays as long as somebody follows it', async () => {
    const id = await added('Seguido');
    const department = { id: account.departments['Vendas'], period_id: id };
    (await rafael.put('/api/v1/hours/followers', { departments: [department] })).ok();
    (await rafael.delete(`/api/v1/hours/periods/${id}`)).refused(409, 'period_in_use');
    (await rafael.put('/api/v1/hours/followers', { departments: [{ id: department.id, period_id: null }] })).ok();
    expect((await rafael.delete(`/api/v1/hours/periods/${id}`)).ok<Hours>().periods.some((one) => one.id === id)).toBe(false);
    (await rafael.delete(`/api/v1/hours/periods/${id}`)).refused(404, 'not_found');
  });

  it('is followed by what exists and nothing else', async () => {
    (await rafael.put('/api/v1/hours/followers', { departments: [{ id: account.departments['Vendas'], period_id: 999_999 }] })).refused(404, 'period_unknown', 'period_id');
    (await rafael.put('/api/v1/hours/followers', { departments: [{ id: 999_999 }] })).refused(404, 'department_unknown', 'departments');
    (await rafael.put('/api/v1/hours/followers', { channels: [{ id: 999_999 }] })).refused(404, 'channel_unknown', 'channels');
  });

  it('is changed by those who lead, and read by everybody', async () => {
    const ana = await account.as('ana');
    (await ana.post('/api/v1/hours/periods', aPeriod('Da Ana'))).refused(403, 'permission_denied');
    (await ana.get('/api/v1/hours')).ok();
    (await (await account.as('camila')).post('/api/v1/hours/periods', aPeriod('Da Camila'))).ok(201);
  });
});

describe('a trial', () => {
  it('says what happens at a date and time, and by which rule', async () => {
    const id = await added('Balcão', { exceptions: [{ on: '2026-12-28', name: 'Inventário', ranges: [] }] });
    const at = (wall: string): Promise<Trial> => trial(`period_id=${id}&at=${wall}`);
    expect(await at('2026-11-23T18:35')).toMatchObject({
      wall: '2026-11-23T18:35', time_zone: 'America/Sao_Paulo', decided_by: 'period', period_name: 'Balcão', rule: 'week',
      range: { on: '2026-11-23', from_min: 480, until_min: 1116 },
      state: { is_open: true, opens_at: null, closes_at: '2026-11-23T21:36:00.000000Z' },
    });
    expect((await at('2026-11-23T18:36')).state).toEqual({ is_open: false, opens_at: '2026-11-24T11:00:00.000000Z', closes_at: null });
    expect(await at('2026-12-25T10:00')).toMatchObject({ rule: 'holiday', rule_name: 'Natal', range: null, state: { opens_at: '2026-12-26T11:00:00.000000Z' } });
    expect(await at('2026-12-28T10:00')).toMatchObject({ rule: 'exception', rule_name: 'Inventário', state: { opens_at: '2026-12-29T11:00:00.000000Z' } });
    (await rafael.get(`/api/v1/hours/trial?period_id=${id}&at=amanh%C3%A3`)).refused(400, 'date_invalid', 'at');
    (await rafael.get('/api/v1/hours/trial?period_id=999999')).refused(404, 'not_found');
    (await rafael.get('/api/v1/hours/trial?department_id=999999')).refused(404, 'not_found');
  });

  it('asks the department first, then the account; where nobody decides it is open', async () => {
    const [suporte, vendas] = [account.departments['Suporte'], account.departments['Vendas']];
    const [open, closed] = [await added('Sempre', { week: COUNTER }), await added('Nunca', { week: [] })];
    expect(await trial(`department_id=${suporte}`)).toMatchObject({ decided_by: 'nobody', rule: 'always', state: { is_open: true } });
    (await rafael.put('/api/v1/hours/followers', {
      account: { period_id: open, away_text: 'Voltamos já.' },
      departments: [{ id: vendas, period_id: closed }],
    })).ok();
    expect(await trial(`department_id=${suporte}&at=2026-11-23T10:00`)).toMatchObject({ decided_by: 'account', state: { is_open: true }, away_text: 'Voltamos já.' });
    expect(await trial(`department_id=${vendas}&at=2026-11-23T10:00`)).toMatchObject({ decided_by: 'department', state: { is_open: false, opens_at: null } });
    const { departments } = await account.catalogue();
    expect(departments.find(({ id }) => id === vendas)?.hours).toEqual({ is_open: false, opens_at: null, closes_at: null });
    (await rafael.put('/api/v1/hours/followers', { account: { period_id: null, away_text: '' }, departments: [{ id: vendas }] })).ok();
  });
});

describe('holidays', () => {
  it('are computed for a year and a state', async () => {
    type Holidays = { data: Schemas['Holiday'][] };
    const { data } = (await rafael.get('/api/v1/hours/holidays?year=2027&uf=SP')).ok<Holidays>();
    const on = (code: string): string | undefined => data.find((one) => one.code === code)?.on;
    expect([on('good_friday'), on('corpus_christi'), on('sp_revolution'), on('rj_saint_george')]).toEqual(['2027-03-26', '2027-05-27', '2027-07-09', undefined]);
    (await rafael.get('/api/v1/hours/holidays?year=2027&uf=XX')).refused(400, 'unknown_value', 'uf');
    (await rafael.get('/api/v1/hours/holidays')).refused(400, 'required', 'year');
  });

  it('close where state, city and account keep them', async () => {
    const id = await added('Feriados');
    const rule = async (wall: string): Promise<string | null> => (await trial(`period_id=${id}&at=${wall}`)).rule_name;
    expect(await rule('2027-02-09T10:00')).toBeNull();
    (await rafael.put('/api/v1/hours/places', { uf: 'BA', branches: [] })).ok();
    const kept = { switches: [{ code: 'carnival_tuesday', is_kept: true }, { code: 'tiradentes', is_kept: false }], city: [{ name: 'Padroeira', on: '2020-03-29', every_year: true }] };
    expect((await rafael.put('/api/v1/hours/holidays', kept)).ok<Hours>()).toMatchObject({ uf: 'BA', city: kept.city, switches: kept.switches });
    expect(await rule('2027-02-09T10:00')).toBe('Carnaval');
    expect(await rule('2027-04-21T10:00')).toBeNull();
    expect(await rule('2027-07-02T10:00')).toBe('Independência da Bahia');
    expect(await rule('2027-03-29T10:00')).toBe('Padroeira');
    (await rafael.put('/api/v1/hours/holidays', { switches: [{ code: 'natal', is_kept: true }], city: [] })).refused(400, 'unknown_value', 'switches[0].code');
    (await rafael.put('/api/v1/hours/holidays', { switches: [], city: [{ name: 'X', on: '2026-13-01', every_year: true }] })).refused(400, 'date_invalid', 'city[0].on');
    (await rafael.put('/api/v1/hours/places', { uf: 'xx', branches: [] })).refused(400, 'unknown_value', 'uf');
  });
});

describe('who writes when nobody is there', () => {
  const AWAY = 'Estamos fechados. Voltamos {{hours.next_opening|relative}}.';
  let whatsapp: Whatsapp;

  beforeAll(async () => {
    whatsapp = await aWhatsapp(account);
    const never = await added('Nunca mesmo', { week: [] });
    (await rafael.put('/api/v1/hours/followers', { channels: [{ id: whatsapp.id, period_id: never, away_text: AWAY }] })).ok();
  });

  it('is told once, and is in the list of those until somebody answers', async () => {
    const ana = await account.as('ana');
    const rita = await whatsapp.customer();
    await rita.say('Alguém aí?');
    expect(await rita.texts(1)).toEqual(['Estamos fechados. Voltamos.']);
    await rita.say('Oi?');
    const marked = async (): Promise<Schemas['Ticket'][]> =>
      (await ana.get('/api/v1/tickets?tab=waiting&out_of_hours=true')).ok<{ data: Schemas['Ticket'][] }>().data;
    const [ticket] = await until('both messages', async () => {
      const rows = (await marked()).filter(({ contact, unread_count }) => contact.name === rita.name && unread_count === 2);
      return rows.length > 0 ? rows : undefined;
    });
    expect(ticket?.out_of_hours_at).not.toBeNull();
    expect((await ana.get('/api/v1/tickets?tab=waiting&out_of_hours=true&order=oldest')).ok<{ data: unknown[] }>().data).toHaveLength(1);
    expect(await rita.texts(1)).toHaveLength(1);
    const id = ticket?.id ?? 0;
    (await ana.post(`/api/v1/tickets/${id}/take`)).ok();
    await reply(ana, id, 'Estou aqui.');
    expect((await ana.get(`/api/v1/tickets/${id}`)).ok<Schemas['Ticket']>().out_of_hours_at).toBeNull();
    expect((await ana.get('/api/v1/tickets?tab=serving&out_of_hours=true')).ok<{ data: unknown[] }>().data).toEqual([]);
  });

  it('is told nothing while it is open', async () => {
    const open = await added('Dia e noite', { keeps_holidays: false, week: [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, from_min: 0, until_min: 1440 })) });
    (await rafael.put('/api/v1/hours/followers', { channels: [{ id: whatsapp.id, period_id: open, away_text: AWAY }] })).ok();
    const rita = await whatsapp.customer();
    await rita.say('Alguém aí?');
    const ana = await account.as('ana');
    const ticket = await until('the ticket', async () =>
      (await ana.get('/api/v1/tickets?tab=waiting')).ok<{ data: Schemas['Ticket'][] }>().data.find(({ contact }) => contact.name === rita.name));
    expect(ticket.out_of_hours_at).toBeNull();
    expect(await rita.texts(0)).toEqual([]);
  });
});

it('shifts are named parts of the day', async () => {
  const shifts = [{ name: 'Manhã', from_min: 360, until_min: 720 }, { name: 'Noite', from_min: 1080, until_min: 1800 }];
  const { shifts: kept } = (await rafael.put('/api/v1/hours/shifts', { shifts })).ok<Hours>();
  expect(kept).toMatchObject(shifts);
  (await rafael.put('/api/v1/hours/shifts', { shifts: [shifts[0], shifts[0]] })).refused(409, 'shift_name_is_taken');
  (await rafael.put('/api/v1/hours/shifts', { shifts: [{ name: 'X', from_min: 10, until_min: 5 }] })).refused(400, 'range_invalid', 'shifts[0].from_min');

  /* Called otherwise it is the same one: flows name it by its number, and what they name does not go. */
  const [morning, night] = kept as [Shift, Shift];
  const swapped = [{ ...morning, name: 'Noite' }, { ...night, name: 'Manhã' }, { name: 'Tarde', from_min: 720, until_min: 1080 }];
  const again = (await rafael.put('/api/v1/hours/shifts', { shifts: swapped })).ok<Hours>().shifts;
  expect(again.find(({ id }) => id === morning.id)).toMatchObject({ name: 'Noite', from_min: 360 });
  expect(again.find(({ id }) => id === night.id)).toMatchObject({ name: 'Manhã' });
  for (const strange of [[{ ...morning, id: 1e9 }], [morning, { ...morning, name: 'Outra' }]])
    (await rafael.put('/api/v1/hours/shifts', { shifts: strange })).refused(400, 'unknown_value', 'shifts');
  const card = { id: 'turno', type: 'condition_shift', v: 1, settings: { rules: [{ id: 'noite', label: 'Noite', shifts: [`shift:${night.id}`] }] } };
  const document = { format: 'balcao-flow', format_version: 1, key: 'por-turno', name: 'Por turno', start: 'turno', cards: [card] };
  (await rafael.post('/api/v1/flows', { key: 'por-turno', document })).ok(201);
  (await rafael.put('/api/v1/hours/shifts', { shifts: [morning] })).refused(409, 'named_by_flows');
  expect((await rafael.put('/api/v1/hours/shifts', { shifts: [night] })).ok<Hours>().shifts).toMatchObject([{ id: night.id }]);
});
