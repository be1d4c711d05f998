/** The second factor: set up, shown once, lost, and taken away. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount, type Who } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import { Browser, PASSWORD } from '../support/browser.ts';
import { lines, sql } from '../support/database.ts';
import { codeMailedTo, demandFactor, enrol, type Factor, forgetLastCode, type Step } from '../support/person.ts';
import { totp } from '../support/totp.ts';

let account: Account;

beforeAll(async () => {
  account = await anAccount();
});

const at = (): Browser => new Browser({ account_id: account.id });

async function enrolled(who: Who): Promise<Factor & { browser: Browser }> {
  const browser = at();
  (await browser.signIn(account.email(who))).ok();
  const factor = await enrol(browser);
  await forgetLastCode(account, who);
  return { ...factor, browser };
}

async function asked(browser: Browser, who: Who): Promise<string> {
  const { state, ticket } = (await browser.signIn(account.email(who))).ok<Step>();
  expect(state).toBe('factor_required');
  return ticket ?? '';
}

describe('a factor', () => {
  it('counts from its first right code on, and lets nobody in without it', async () => {
    const browser = at();
    (await browser.signIn(account.email('ana'))).ok();
    (await browser.post('/api/v1/me/factor')).refused(403, 'step_up_required');
    await browser.stepUp();
    const { ticket, secret, uri } = (await browser.post('/api/v1/me/factor')).ok<Schemas['FactorSecret']>();
    expect(uri).toContain(`secret=${secret}`);
    const email_code = await codeMailedTo(account.email('ana'));
    (await browser.post('/api/v1/me/factor/confirm', { ticket, email_code, code: '000000' })).refused(401, 'code_invalid', 'code');
    (await at().signIn(account.email('ana'))).ok<Step>();
    expect((await browser.get('/api/v1/me/factor')).ok<Schemas['Factor']>().enrolled_at).toBeNull();

    const { recovery_codes } = (await browser.post('/api/v1/me/factor/confirm', { ticket, email_code, code: totp(secret) })).ok<{ recovery_codes: string[] }>();
    expect(recovery_codes).toHaveLength(10);
    expect(new Set(recovery_codes.map((code) => code[0])).size).toBe(10);
    expect((await browser.get('/api/v1/me/factor')).ok<Schemas['Factor']>().codes_left).toBe(10);
    (await browser.post('/api/v1/me/factor/confirm', { ticket, email_code, code: totp(secret, 1) })).refused(401, 'ticket_invalid');

    const next = at();
    await asked(next, 'ana');
    expect([...next.cookies.keys()]).toEqual([]);
    const kept = await sql("SELECT encode(secret, 'escape') FROM factors WHERE user_id = (SELECT id FROM users WHERE email = :'email')", { email: account.email('ana') });
    expect(kept).not.toContain(secret);
  });

  it('X088: is not set up by whoever has only the password, known browser or not', async () => {
    const house = await anAccount();
    const thief = new Browser({ account_id: house.id });
    for (let turn = 0; turn < 2; turn++) (await thief.signIn(house.email('ana'))).ok();
    await thief.stepUp();
    const { ticket, secret, needs_email_code } = (await thief.post('/api/v1/me/factor')).ok<Schemas['FactorSecret']>();
    expect(needs_email_code).toBe(true);
    for (const email_code of [undefined, '', '000000', totp(secret)])
      (await thief.post('/api/v1/me/factor/confirm', { ticket, code: totp(secret), email_code })).refused(401, 'code_invalid', 'email_code');
    (await thief.post('/api/v1/session/enrol/confirm', { ticket, code: totp(secret) })).refused(401, 'code_invalid', 'code');
    (await thief.post('/api/v1/me/factor/confirm', { ticket, code: totp(secret), email_code: await codeMailedTo(house.email('ana')) })).refused(401, 'ticket_invalid');
    expect((await thief.get('/api/v1/me/factor')).ok<Schemas['Factor']>().enrolled_at).toBeNull();

    for (let turn = 0; turn < 9; turn++) (await thief.post('/api/v1/me/factor')).ok();
    (await thief.post('/api/v1/me/factor')).refused(429, 'too_many_attempts');
    expect(await lines("SELECT count(*) FROM mails WHERE recipient = :'email' AND template = 'factor_code'", { email: house.email('ana') })).toEqual(['10']);
  });

  it('is replaced by whoever shows the one in force, without a letter', async () => {
    const house = await anAccount();
    const ana = new Browser({ account_id: house.id });
    (await ana.signIn(house.email('ana'))).ok();
    const former = await enrol(ana);
    await forgetLastCode(house, 'ana');
    (await ana.post('/api/v1/session/step-up', { code: totp(former.secret) })).ok(204);
    const { ticket, secret, needs_email_code } = (await ana.post('/api/v1/me/factor')).ok<Schemas['FactorSecret']>();
    expect(needs_email_code).toBe(false);
    (await ana.post('/api/v1/me/factor/confirm', { ticket, code: totp(secret) })).ok();
  });

  it('takes a code once, in parallel too, and none that is too old or too new', async () => {
    const { secret } = await enrolled('bruno');
    const browsers = [at(), at(), at()];
    const tickets = await Promise.all(browsers.map((browser) => asked(browser, 'bruno')));
    for (const steps of [-3, 3]) {
      (await browsers[0]?.post('/api/v1/session/factor', { ticket: tickets[0], code: totp(secret, steps) }))?.refused(401, 'code_invalid', 'code');
    }
    const code = totp(secret);
    const answers = await Promise.all(browsers.map((browser, n) => browser.post('/api/v1/session/factor', { ticket: tickets[n], code })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
  });

  it('is asked five times for one ticket, from the browser that has it', async () => {
    const { secret } = await enrolled('camila');
    const browser = at();
    const ticket = await asked(browser, 'camila');
    const elsewhere = new Browser({ from: '127.9.0.2' });
    (await elsewhere.post('/api/v1/session/factor', { ticket, code: totp(secret) })).refused(401, 'ticket_invalid');
    for (let turn = 0; turn < 5; turn++) {
      (await browser.post('/api/v1/session/factor', { ticket, code: '000000' })).refused(401, 'code_invalid', 'code');
    }
    (await browser.post('/api/v1/session/factor', { ticket, code: totp(secret) })).refused(401, 'ticket_invalid');
  });

  it('closes after ten wrong codes in an hour, and tells the person that their password is known', async () => {
    const { secret } = await enrolled('rafael');
    const browser = at();
    for (let turn = 0; turn < 10; turn++) {
      const ticket = await asked(browser, 'rafael');
      (await browser.post('/api/v1/session/factor', { ticket, code: '000000' })).refused(401, 'code_invalid', 'code');
    }
    const ticket = await asked(browser, 'rafael');
    const problem = (await browser.post('/api/v1/session/factor', { ticket, code: totp(secret) })).refused(429, 'too_many_attempts');
    expect(problem.retry_after_s).toBeGreaterThan(3500);
    expect(await lines("SELECT template FROM mails WHERE recipient = :'email' AND template = 'factor_closed'", { email: account.email('rafael') })).toHaveLength(1);
  });
});

describe('a recovery code', () => {
  it('lets in once, however it is typed, and tells the person', async () => {
    const { recovery_codes } = await enrolled('fabiana');
    const [code = ''] = recovery_codes;
    const one = at();
    (await one.post('/api/v1/session/factor', { ticket: await asked(one, 'fabiana'), recovery: ` ${code.toLowerCase().replaceAll('-', '')} ` })).ok();
    (await one.post('/api/v1/session/factor', { ticket: await asked(at(), 'fabiana'), recovery: code })).refused(401, 'code_invalid', 'recovery');
    expect(await lines("SELECT template FROM mails WHERE recipient = :'email' AND template = 'factor_recovery_used'", { email: account.email('fabiana') })).toHaveLength(1);
    expect((await one.get('/api/v1/me/factor')).ok<Schemas['Factor']>().codes_left).toBe(9);
    (await one.post('/api/v1/session/step-up', { code })).refused(401, 'code_invalid', 'code');
  });
});

describe('a trusted device', () => {
  it('stands for the factor at the door, for its own person, until the password changes', async () => {
    const house = await anAccount();
    const browser = new Browser({ account_id: house.id });
    (await browser.signIn(house.email('ana'))).ok();
    const { secret } = await enrol(browser);
    await forgetLastCode(house, 'ana');
    const { ticket, trusted_device_days } = (await browser.signIn(house.email('ana'))).ok<Step>();
    expect(trusted_device_days).toBe(30);
    (await browser.post('/api/v1/session/factor', { ticket, code: totp(secret), trust: true })).ok();
    const before = browser.cookies.get('__Host-btd');
    expect((await browser.signIn(house.email('ana'))).ok<Step>().state).toBe('signed_in');
    expect(browser.cookies.get('__Host-btd')).not.toBe(before);

    const other = new Browser({ account_id: house.id });
    (await other.signIn(house.email('bruno'))).ok();
    await enrol(other);
    for (const name of ['__Host-btd', '__Host-bkd']) other.cookies.set(name, browser.cookies.get(name) ?? '');
    expect((await other.signIn(house.email('bruno'))).ok<Step>().state).toBe('factor_required');

    (await browser.post('/api/v1/me/password', { current: PASSWORD, password: 'tres gatos no telhado' })).ok(204);
    expect((await browser.signIn(house.email('ana'), 'tres gatos no telhado')).ok<Step>().state).toBe('factor_required');
  });
});

describe('a factor that is demanded', () => {
  it('is set up at the door: from a browser that is known at once, elsewhere with a mailed code', async () => {
    const house = await anAccount();
    const known = new Browser({ account_id: house.id });
    (await known.signIn(house.email('ana'))).ok();
    await demandFactor(house, 'agent');
    (await known.get('/api/v1/tickets/counts')).refused(403, 'factor_enrolment_required');

    const stranger = new Browser();
    const asks = (await stranger.signIn(house.email('ana'))).ok<Step>();
    expect(asks).toMatchObject({ state: 'enrol_required', needs_email_code: true });
    (await stranger.post('/api/v1/session/enrol', { ticket: asks.ticket })).refused(401, 'code_invalid', 'email_code');
    expect(await lines("SELECT template FROM mails WHERE recipient = :'email'", { email: house.email('ana') })).toEqual(['factor_code']);

    const step = (await known.signIn(house.email('ana'))).ok<Step>();
    expect(step).toMatchObject({ state: 'enrol_required', needs_email_code: false });
    const { ticket, secret } = (await known.post('/api/v1/session/enrol', { ticket: step.ticket })).ok<Schemas['FactorSecret']>();
    const end = (await known.post('/api/v1/session/enrol/confirm', { ticket, code: totp(secret) })).ok<Step>();
    expect(end.state).toBe('signed_in');
    expect(end.recovery_codes).toHaveLength(10);
    (await known.get('/api/v1/tickets/counts')).ok();
  });

  it('that an administrator took away is accepted by their account, and by others only when they say so', async () => {
    const [house, other] = await Promise.all([anAccount(), anAccount()]);
    const email = house.email('ana');
    await sql(
      `INSERT INTO memberships (account_id, user_id, group_id, display_name)
       SELECT g.account_id, u.id, g.id, u.name FROM users u, groups g
        WHERE u.email = :'email' AND g.account_id = :'other' AND g.builtin = 'agent'`,
      { email, other: other.id },
    );
    await Promise.all([demandFactor(house, 'agent'), demandFactor(other, 'agent')]);
    const ana = new Browser({ account_id: house.id });
    await sql("UPDATE groups SET factor_from = NULL WHERE account_id IN (:'a', :'b')", { a: house.id, b: other.id });
    (await ana.signIn(email)).ok();
    await enrol(ana);
    await Promise.all([demandFactor(house, 'agent'), demandFactor(other, 'agent')]);

    const rafael = await house.as('rafael');
    const path = `/api/v1/members/${house.members.ana}/reset-factor`;
    (await rafael.post(path, { reason: 'documento visto' })).refused(403, 'step_up_required');
    await rafael.stepUp();
    (await rafael.post(path, { reason: ' ' })).refused(400, 'required', 'reason');
    (await rafael.post(`/api/v1/members/${house.members.olga}/reset-factor`, { reason: 'x' })).refused(403, 'target_above_you');
    (await rafael.post(path, { reason: 'documento visto' })).ok(204);
    (await ana.get('/api/v1/session')).refused(401, 'session_factor_changed');
    expect(await lines("SELECT action, detail FROM audit_events WHERE account_id = :'id' AND action = 'factor.reset'", { id: house.id })).toEqual([
      'factor.reset|{"reason":"documento visto"}',
    ]);

    await sql("UPDATE groups SET factor_from = NULL WHERE account_id = :'a'", { a: house.id });
    (await ana.signIn(email)).ok();
    await enrol(ana);
    (await ana.get('/api/v1/tickets/counts')).ok();
    const there = new Browser({ account_id: other.id });
    for (const [name, value] of ana.cookies) there.cookies.set(name, value);
    (await there.get('/api/v1/tickets/counts')).refused(403, 'factor_reset_unconfirmed');

    const theirs = await other.as('rafael');
    await theirs.stepUp();
    const [member] = await lines("SELECT m.id FROM memberships m JOIN users u ON u.id = m.user_id WHERE u.email = :'email' AND m.account_id = :'id'", { email, id: other.id });
    (await theirs.post(`/api/v1/members/${member}/confirm-factor`)).ok(204);
    (await theirs.post(`/api/v1/members/${member}/confirm-factor`)).refused(409, 'nothing_to_confirm');
    (await there.get('/api/v1/tickets/counts')).ok();
  });
});
