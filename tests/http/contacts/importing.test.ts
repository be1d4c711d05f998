/** Contacts from a file: tried before anything is made, run in batches that may be cut off, and undone. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { steppedUp } from '../support/step-up.ts';
import { until } from '../support/until.ts';

type Import = Schemas['OpenContactImport'];

let account: Account;
let olga: Browser;

const upload = async (text: string): Promise<Import> => {
  const file = (await olga.upload('contatos.csv', 'text/csv', Buffer.from(text))).ok<Schemas['Attachment']>(201);
  return (await olga.post('/api/v1/contact-imports', { attachment_id: file.id })).ok<Import>(201);
};
const now = async (id: number): Promise<Import> => (await olga.get(`/api/v1/contact-imports/${id}`)).ok<Import>();
const become = (id: number, state: Import['state'], patience_ms = 30_000): Promise<Import> =>
  until(`an import ${state}`, async () => {
    const one = await now(id);
    return one.state === state ? one : undefined;
  }, patience_ms);
const act = async (id: number, name: string, body?: unknown): Promise<Import> =>
  (await olga.post(`/api/v1/contact-imports/${id}/${name}`, body)).ok<Import>();
const contacts = async (): Promise<number> =>
  Number(await sql("SELECT count(*) FROM contacts WHERE account_id = :'a' AND deleted_at IS NULL", { a: account.id }));

/** Whoever carries an import out loses the database in the middle; whether there was somebody. */
const cut = async (): Promise<boolean> =>
  Number(await sql(`SELECT count(*) FROM (SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                     WHERE usename = 'balcao_worker' AND state <> 'idle' AND query LIKE '%contact_import%') cut`)) > 0;

/** Cut off once on the way to a state, or as often as it took to be there. */
async function becomeCut(id: number, state: Import['state']): Promise<{ reached: Import; cuts: number }> {
  let cuts = 0;
  const reached = await until(`an import ${state}`, async () => {
    if (cuts < 2 && (await cut())) cuts += 1;
    const one = await now(id);
    return one.state === state ? one : undefined;
  }, 60_000);
  return { reached, cuts };
}

beforeAll(async () => {
  account = await anAccount();
  olga = await steppedUp(await account.as('olga'));
});

describe('an import', () => {
  it('guesses columns, tells what would become of each line, makes it, and takes it back', async () => {
    const group = (await olga.post('/api/v1/contact-groups', { name: 'Importados' })).ok<{ id: number }>(201);
    const field = (await olga.post('/api/v1/contact-fields', { name: 'Plano', kind: 'choice', choices: ['Fibra', 'Rádio'] })).ok<{ id: number }>(201);
    (await olga.post('/api/v1/contacts', { name: 'Já estava', phone: '5549988000001' })).ok(201);
    const before = await contacts();
    const made = await upload(
      ['Nome;Celular;E-mail;Plano', 'João;(49) 98800-0002;joao@exemplo.org;fibra', 'Já estava;49 98800-0001;;', 'Errada;12;;', 'Outro plano;;outro@exemplo.org;Cabo', 'João de novo;5549988000002;;', '=cmd();49988000003;;Rádio'].join('\r\n'),
    );
    const read = await become(made.id, 'mapping');
    expect(read).toMatchObject({ line_count: 6, header: ['Nome', 'Celular', 'E-mail', 'Plano'], mapping: ['name', 'phone', 'email', `field:${field.id}`] });
    expect(read.samples[0]).toEqual(['João', '(49) 98800-0002', 'joao@exemplo.org', 'fibra']);
    (await olga.post(`/api/v1/contact-imports/${made.id}/run`)).refused(409, 'import_elsewhere');
    (await olga.post(`/api/v1/contact-imports/${made.id}/try`, { mapping: ['name', 'name', '', ''] })).refused(400, 'mapped_twice', 'mapping');
    (await olga.post(`/api/v1/contact-imports/${made.id}/try`, { mapping: ['notes', '', '', ''] })).refused(400, 'name_or_phone_needed', 'mapping');
    (await olga.post(`/api/v1/contact-imports/${made.id}/try`, { mapping: ['name', 'phone', 'field:1000000', ''] })).refused(400, 'unknown_value', 'mapping');

    await act(made.id, 'try', { mapping: read.mapping, group_id: group.id });
    expect(await become(made.id, 'tried')).toMatchObject({ new_count: 2, same_count: 2, wrong_count: 2 });
    expect(await contacts()).toBe(before);
    const text = (await olga.get(`/api/v1/contact-imports/${made.id}/errors`)).text;
    expect(text).toContain('4;2;"phone_invalid";"Errada";"12"');
    expect(text).toContain('5;4;"value_invalid"');

    await act(made.id, 'run');
    await become(made.id, 'done');
    expect(await contacts()).toBe(before + 2);
    const [joao] = (await olga.get('/api/v1/contacts?q=joao@exemplo.org')).ok<Schemas['ContactPage']>().data;
    expect((await olga.get(`/api/v1/contacts/${joao?.id ?? 0}`)).ok<Schemas['Contact']>()).toMatchObject({ name: 'João', fields: [{ field_id: field.id, value: 'Fibra' }], group_ids: [group.id] });
    expect((await olga.get(`/api/v1/contacts?group_id=${group.id}`)).ok<Schemas['ContactPage']>().count).toBe(3);

    await act(made.id, 'undo');
    expect(await become(made.id, 'undone')).toMatchObject({ kept_count: 0 });
    expect(await contacts()).toBe(before);
    (await olga.post('/api/v1/contacts', { name: 'Livre', phone: '5549988000002' })).ok(201);
  });

  it('cut off again and again in the middle goes on, and makes nobody twice', async () => {
    const lines = 8_000;
    const before = await contacts();
    const made = await upload(`nome,telefone\n${Array.from({ length: lines }, (_, n) => `Pessoa ${n},55479${String(70_000_000 + n)}`).join('\n')}\n`);
    const read = await becomeCut(made.id, 'mapping');
    await act(made.id, 'try', { mapping: ['name', 'phone'] });
    const tried = await becomeCut(made.id, 'tried');
    expect(tried.reached).toMatchObject({ line_count: lines, new_count: lines });
    await act(made.id, 'run');
    const done = await becomeCut(made.id, 'done');
    expect(read.cuts + tried.cuts + done.cuts).toBeGreaterThan(0);
    expect(await contacts()).toBe(before + lines);
    expect(await sql("SELECT count(DISTINCT key) FROM contact_identities WHERE account_id = :'a' AND key LIKE '554797%'", { a: account.id })).toBe(String(lines));
  }, 240_000);

  it('is only for whoever may, of their own file, and stops when told', async () => {
    const ana = await account.as('ana');
    (await ana.get('/api/v1/contact-imports')).refused(403, 'permission_denied');
    (await olga.post('/api/v1/contact-imports', { attachment_id: 900_000_000 })).refused(404, 'attachment_unknown', 'attachment_id');
    const theirs = (await ana.upload('x.csv', 'text/csv', Buffer.from('nome\nx\n'))).ok<Schemas['Attachment']>(201);
    (await olga.post('/api/v1/contact-imports', { attachment_id: theirs.id })).refused(404, 'attachment_unknown', 'attachment_id');
    const made = await upload('nome\nUm\n');
    await become(made.id, 'mapping');
    expect(await act(made.id, 'cancel')).toMatchObject({ state: 'canceled' });
    (await olga.post(`/api/v1/contact-imports/${made.id}/try`, { mapping: ['name'] })).refused(409, 'import_elsewhere');
    const empty = await upload('nome;telefone\n');
    expect(await become(empty.id, 'failed')).toMatchObject({ why: 'file_empty' });
  });
});
