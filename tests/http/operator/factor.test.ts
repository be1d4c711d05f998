/** Operators show a second factor: set up before anything else, shown once, and taken away by balcaoctl alone. */
import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';

import { anAccount } from '../support/account.ts';
import { Browser, PASSWORD } from '../support/browser.ts';
import { lines, sql } from '../support/database.ts';
import { anOperator, beginEnrolment, createOperator, ctl, type Operator, type OperatorStep } from '../support/operator.ts';
import { enrol as enrolPerson, type Step } from '../support/person.ts';
import { totp } from '../support/totp.ts';

const anEmail = (): string => `op-${randomBytes(5).toString('hex')}@instalacao.exemplo`;
const show = (browser: Browser, body: object) => browser.post('/api/v1/operator/session/factor', body);
const trailOf = (email: string): Promise<string[]> =>
  lines("SELECT action || ' ' || actor_kind FROM operator_events WHERE operator_id = (SELECT id FROM operators WHERE email = :'email') ORDER BY id", { email });
const lettersTo = (email: string): Promise<string[]> => lines("SELECT template FROM mails WHERE recipient = :'email' ORDER BY id", { email });

describe('an operator without a factor', () => {
  it('can do nothing with the password but set one up', async () => {
    const email = anEmail();
    await createOperator(email);
    const browser = new Browser();
    const step = (await browser.post('/api/v1/operator/session', { email, password: PASSWORD })).ok<OperatorStep>();
    expect(Object.keys(step).sort()).toEqual(['state', 'ticket']);
    expect(step.state).toBe('enrol_required');
    expect(browser.cookies.size).toBe(0);
    (await browser.get('/api/v1/operator/session')).refused(401, 'session_missing');
    (await browser.get('/api/v1/operator/accounts')).refused(401, 'session_missing');
    /* A ticket is for its step: it shows no factor and confirms none. */
    (await show(browser, { ticket: step.ticket, code: '123456' })).refused(401, 'ticket_invalid');
    (await browser.post('/api/v1/operator/session/enrol/confirm', { ticket: step.ticket, code: '123456' })).refused(401, 'ticket_invalid');

    const { ticket, secret, uri } = (await browser.post('/api/v1/operator/session/enrol', { ticket: step.ticket })).ok<{ ticket: string; secret: string; uri: string }>();
    expect(uri).toContain(`secret=${secret}`);
    (await browser.post('/api/v1/operator/session/enrol', { ticket: step.ticket })).refused(401, 'ticket_invalid');
    (await browser.post('/api/v1/operator/session/enrol/confirm', { ticket, code: '000000' })).refused(401, 'code_invalid', 'code');
    expect(browser.cookies.size).toBe(0);
    const end = (await browser.post('/api/v1/operator/session/enrol/confirm', { ticket, code: totp(secret) })).ok<OperatorStep>();
    expect(end).toMatchObject({ state: 'signed_in', operator: { email } });
    expect(new Set(end.recovery_codes).size).toBe(10);
    (await browser.get('/api/v1/operator/accounts')).ok();
    expect(await trailOf(email)).toEqual(['operator.created ctl', 'factor.enrolled operator', 'session.started operator']);
    expect(await lettersTo(email)).toEqual(['factor_changed']);
  });

  it('sets it up from their own networks and our own page, each step of it', async () => {
    const email = anEmail();
    await createOperator(email);
    const browser = new Browser();
    const { ticket, secret } = await beginEnrolment(browser, email);
    browser.from = '127.0.9.77';
    (await browser.post('/api/v1/operator/session/enrol/confirm', { ticket, code: totp(secret) })).refused(403, 'network_refused');
    browser.from = undefined;
    (await browser.ask('POST', '/api/v1/operator/session/enrol/confirm', { ticket, code: totp(secret) }, { Origin: 'https://mau.exemplo' })).refused(403, 'origin_refused');
    (await browser.post('/api/v1/operator/session/enrol/confirm', { ticket, code: totp(secret) })).ok();
  });

  it('who let two windows begin ends with one factor', async () => {
    const email = anEmail();
    await createOperator(email);
    const [one, two] = [new Browser(), new Browser()];
    const [first, second] = [await beginEnrolment(one, email), await beginEnrolment(two, email)];
    (await one.post('/api/v1/operator/session/enrol/confirm', { ticket: first.ticket, code: totp(first.secret) })).ok();
    (await two.post('/api/v1/operator/session/enrol/confirm', { ticket: second.ticket, code: totp(second.secret) })).refused(401, 'ticket_invalid');
  });
});

describe('the code', () => {
  let operator: Operator;
  beforeAll(async () => {
    operator = await anOperator(anEmail());
  });

  it('counts once, in parallel too, and none that is too old or too new', async () => {
    const browsers = [new Browser(), new Browser(), new Browser()] as const;
    const tickets = [await operator.asked(browsers[0]), await operator.asked(browsers[1]), await operator.asked(browsers[2])];
    for (const steps of [-3, 3]) (await show(browsers[0], { ticket: tickets[0], code: totp(operator.secret, steps) })).refused(401, 'code_invalid', 'code');
    const code = totp(operator.secret);
    const answers = await Promise.all(browsers.map((browser, n) => show(browser, { ticket: tickets[n], code })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
  });

  it('is asked five times for one ticket, which is good once and at this door only', async () => {
    const browser = new Browser();
    const ticket = await operator.asked(browser);
    (await browser.post('/api/v1/session/factor', { ticket, code: totp(operator.secret) })).refused(401, 'ticket_invalid');
    (await show(browser, { ticket })).refused(400, 'required', 'code');
    for (let turn = 0; turn < 5; turn++) (await show(browser, { ticket, code: '000000' })).refused(401, 'code_invalid', 'code');
    (await show(browser, { ticket, code: totp(operator.secret) })).refused(401, 'ticket_invalid');

    const again = await operator.asked(browser);
    (await show(browser, { ticket: again, code: totp(operator.secret) })).ok();
    (await show(browser, { ticket: again, recovery: operator.recovery_codes[9] })).refused(401, 'ticket_invalid');
  });

  it("with a person's ticket opens nothing here", async () => {
    const house = await anAccount();
    const ana = new Browser({ account_id: house.id });
    (await ana.signIn(house.email('ana'))).ok();
    const { secret } = await enrolPerson(ana);
    const { ticket } = (await ana.signIn(house.email('ana'))).ok<Step>();
    (await show(ana, { ticket, code: totp(secret) })).refused(401, 'ticket_invalid');
  });

  it('on paper lets in once, and they are told', async () => {
    const [paper = ''] = operator.recovery_codes;
    const browser = new Browser();
    (await show(browser, { ticket: await operator.asked(browser), recovery: paper.toLowerCase().replaceAll('-', ' ') })).ok();
    (await show(browser, { ticket: await operator.asked(browser), recovery: paper })).refused(401, 'code_invalid', 'recovery');
    expect(await lettersTo(operator.email)).toContain('factor_recovery_used');
    expect(await trailOf(operator.email)).toContain('factor.recovery_used operator');
  });

  it('closes after ten wrong ones in an hour, the right one too', async () => {
    const victim = await anOperator(anEmail());
    const browser = new Browser();
    for (let turn = 0; turn < 2; turn++) {
      const ticket = await victim.asked(browser);
      for (let wrong = 0; wrong < 5; wrong++) (await show(browser, { ticket, code: '000000' })).refused(401, 'code_invalid', 'code');
    }
    const problem = (await show(browser, { ticket: await victim.asked(browser), code: totp(victim.secret) })).refused(429, 'too_many_attempts');
    expect(problem.retry_after_s).toBeGreaterThan(3500);
    expect(await lettersTo(victim.email)).toContain('factor_closed');
  });
});

describe('balcaoctl operator reset-factor', () => {
  it('takes it away with every session and code; the next sign-in sets up a new one', async () => {
    const email = anEmail();
    const operator = await anOperator(email);
    const inside = await operator.enter();
    const ticket = await operator.asked(new Browser());
    expect(await ctl(['operator', 'reset-factor', '--email', email.toUpperCase()])).toContain('sets up a new factor');
    (await inside.get('/api/v1/operator/accounts')).refused(401, 'session_unknown');
    (await show(new Browser(), { ticket, code: totp(operator.secret) })).refused(401, 'ticket_invalid');
    (await show(new Browser(), { ticket, recovery: operator.recovery_codes[4] })).refused(401, 'ticket_invalid');
    await beginEnrolment(new Browser(), email);
    expect((await trailOf(email)).at(-1)).toBe('factor.reset ctl');
    expect((await lettersTo(email)).at(-1)).toBe('factor_changed');
    await expect(ctl(['operator', 'reset-factor', '--email', email])).rejects.toThrow('factor_missing');
    await expect(ctl(['operator', 'reset-factor', '--email', anEmail()])).rejects.toThrow('no_such_operator');
    await expect(ctl(['operator', 'reset-factor'])).rejects.toThrow('usage');
  });

  it('what happened to operators is not theirs to read or to change', async () => {
    for (const act of ['SELECT * FROM operator_events', "UPDATE operator_events SET action = 'x'", 'DELETE FROM operator_events', 'DELETE FROM operator_factors'])
      await expect(sql(act, {}, 'DB_OPERATOR')).rejects.toThrow(/permission denied/);
  });
});
