/** Coming in with another e-mail: nothing before the new address says yes, and the old one can take it back. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount, type Who } from '../support/account.ts';
import { Browser, PASSWORD } from '../support/browser.ts';
import { lines, sql } from '../support/database.ts';
import { origin } from '../support/house.ts';
import { type Mail, nextMail, tokenOf } from '../support/mails.ts';
import { until } from '../support/until.ts';

let account: Account;

beforeAll(async () => {
  account = await anAccount();
});

const fresh = (name: string): string => `${name}@nova-${account.slug}.exemplo`;
const stranger = (): Browser => new Browser({ from: '127.0.8.90' });
const confirm = (token: string, browser = stranger()) => browser.post('/api/v1/email-changes/confirm', { token });
const undo = (token: string) => stranger().post('/api/v1/email-changes/undo', { token });
const trail = (): Promise<string[]> =>
  lines("SELECT action || ' ' || coalesce(detail, '') FROM audit_events WHERE account_id = :'a' AND action LIKE 'email.%' ORDER BY id", { a: account.id });

async function signedIn(who: Who): Promise<Browser> {
  const browser = new Browser({ account_id: account.id });
  (await browser.signIn(account.email(who))).ok();
  return browser;
}

/** Asked for by somebody who has just shown that it is them: the letter to the new address. */
async function asked(browser: Browser, email: string): Promise<Mail> {
  await browser.stepUp();
  (await browser.post('/api/v1/me/email', { email })).ok(202);
  return nextMail(email.trim().toLowerCase());
}

describe('a new e-mail', () => {
  it('X082: is asked for by who has just shown that it is them, and is one', async () => {
    const ana = await signedIn('ana');
    (await ana.post('/api/v1/me/email', { email: fresh('ana') })).refused(403, 'step_up_required');
    await ana.stepUp();
    for (const email of ['ana', 'a b@c.exemplo', 'ana@exemplo\r\nBcc: x@y.z', '']) (await ana.post('/api/v1/me/email', { email })).refused(400, 'email_invalid', 'email');
    (await ana.post('/api/v1/me/email', { email: ` ${account.email('ana').toUpperCase()} ` })).refused(400, 'email_unchanged', 'email');
    expect(await trail()).toEqual([]);
  });

  it('changes nothing before its link is used, once; then the old one is nobody and hears of it', async () => {
    const [old, email] = [account.email('ana'), fresh('ana')];
    const [ana, elsewhere] = [await signedIn('ana'), await signedIn('ana')];
    const letter = await asked(ana, ` ${email.toUpperCase()} `);
    expect(letter.links[0]).toMatch(new RegExp(`^${origin}/confirmar-email#[\\w-]{43}$`));
    const warning = await nextMail(old);
    expect(warning.text).toContain(email);
    expect(warning.links).toEqual([]);
    (await new Browser().signIn(email)).refused(401, 'credentials_invalid');
    expect(await sql("SELECT count(*) FROM users WHERE email = :'email'", { email })).toBe('0');

    /* The one who opens it is in here; whoever is in elsewhere goes. */
    (await confirm(tokenOf(letter), ana)).ok(204);
    (await ana.get('/api/v1/session')).ok();
    (await elsewhere.get('/api/v1/session')).refused(401, 'session_email_changed');
    (await new Browser().signIn(old)).refused(401, 'credentials_invalid');
    (await new Browser().signIn(email)).ok();
    (await confirm(tokenOf(letter))).refused(410, 'link_used');
    const notice = await nextMail(old, warning);
    expect(notice.links[0]).toMatch(new RegExp(`^${origin}/desfazer-email#[\\w-]{43}$`));
    const detail = `{"after":{"email":"${email}"},"before":{"email":"${old}"}}`;
    expect(await trail()).toEqual([`email.change_asked ${detail}`, `email.changed ${detail}`]);
  });

  it("says the same of an address that is somebody's, and writes to nobody there", async () => {
    const bruno = await signedIn('bruno');
    await bruno.stepUp();
    const taken = await bruno.post('/api/v1/me/email', { email: account.email('olga') });
    await nextMail(account.email('bruno'));
    const wish = await sql("SELECT id FROM email_changes WHERE email = :'email'", { email: account.email('olga') });
    await until('the worker looked at it', async () => (await sql("SELECT count(*) FROM jobs WHERE kind = 'email.confirm' AND subject_id = :'wish'", { wish })) === '0');
    expect(await sql("SELECT count(*) FROM mails WHERE recipient = :'email'", { email: account.email('olga') })).toBe('0');

    const free = await bruno.post('/api/v1/me/email', { email: fresh('bruno') });
    expect([taken.status, taken.text]).toEqual([202, free.text]);
    free.ok(202);
    await nextMail(fresh('bruno'));
    (await new Browser().signIn(account.email('olga'))).ok();
  });

  it('that became somebody\'s before the link was used, or is older than a day, or not the latest wish, is refused', async () => {
    const camila = await signedIn('camila');
    const first = await asked(camila, fresh('camila-um'));
    const second = await asked(camila, fresh('camila-dois'));
    (await confirm(tokenOf(first))).refused(410, 'link_expired');
    await sql("INSERT INTO users (email, name) VALUES (:'email', 'Outra')", { email: fresh('camila-dois') });
    (await confirm(tokenOf(second))).refused(410, 'link_expired');
    const third = await asked(camila, fresh('camila-tres'));
    await sql("UPDATE email_changes SET expires_at = now() WHERE email = :'email'", { email: fresh('camila-tres') });
    (await confirm(tokenOf(third))).refused(410, 'link_expired');
    (await confirm('x')).refused(410, 'link_expired');
    expect((await camila.get('/api/v1/session')).ok()).toMatchObject({ person: { email: account.email('camila') } });
    /* A link in the letter to the old address is none for the new one. */
    (await undo(tokenOf(third))).refused(410, 'link_expired');
  });

  it('is wished for five times an hour', async () => {
    const fabiana = await signedIn('fabiana');
    await fabiana.stepUp();
    for (let turn = 0; turn < 5; turn++) (await fabiana.post('/api/v1/me/email', { email: fresh(`fabiana-${turn}`) })).ok(202);
    const problem = (await fabiana.post('/api/v1/me/email', { email: fresh('fabiana-6') })).refused(429, 'too_many_attempts');
    expect(problem.retry_after_s).toBeGreaterThan(3500);
  });

  it('is confirmed from our own page only, and leaves whoever else is in at this browser alone', async () => {
    const rafael = await signedIn('rafael');
    const letter = await asked(rafael, fresh('rafael'));
    const olga = await signedIn('olga');
    (await olga.ask('POST', '/api/v1/email-changes/confirm', { token: tokenOf(letter) }, { Origin: 'https://mau.exemplo' })).refused(403, 'origin_refused');
    (await confirm(tokenOf(letter), olga)).ok(204);
    (await olga.get('/api/v1/session')).ok();
    (await rafael.get('/api/v1/session')).refused(401, 'session_email_changed');
    expect(
      await lines("SELECT actor_id = (SELECT id FROM users WHERE email = :'email'), session_id IS NULL FROM audit_events WHERE account_id = :'a' AND action = 'email.changed' ORDER BY id DESC LIMIT 1", {
        a: account.id,
        email: fresh('rafael'),
      }),
    ).toEqual(['t|t']);
  });
});

describe('the old address', () => {
  it('takes it back within three days: everybody is out, and only a link mailed to it opens again', async () => {
    const house = await anAccount();
    const old = house.email('ana');
    const thief = new Browser({ account_id: house.id });
    (await thief.signIn(old)).ok();
    const wish = async (email: string): Promise<Mail> => {
      await thief.stepUp();
      (await thief.post('/api/v1/me/email', { email })).ok(202);
      return nextMail(email);
    };
    const [first, second] = [`ladrao@${house.slug}.exemplo`, `ladrao2@${house.slug}.exemplo`];
    (await confirm(tokenOf(await wish(first)), thief)).ok(204);
    const warning = await nextMail(old);
    const notice = await nextMail(old, warning);
    /* The thief moves on, which takes no right from the first address. */
    (await confirm(tokenOf(await wish(second)), thief)).ok(204);
    const thiefs = await nextMail(first, await nextMail(first, await nextMail(first)));
    const open = await wish(`ladrao3@${house.slug}.exemplo`);

    (await undo(tokenOf(notice))).ok(204);
    (await thief.get('/api/v1/session')).refused(401, 'session_email_changed');
    for (const email of [old, first, second]) (await stranger().signIn(email, PASSWORD)).refused(401, 'credentials_invalid');
    (await undo(tokenOf(notice))).refused(410, 'link_used');
    (await undo(tokenOf(thiefs))).refused(410, 'link_expired');
    (await confirm(tokenOf(open))).refused(410, 'link_expired');

    const reset = await nextMail(old, notice);
    expect(reset.links[0]).toContain(`${origin}/nova-senha#`);
    (await stranger().post('/api/v1/password-resets/confirm', { token: tokenOf(reset), password: 'tres gatos no telhado' })).ok(204);
    (await new Browser().signIn(old, 'tres gatos no telhado')).ok();
    expect(await lines("SELECT action FROM audit_events WHERE account_id = :'a' AND action = 'email.undone'", { a: house.id })).toHaveLength(1);
  });

  it('has three days, and its reset links end with the change', async () => {
    const house = await anAccount();
    const old = house.email('bruno');
    (await new Browser({ from: '127.0.8.91' }).post('/api/v1/password-resets', { email: old })).ok(202);
    const reset = await nextMail(old);
    const bruno = new Browser({ account_id: house.id });
    (await bruno.signIn(old)).ok();
    const letter = await asked(bruno, `novo@${house.slug}.exemplo`);
    (await confirm(tokenOf(letter), bruno)).ok(204);
    (await stranger().post('/api/v1/password-resets/confirm', { token: tokenOf(reset), password: 'tres gatos no telhado' })).refused(410, 'link_expired');
    const notice = await nextMail(old, await nextMail(old, reset));
    await sql("UPDATE email_changes SET undo_until = now() WHERE old_email = :'old'", { old });
    (await undo(tokenOf(notice))).refused(410, 'link_expired');
  });
});
