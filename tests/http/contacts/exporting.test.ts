/** The address book as a file: what its reader's list shows, whatever happens on the way, for nobody but them. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Answer, Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { steppedUp } from '../support/step-up.ts';
import { until } from '../support/until.ts';

type Export = Schemas['ContactExport'];

let account: Account;
let olga: Browser;

const start = async (of: Browser, filter = '', format: Export['format'] = 'csv'): Promise<Export> =>
  (await of.post('/api/v1/contact-exports', { format, locale: 'pt-BR', filter })).ok<Export>(201);
const become = (of: Browser, id: number, state: Export['state'], meanwhile?: () => Promise<void>): Promise<Export> =>
  until(`an export ${state}`, async () => {
    await meanwhile?.();
    const one = (await of.get(`/api/v1/contact-exports/${id}`)).ok<Export>();
    return one.state === state ? one : undefined;
  }, 60_000);
const download = (of: Browser, id: number): Promise<Answer> => of.post(`/api/v1/contact-exports/${id}/download`);

/** Rows of the file, by what stands in its first line. */
function rows(text: string): Record<string, string>[] {
  const [head, ...lines] = text.replace(/^\uFEFF/, '').trimEnd().split('\r\n')
    .map((line) => line.slice(1, -1).split('";"').map((cell) => cell.replaceAll('""', '"')));
  return lines.map((cells) => Object.fromEntries((head ?? []).map((title, at) => [title, cells[at] ?? ''])));
}
async function file(of: Browser, filter = ''): Promise<Record<string, string>[]> {
  const { id } = await start(of, filter);
  await become(of, id, 'done');
  const answer = await download(of, id);
  answer.ok();
  return rows(answer.text);
}
const made = async (body: object): Promise<number> => (await olga.post('/api/v1/contacts', body)).ok<{ id: number }>(201).id;
const group = async (name: string, ...contact_ids: number[]): Promise<number> => {
  const { id } = (await olga.post('/api/v1/contact-groups', { name })).ok<{ id: number }>(201);
  (await olga.post(`/api/v1/contact-groups/${id}/add`, { contact_ids })).ok();
  return id;
};

beforeAll(async () => {
  account = await anAccount();
  olga = await steppedUp(await account.as('olga'));
});

describe('an export', () => {
  it('holds everything that the screens show of a contact, and is handed over as a file', async () => {
    const plan = (await olga.post('/api/v1/contact-fields', { name: 'Plano', kind: 'number' })).ok<{ id: number }>(201);
    const fibre = (await olga.post('/api/v1/contact-fields', { name: 'Fibra', kind: 'flag' })).ok<{ id: number }>(201);
    const rita = await made({ name: '=cmd|x', phone: '5549988110001', email: 'rita@exemplo.org', notes: 'à "tarde"', fields: [{ field_id: plan.id, value: '12.5' }, { field_id: fibre.id, value: 'sim' }] });
    (await olga.post(`/api/v1/contacts/${rita}/identities`, { kind: 'phone', address: '5549988110002' })).ok(201);
    (await olga.post(`/api/v1/contacts/${rita}/identities`, { kind: 'external', address: 'crm-7' })).ok(201);
    (await olga.post(`/api/v1/contacts/${rita}/customers`, { document: '529.982.247-25', name: 'Rita' })).ok(201);
    (await olga.post(`/api/v1/contacts/${rita}/consents`, { kind: 'marketing', act: 'granted' })).ok(201);
    const tag = (await olga.post('/api/v1/tags', { name: 'VIP' })).ok<{ id: number }>(201);
    (await olga.post(`/api/v1/contacts/${rita}/tags`, { tag_id: tag.id })).ok(204);
    const only = await group('Saída', rita);
    const { id } = await start(olga, `group_id=${only}`);
    const done = await become(olga, id, 'done');
    const answer = await download(olga, id);
    answer.ok();
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="contatos-\d{4}-\d\d-\d\d\.csv"/);
    expect(answer.bytes.length).toBe(done.size_bytes);
    expect(answer.text.startsWith('\uFEFF"Nome";')).toBe(true);
    expect(rows(answer.text)).toEqual([expect.objectContaining({
      Nome: "'=cmd|x", Telefone: '55 49 98811-0001', 'Outros telefones': '55 49 98811-0002', 'E-mail': 'rita@exemplo.org', 'Outras identidades': 'crm-7',
      'CPF/CNPJ': '529.982.247-25', Grupos: 'Saída', Etiquetas: 'VIP', 'Aceita divulgação': 'Sim', Anotações: 'à "tarde"', Plano: '12,5', Fibra: 'Sim', Bloqueado: 'Não',
    })]);
    expect(await sql("SELECT count(*) FROM audit_events WHERE account_id = :'a' AND action = 'contact_export.downloaded' AND subject_id = :'i'", { a: account.id, i: id })).toBe('1');
  });

  it('as a workbook comes back through the import, where everybody is known already', async () => {
    const { id } = await start(olga, '', 'xlsx');
    await become(olga, id, 'done');
    const book = await download(olga, id);
    book.ok();
    const sent = (await olga.upload('contatos.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', book.bytes)).ok<Schemas['Attachment']>(201);
    const read = (await olga.post('/api/v1/contact-imports', { attachment_id: sent.id })).ok<Schemas['OpenContactImport']>(201);
    const now = async (state: string): Promise<Schemas['OpenContactImport']> =>
      until(`an import ${state}`, async () => {
        const one = (await olga.get(`/api/v1/contact-imports/${read.id}`)).ok<Schemas['OpenContactImport']>();
        return one.state === state ? one : undefined;
      });
    const { mapping, header } = await now('mapping');
    expect(header.slice(0, 4)).toEqual(['Nome', 'Telefone', 'Outros telefones', 'E-mail']);
    expect(mapping.slice(0, 4)).toEqual(['name', 'phone', '', 'email']);
    (await olga.post(`/api/v1/contact-imports/${read.id}/try`, { mapping })).ok();
    expect(await now('tried')).toMatchObject({ new_count: 0, wrong_count: 0, line_count: 1, same_count: 1 });
  });

  it('is masked and narrowed as the list is for whoever asks', async () => {
    const seeing = (permissions: string, scope: string, masks: number): Promise<string> =>
      sql(`INSERT INTO groups AS g (account_id, name, permissions, scope, masks) VALUES (:'a', 'Saídas', :'p', :'s', :'m')
           ON CONFLICT (account_id, name) DO UPDATE SET permissions = :'p', scope = :'s', masks = :'m' RETURNING id`,
        { a: account.id, p: permissions, s: scope, m: masks });
    const all = await seeing('{contacts.view,contacts.view_all,contacts.create,contacts.export,customers.view}', 'account', 15);
    await sql("UPDATE memberships SET group_id = :'g' WHERE account_id = :'a' AND id = :'m'", { g: all, a: account.id, m: account.members.camila });
    const camila = await steppedUp(await account.as('camila'));
    const [masked] = await file(camila);
    const [line] = (await camila.get('/api/v1/contacts')).ok<Schemas['ContactPage']>().data;
    expect(masked).toMatchObject({ 'E-mail': line?.email, Telefone: line?.phone?.slice(1), 'CPF/CNPJ': '•••.982.247-••' });
    expect(line?.phone).toContain('•');
    expect(masked?.['Outros telefones']).toMatch(/^55 49 •/);
    /* Whose list is of their own contacts only has a file of no others. */
    await seeing('{contacts.view,contacts.create,contacts.export}', 'own', 0);
    const own = (await camila.post('/api/v1/contacts', { name: 'Só da Camila' })).ok<{ id: number }>(201).id;
    expect((await camila.get('/api/v1/contacts')).ok<Schemas['ContactPage']>().data.map(({ id }) => id)).toEqual([own]);
    expect((await file(camila)).map(({ Nome }) => Nome)).toEqual(['Só da Camila']);
  });

  it('is of one member, who may still have it, and proves who they are', async () => {
    const { id } = await start(olga);
    await become(olga, id, 'done');
    const ana = await account.as('ana');
    (await ana.get('/api/v1/contact-exports')).refused(403, 'permission_denied');
    (await ana.post('/api/v1/contact-exports', { format: 'csv', locale: 'en' })).refused(403, 'permission_denied');
    const other = await anAccount();
    const stranger = await steppedUp(await other.as('olga'));
    (await download(stranger, id)).refused(404, 'not_found');
    (await (await other.as('rafael')).post('/api/v1/contact-exports', { format: 'csv', locale: 'en' })).refused(403, 'step_up_required');
    (await olga.post('/api/v1/contact-exports', { format: 'pdf', locale: 'en' })).refused(400, 'unknown_value', 'format');
    (await olga.post('/api/v1/contact-exports', { format: 'csv', locale: 'en', filter: 'consent=perhaps' })).refused(400, 'unknown_value', 'consent');
    await sql("UPDATE groups SET masks = 1 WHERE account_id = :'a' AND builtin = 'owner'", { a: account.id });
    (await download(olga, id)).refused(409, 'access_changed');
    await sql("UPDATE groups SET masks = 0 WHERE account_id = :'a' AND builtin = 'owner'", { a: account.id });
    const again = await start(olga);
    const answer = await olga.post(`/api/v1/contact-exports/${again.id}/cancel`);
    if (answer.status === 200) expect(answer.ok<Export>().state).toBe('canceled');
    else answer.refused(409, 'export_over');
  });

  it('cut off again and again in the middle holds everybody once', async () => {
    const people = 20_000;
    await sql(`INSERT INTO contacts (account_id, name, created_at) SELECT :'a', 'Multidão ' || n, now() FROM generate_series(1, ${people}) n`, { a: account.id });
    let cuts = 0;
    const { id } = await start(olga);
    const cut = async (): Promise<void> => {
      if (cuts === 3) return;
      cuts += Number(await sql(`SELECT count(*) FROM (SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                                 WHERE usename = 'balcao_worker' AND state <> 'idle' AND (query LIKE '%contact_exports%' OR query LIKE '%string_agg%')) cut`));
    };
    const done = await become(olga, id, 'done', cut);
    const names = rows((await download(olga, id)).text).map(({ Nome }) => Nome).filter((name) => name?.startsWith('Multidão'));
    expect(cuts).toBeGreaterThan(0);
    expect(done.done_count).toBe(done.total_count);
    expect([new Set(names).size, names.length]).toEqual([people, people]);
  }, 120_000);
});
