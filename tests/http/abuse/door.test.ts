/** Abuse of the doors: by whoever guesses, steals, stays too long or grants too much. Of what is inside: cases.test.ts. */
import { beforeAll, expect } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import { Browser } from '../support/browser.ts';
import { sql, value } from '../support/database.ts';
import { nextMail, tokenOf } from '../support/mails.ts';
import { enrol, sessionOf, type Step } from '../support/person.ts';
import { cut } from '../support/stream.ts';
import { aTwin, type Ticket, type Twin } from '../matrix/twins.ts';
import { BACKEND, type Case, triesAll } from './table.ts';

let twin: Twin;
let account: Account;

beforeAll(async () => {
  [twin, account] = [await aTwin(), await anAccount()];
}, 120_000);

const at = (): Browser => new Browser({ account_id: account.id });

async function signedIn(who: 'ana' | 'bruno' | 'camila'): Promise<Browser> {
  const browser = at();
  (await browser.signIn(account.email(who))).ok();
  return browser;
}

/** One that the masked member sees, and its phone in full. */
async function masked(): Promise<{ ticket: Ticket; phone: string }> {
  const ticket = twin.tickets.find(({ channel }) => channel === 'site');
  if (ticket === undefined) throw new Error('no such ticket');
  const phone = await sql(`SELECT address FROM contact_identities WHERE account_id = ${twin.id} AND contact_id = ${ticket.contact_id} AND kind = 'phone'`);
  return { ticket, phone };
}

const CASES: Case[] = [
  {
    id: 'X035', attack: "an owner opens others' internal chat",
    try: async () => {
      for (const { id, file_id } of twin.chats.filter(({ members }) => !members.includes('owner'))) {
        const paths = [`/api/v1/chats/${id}`, `/api/v1/chats/${id}/messages`, `/api/v1/chats/${id}/readers`];
        if (file_id !== null) paths.push(`/media/chats/${file_id}?account=${twin.id}`);
        for (const path of paths) (await twin.as('owner').get(path)).refused(404, 'not_found');
        (await twin.as('owner').post(`/api/v1/chats/${id}/read`, { seq: 1 })).refused(404, 'not_found');
      }
      expect((await twin.as('owner').get('/api/v1/chats')).ok<{ data: unknown[] }>().data).toEqual([]);
    },
  },
  { id: 'X036', attack: 'sorting or filtering by a masked field', not_yet: 'no list of contacts sorts or filters' },
  {
    id: 'X037', attack: 'a masked phone guessed digit by digit',
    try: async () => {
      const { ticket, phone } = await masked();
      const narrow = twin.as('narrow');
      const found = async (q: string): Promise<boolean> =>
        (await narrow.get(`/api/v1/tickets?tab=waiting&q=${encodeURIComponent(q)}`)).ok<{ data: { id: number }[] }>().data.some(({ id }) => id === ticket.id);
      for (const part of [phone.slice(0, 6), phone.slice(0, -1), phone.slice(1), phone.slice(-8)]) expect([part, await found(part)]).toEqual([part, false]);
      expect(await found(phone)).toBe(true);
    },
  },
  { id: 'X038', attack: 'a 31st reveal in an hour', tried: ['people/reveal.test.ts', 'X038'] },
  { id: 'X039', attack: 'masked data in an export, a push, a file', not_yet: 'nothing exports contacts' },
  {
    id: 'X040', attack: 'a contact whose name is their phone',
    try: async () => {
      const { ticket, phone } = await masked();
      await sql(`UPDATE contacts SET name = '+' || :'phone' WHERE account_id = ${twin.id} AND id = ${ticket.contact_id};
                 UPDATE tickets SET contact_name = '+' || :'phone' WHERE account_id = ${twin.id} AND contact_id = ${ticket.contact_id}`, { phone });
      for (const path of [`contacts/${ticket.contact_id}`, `tickets/${ticket.id}`, `tickets?tab=waiting&q=${phone}`]) {
        const shown = async (who: 'narrow' | 'owner') => (await twin.as(who).get(`/api/v1/${path}`)).text.includes(phone.slice(4, -4));
        expect([path, await shown('narrow'), await shown('owner')]).toEqual([path, false, true]);
      }
    },
  },
  { id: 'X041', attack: 'the route behind a hidden menu', tried: ['matrix/gates.test.ts', 'a missing permission is 403, whatever the row'] },
  { id: 'X042', attack: 'a group with a permission that its maker lacks', tried: ['people/groups.test.ts', 'X042'] },
  { id: 'X043', attack: 'a group above mine', tried: ['people/groups.test.ts', 'X043'] },
  { id: 'X044', attack: "an administrator resets an owner's factor", tried: ['people/groups.test.ts', 'X044'] },
  { id: 'X045', attack: 'two owners demote each other', tried: ['people/groups.test.ts', 'X045'] },
  { id: 'X046', attack: 'a group in a profile', tried: ['people/groups.test.ts', 'X046'] },
  { id: 'X047', attack: 'editing the group of owners', tried: ['people/groups.test.ts', 'X047'] },
  { id: 'X048', attack: 'a token that makes a token', tried: ['tokens/tokens.test.ts', 'X048'] },
  { id: 'X049', attack: 'a token wider than its maker', tried: ['tokens/tokens.test.ts', 'X049'] },
  { id: 'X050', attack: 'the token of somebody who was demoted', tried: ['tokens/tokens.test.ts', 'X050'] },
  { id: 'X051', attack: 'the token of somebody who left', tried: ['tokens/tokens.test.ts', 'X051'] },
  { id: 'X052', attack: "a chatbot's token elsewhere", tried: ['tokens/tokens.test.ts', 'X052'] },
  { id: 'X053', attack: 'a token from outside its networks', tried: ['tokens/tokens.test.ts', 'X053'] },
  { id: 'X054', attack: 'an old or altered token', tried: ['tokens/tokens.test.ts', 'X054'] },
  { id: 'X055', attack: 'a token in a query', tried: ['tokens/tokens.test.ts', 'X055'] },
  { id: 'X056', attack: 'a token beside a cookie', tried: ['tokens/tokens.test.ts', 'X056'] },
  { id: 'X057', attack: 'a dangerous route, just so', tried: ['people/groups.test.ts', 'X057'] },
  { id: 'X058', attack: 'stepping up by a recovery code or a trusted device', tried: ['session/factor.test.ts', "post('/api/v1/session/step-up', { code })).refused(401, 'code_invalid', 'code')"], note: 'the cookie of a trusted device is not read there' },
  { id: 'X059', attack: 'an operator opens a conversation', not_yet: 'no account can let an operator in; operator/area.test.ts shows that none is' },
  { id: 'X060', attack: 'an operator who stays when the time is over', not_yet: 'no account can let an operator in' },
  { id: 'X062', attack: 'an unknown e-mail against a wrong password', tried: [`${BACKEND}/domain/auth/signin_test.c`, 'X062'], note: 'the same bytes: session/sign-in.test.ts' },
  { id: 'X063', attack: 'the right password while the door is closed', tried: ['session/throttle.test.ts', 'the right password included'] },
  { id: 'X064', attack: 'a hundred failures in a row', tried: ['session/throttle.test.ts', 'locks after a hundred in a row'] },
  { id: 'X065', attack: 'many e-mails from one address', tried: ['session/throttle.test.ts', 'lets no address try person after person'] },
  { id: 'X066', attack: 'another forged address each time', tried: ['edge/proxies.test.ts', 'X066'] },
  { id: 'X067', attack: 'turning around in a /64', tried: ['edge/proxies.test.ts', 'X067'] },
  { id: 'X068', attack: 'a stranger who locks somebody out', tried: ['session/throttle.test.ts', 'lets the person in from a device of theirs'] },
  { id: 'X069', attack: '200 wrong sign-ins at once', tried: ['storm/two-hundred.test.ts', 'X069'] },
  {
    id: 'X070', attack: 'a password of a megabyte',
    try: async () => {
      (await at().signIn(account.email('ana'), 'x'.repeat(1_000_000))).refused(413, 'body_too_large');
      (await at().signIn(account.email('ana'), 'x'.repeat(3_000))).refused(400, 'password_too_long', 'password');
    },
  },
  {
    id: 'X071', attack: 'a password that is no text',
    try: async () => {
      const said = (password: Buffer) =>
        at().ask('POST', '/api/v1/session', Buffer.concat([Buffer.from(`{"email":"${account.email('ana')}","password":"`), password, Buffer.from('"}')]), { 'Content-Type': 'application/json' });
      for (const password of [Buffer.from('a\\u0000b'), Buffer.from([0xff, 0xfe]), Buffer.from([0xed, 0xa0, 0x80])]) expect((await said(password)).status).toBe(400);
    },
  },
  { id: 'X072', attack: 'one password in two spellings', tried: ['../../frontend/src/features/auth/spelling.dom.test.ts', 'X072'], note: 'the browser spells; what a program sends is taken as it is' },
  { id: 'X073', attack: 'signing in from another site', tried: ['session/origin.test.ts', 'refuses to sign in, to refresh or to sign out for another site'] },
  {
    id: 'X074', attack: 'cookies planted before somebody signs in',
    try: async () => {
      const planter = await signedIn('bruno');
      const victim = at();
      for (const [name, cookie] of planter.cookies) victim.cookies.set(name, cookie);
      (await victim.signIn(account.email('ana'))).ok();
      expect(sessionOf(victim)).not.toBe(sessionOf(planter));
      for (const [name, cookie] of planter.cookies) expect([name, victim.cookies.get(name) === cookie]).toEqual([name, false]);
      const me = async (who: Browser) => (await who.get('/api/v1/session')).ok<Schemas['Me']>().person.email;
      expect([await me(victim), await me(planter)]).toEqual([account.email('ana'), account.email('bruno')]);
    },
  },
  { id: 'X075', attack: 'a way on to another site', tried: ['../../frontend/src/features/auth/SignIn.test.tsx', 'never follows a link to another site'] },
  { id: 'X076', attack: 'a reset for nobody', tried: ['people/resets.test.ts', 'X076'] },
  { id: 'X077', attack: 'a link used twice, or old', tried: ['people/resets.test.ts', 'X077'] },
  { id: 'X078', attack: 'a reset with another Host', tried: ['people/resets.test.ts', 'X078'] },
  {
    id: 'X079', attack: 'a new password instead of the factor',
    try: async () => {
      await enrol(await signedIn('camila'));
      (await new Browser({ from: '127.0.8.240' }).post('/api/v1/password-resets', { email: account.email('camila') })).ok(202);
      let letter = await nextMail(account.email('camila'));
      while (!letter.links.some((link) => link.includes('/nova-senha#'))) letter = await nextMail(account.email('camila'), letter);
      (await at().post('/api/v1/password-resets/confirm', { token: tokenOf(letter), password: 'tres gatos no telhado' })).ok(204);
      expect((await at().signIn(account.email('camila'), 'tres gatos no telhado')).ok<Step>().state).toBe('factor_required');
    },
  },
  { id: 'X080', attack: "somebody else's invitation", tried: ['people/invites.test.ts', 'X080'] },
  { id: 'X081', attack: 'an inviter who may no longer', tried: ['people/invites.test.ts', 'X081'] },
  { id: 'X082', attack: 'another e-mail, just so', tried: ['session/email.test.ts', 'X082'] },
  { id: 'X083', attack: 'a code twice', tried: ['session/factor.test.ts', 'takes a code once, in parallel too'] },
  { id: 'X084', attack: 'a sixth code for one ticket', tried: ['session/factor.test.ts', 'is asked five times for one ticket'] },
  { id: 'X085', attack: 'a code too old or too new', tried: [`${BACKEND}/domain/auth/totp_test.c`, 'one_step_around_now_is_taken_and_two_are_not'] },
  { id: 'X086', attack: 'a recovery code twice', tried: ['session/factor.test.ts', 'lets in once, however it is typed'] },
  { id: 'X087', attack: 'the ticket of another browser', tried: ['session/factor.test.ts', 'from the browser that has it'] },
  { id: 'X088', attack: 'a thief sets a factor up', tried: ['session/factor.test.ts', 'X088'] },
  { id: 'X089', attack: "another person's trusted device", tried: ['session/factor.test.ts', 'stands for the factor at the door, for its own person'] },
  { id: 'X090', attack: 'a trusted device after the password changed', tried: ['session/factor.test.ts', 'until the password changes'] },
  { id: 'X091', attack: 'a factor that another account took away', tried: ['session/factor.test.ts', 'by others only when they say so'] },
  { id: 'X092', attack: 'a password that everybody thinks of', tried: ['session/password.test.ts', 'must be none that everybody thinks of'] },
  { id: 'X093', attack: 'a hash of former parameters', tried: [`${BACKEND}/domain/auth/signin_test.c`, 'X093'] },
  { id: 'X094', attack: 'an access token of another algorithm', tried: [`${BACKEND}/base/token_test.c`, 'algorithms_other_than_hs256_are_refused_even_with_the_right_key'] },
  { id: 'X095', attack: 'an access token of 1970, or of another kind', tried: [`${BACKEND}/base/token_test.c`, 'a_rightly_signed_token_of_another_kind_is_refused'] },
  { id: 'X096', attack: 'a ticket for something else', tried: ['session/elsewhere.test.ts', 'takes a ticket once, from the browser it was given to, and for nothing else'] },
  { id: 'X097', attack: 'a traded refresh token', tried: ['session/refresh.test.ts', 'X097'] },
  {
    id: 'X098', attack: 'two tabs that refresh at once',
    try: async () => {
      const tab = await signedIn('ana');
      const other = at();
      for (let turn = 0; turn < 60; turn++) {
        for (const [name, cookie] of tab.cookies) other.cookies.set(name, cookie);
        const answers = await Promise.all([tab, other].map((one) => one.post('/api/v1/session/refresh')));
        expect([turn, ...answers.map(({ status }) => status)]).toEqual([turn, 204, 204]);
        for (const one of [tab, other]) (await one.get('/api/v1/session')).ok();
        /* As browsers do: both tabs have the cookies that were set last with a refresh token. */
        if (!answers[0]?.headers['set-cookie']?.some((line) => line.startsWith('__Host-brt='))) for (const [name, cookie] of other.cookies) tab.cookies.set(name, cookie);
      }
      expect(sessionOf(other)).toBe(sessionOf(tab));
    },
  },
  { id: 'X099', attack: 'an answer that was lost', tried: ['session/refresh.test.ts', 'when the answer was lost on its way'] },
  { id: 'X100', attack: 'a refresh token that never was', tried: ['session/refresh.test.ts', 'does not end a session for a token that never was one'] },
  { id: 'X101', attack: 'a second sign-in', tried: ['session/elsewhere.test.ts', 'ends the other one at once when it is taken over'] },
  {
    id: 'X102', attack: 'staying in after signing out everywhere',
    try: async () => {
      const [here, there] = [await signedIn('bruno'), await signedIn('bruno')];
      const stream = await there.live();
      await cut(stream, async () => (await here.delete('/api/v1/me/sessions')).ok(204));
      expect((await stream.next('signed_out')).data.reason).toBe('signed_out_all');
      (await there.get('/api/v1/account')).refused(401, 'session_signed_out_all');
      (await here.get('/api/v1/account')).ok();
    },
  },
  { id: 'X103', attack: 'an idle tab with an open stream', tried: ['session/idle.test.ts', 'for the API, the refresh and the open stream'] },
  { id: 'X104', attack: 'polling as if somebody were there', tried: ['session/idle.test.ts', 'and not by asking or refreshing'] },
  {
    id: 'X105', attack: 'a member of two accounts, let go by one',
    try: async () => {
      const other = await anAccount();
      await sql(`INSERT INTO memberships (account_id, user_id, group_id, display_name)
        SELECT g.account_id, u.id, g.id, u.name FROM users u, groups g WHERE u.email = :'email' AND g.account_id = ${other.id} AND g.builtin = 'agent'`, { email: account.email('bruno') });
      const here = await signedIn('bruno');
      const there = new Browser({ account_id: other.id });
      for (const [name, cookie] of here.cookies) there.cookies.set(name, cookie);
      (await there.get('/api/v1/account')).ok();
      await sql(`UPDATE memberships SET is_active = false WHERE account_id = ${account.id} AND id = ${account.members.bruno}`);
      (await here.get('/api/v1/account')).refused(404, 'account_unknown');
      (await there.get('/api/v1/account')).ok();
      await sql(`UPDATE memberships SET is_active = true WHERE account_id = ${account.id} AND id = ${account.members.bruno}`);
    },
  },
  { id: 'X106', attack: 'a permission taken while connected', tried: ['matrix/gates.test.ts', 'X106'] },
  {
    id: 'X107', attack: 'the back button after signing out',
    try: async () => {
      const ana = await signedIn('ana');
      expect((await ana.get('/api/v1/tickets?tab=serving')).headers['cache-control']).toBe('no-store');
      const left = await ana.delete('/api/v1/session');
      left.ok(204);
      expect(left.headers['clear-site-data']).toBe('"cache", "storage"');
    },
  },
  { id: 'X127', attack: 'an address within, in every spelling', tried: [`${BACKEND}/base/httpc_guard_test.c`, 'urls_that_name_inner_places_are_refused_in_every_spelling'] },
  { id: 'X128', attack: 'a name that leads within when it counts', tried: [`${BACKEND}/base/httpc_test.c`, 'a_name_that_leads_inside_is_refused_at_the_socket'] },
  { id: 'X129', attack: 'a redirect to within', tried: [`${BACKEND}/base/httpc_test.c`, 'a_redirect_is_an_answer_not_a_journey'] },
  { id: 'X130', attack: 'a connection kept from before', tried: [`${BACKEND}/base/httpc_test.c`, 'listed_targets_keep_their_connection'] },
  { id: 'X131', attack: 'addresses that are none of ours to call', tried: [`${BACKEND}/base/httpc_guard_test.c`, 'urls_that_are_not_such_are_invalid'] },
  { id: 'X132', attack: 'an answer without end', tried: [`${BACKEND}/base/httpc_test.c`, 'answers_larger_than_asked_for_are_cut_off'] },
  { id: 'X133', attack: "a provider's delivery, wrongly signed", tried: ['whatsapp/signature.test.ts', 'without a signature is refused, and kept as such'] },
  { id: 'X134', attack: 'the same delivery again and again', tried: ['whatsapp/delivery.test.ts', 'a message that is delivered again days later stays one message'] },
  { id: 'X135', attack: 'a call to our own API channel, minutes old', not_yet: 'there is no such channel' },
  { id: 'X136', attack: 'a door that is no hook', tried: ['whatsapp/signature.test.ts', 'through the wrong door is not for us'] },
  { id: 'X137', attack: 'a formula in an export', tried: ['trail/chain.test.ts', 'X137'] },
  { id: 'X142', attack: 'a row of the trail changed, removed or put in', tried: ['trail/chain.test.ts', 'X142'] },
  {
    id: 'X143', attack: 'a program that changes the trail',
    try: async () => {
      for (const role of ['DB_API', 'DB_WORKER'] as const)
        for (const text of ["UPDATE audit_events SET action = 'x'", 'DELETE FROM audit_events', 'UPDATE audit_chain SET seq = 0', 'DELETE FROM audit_chain'])
          await expect(sql(`SET balcao.account = '${account.id}'; ${text}`, {}, role)).rejects.toThrow(/permission denied/);
      expect(await value(`SELECT count(*) FROM audit_events WHERE account_id = ${account.id}`)).toBeGreaterThan(0);
    },
  },
  { id: 'X144', attack: 'erasing what is held', not_yet: 'nothing erases or holds' },
  { id: 'X145', attack: 'an old backup that knows the erased', not_yet: 'nothing erases' },
  { id: 'X146', attack: 'a sealed value moved to another row', tried: [`${BACKEND}/base/crypto_test.c`, 'a_secret_moved_to_another_row_or_account_does_not_open'] },
  { id: 'X147', attack: 'secrets in logs and cores', tried: ['after/secrecy.test.ts', 'nothing of it is in any log'] },
  { id: 'X148', attack: 'an export after the permission was lost', not_yet: 'there are no exports in the background' },
  { id: 'X149', attack: 'a message to who wrote /bloquear', not_yet: 'there is no ledger of consent' },
  { id: 'X150', attack: 'a list of networks without its author', tried: ['people/networks.test.ts', 'X150'] },
];

triesAll(CASES, ['X035-X060', 'X062-X107', 'X127-X137', 'X142-X150']);
