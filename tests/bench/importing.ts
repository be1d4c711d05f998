/**
 * A file of people becomes contacts, read, tried and run as anybody does it; beside it COPY, which looks at
 * nothing and forgets nothing, filling the same tables with the same rows.
 *
 *   IMPORT_LINES     of the file (100000)
 *
 * The worker must run.
 */
import { ask, type Person, send, signIn } from './client.ts';
import { house, number, sql, whole } from './house.ts';
import { figure, median, remark } from './report.ts';
import { until } from './until.ts';
import { aWorld, email } from './world.ts';

const LINES = whole('IMPORT_LINES', 100_000);
const COPIES = 3;
const PATIENCE_MS = 600_000;

type Import = { id: number; state: string; mapping: string[]; new_count: number; wrong_count: number };

const seconds = (since: number): number => (performance.now() - since) / 1000;

function file(): string {
  const lines = Array.from({ length: LINES }, (_, n) => `Pessoa número ${n};49 9${80_000_000 + n};pessoa${n}@exemplo.org;anotação ${n}`);
  return ['Nome;Telefone;E-mail;Anotações', ...lines, ''].join('\n');
}

async function upload(person: Person, text: string): Promise<number> {
  const headers = { ...person.headers, 'Content-Type': 'text/csv' };
  const { status, body } = await send(house.url, { method: 'PUT', path: '/api/v1/uploads?filename=pessoas.csv', headers, body: text });
  if (status !== 201) throw new Error(`the file was not taken: ${status} ${body}`);
  return (JSON.parse(body) as { id: number }).id;
}

/** Seconds of each stage, and how it is taken back. */
async function importAll(person: Person, attachment_id: number): Promise<{ stages: number[]; undo: () => Promise<number> }> {
  let began = performance.now();
  const { id } = await ask<Import>(person, 'POST', '/api/v1/contact-imports', { attachment_id });
  const path = `/api/v1/contact-imports/${id}`;
  const become = async (state: string): Promise<{ one: Import; took: number }> => {
    const one = await until(`an import ${state}`, async () => {
      const now = await ask<Import>(person, 'GET', path);
      return now.state === state && now;
    }, PATIENCE_MS, 50);
    const took = seconds(began);
    began = performance.now();
    return { one, took };
  };
  const read = await become('mapping');
  await ask(person, 'POST', `${path}/try`, { mapping: read.one.mapping });
  const tried = await become('tried');
  if (tried.one.new_count !== LINES) throw new Error(`of ${LINES} lines ${tried.one.new_count} would be new and ${tried.one.wrong_count} are wrong`);
  await ask(person, 'POST', `${path}/run`);
  const done = await become('done');
  const undo = async (): Promise<number> => {
    began = performance.now();
    await ask(person, 'POST', `${path}/undo`);
    return (await become('undone')).took;
  };
  return { stages: [read.took, tried.took, done.took], undo };
}

const CONTACTS = 'account_id, id, name, is_name_edited, email, notes, created_at, active_at';
const IDENTITIES = 'account_id, contact_id, kind, key, address, created_at';
/** The account's one customer before them was written down by nobody. */
const IMPORTED = 'account_id = :from AND created_by IS NOT NULL';

/** The rows that the import made, as COPY writes them, for another account. */
const rows = (columns: string, table: string, which: string, from: number, to: number): Promise<string> =>
  sql(`COPY (SELECT ${columns.replace('account_id', String(to))} FROM ${table} WHERE ${which.replaceAll(':from', String(from))} ORDER BY 2) TO STDOUT`);

/** Seconds, the middle of a few. */
async function copy(from: number): Promise<number> {
  const to = await number("INSERT INTO accounts (name, slug) VALUES ('Cópia', 'copy-' || gen_random_uuid()) RETURNING id");
  const people = await rows(CONTACTS, 'contacts', IMPORTED, from, to);
  const phones = await rows(IDENTITIES, 'contact_identities', `account_id = :from AND contact_id IN (SELECT id FROM contacts WHERE ${IMPORTED})`, from, to);
  const script = `COPY contacts (${CONTACTS}) FROM STDIN;\n${people}\n\\.\nCOPY contact_identities (${IDENTITIES}) FROM STDIN;\n${phones}\n\\.\n`;
  const rounds: number[] = [];
  for (let round = 0; round < COPIES; round++) {
    const began = performance.now();
    await sql(script);
    rounds.push(seconds(began));
    await sql(`DELETE FROM contact_identities WHERE account_id = ${to}; DELETE FROM contacts WHERE account_id = ${to};`);
  }
  return median(rounds);
}

export async function importing(): Promise<void> {
  const ours = await aWorld('import', 1, 1);
  const administrator = await signIn(email(ours.slug, 1), ours.account);
  await sql("UPDATE sessions s SET stepped_up_at = now() + interval '1 hour' FROM users u WHERE u.id = s.user_id AND u.email = :'email'", { email: email(ours.slug, 1) });

  const { stages, undo } = await importAll(administrator, await upload(administrator, file()));
  const took = stages.reduce((sum, one) => sum + one, 0);
  const made = await number(`SELECT count(*) FROM contacts WHERE ${IMPORTED}`, { from: ours.account });
  if (made !== LINES) throw new Error(`${made} contacts of ${LINES} lines`);
  figure('import_contacts', LINES / took, 'lines/s');
  figure('import_vs_copy', (await copy(ours.account)) / took, 'x');
  const [read, tried, run] = stages.map((one) => one.toFixed(1));
  figure('import_undo', LINES / (await undo()), 'lines/s');
  remark(`${LINES} lines: read in ${read} s, tried in ${tried} s, run in ${run} s`);
}
