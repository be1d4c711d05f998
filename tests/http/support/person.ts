/** What only the database can arrange of a person: time that passed, what an account demands, a factor. */
import type { Account, Who } from './account.ts';
import type { Schemas } from './answer.ts';
import type { Browser } from './browser.ts';
import { sql, value } from './database.ts';
import { type Mail, nextMail } from './mails.ts';
import { totp } from './totp.ts';

export const sessionOf = (browser: Browser): string => browser.cookies.get('__Host-brt')?.split('.')[0] ?? '';

/** People of this account may be in once, as those of a new account may. */
export const oneSession = (account: Account): Promise<string> =>
  sql("UPDATE account_security SET allows_several_sessions = false WHERE account_id = :'id'", { id: account.id });

/** Agents and so on need a second factor, since long ago. */
export const demandFactor = (account: Account, builtin: string): Promise<string> =>
  sql("UPDATE groups SET factor_from = now() - interval '1 day' WHERE account_id = :'id' AND builtin = :'builtin'", {
    id: account.id,
    builtin,
  });

/** Codes count once: as if the last one had been used a while ago. */
export const forgetLastCode = (account: Account, who: Who): Promise<string> =>
  sql("UPDATE factors SET last_step = 0, drift = 0 WHERE user_id = (SELECT id FROM users WHERE email = :'email')", {
    email: account.email(who),
  });

export type Factor = { secret: string; recovery_codes: string[] };

/** The latest code in the letters to whoever sets a first factor up. Other letters come between: of sign-ins, of changes. */
export async function codeMailedTo(email: string): Promise<string> {
  const sent = await value<number>("SELECT count(*) FROM mails WHERE recipient = :'email' AND template = 'factor_code'", { email });
  const codes: string[] = [];
  let letter: Mail | undefined;
  while (codes.length < sent) {
    letter = await nextMail(email, letter);
    codes.push(...(letter.text.match(/^\d{6}\r?$/gm) ?? []).map((line) => line.trim()));
  }
  return codes.at(-1) ?? '';
}

const emailOf = (browser: Browser): Promise<string> =>
  sql("SELECT u.email FROM users u JOIN sessions s ON s.user_id = u.id WHERE s.id = :'id'", { id: sessionOf(browser) });

/** Sets up the first authenticator of whoever is signed in. */
export async function enrol(browser: Browser): Promise<Factor> {
  await browser.stepUp();
  const { ticket, secret } = (await browser.post('/api/v1/me/factor')).ok<Schemas['FactorSecret']>();
  const body = { ticket, code: totp(secret), email_code: await codeMailedTo(await emailOf(browser)) };
  const { recovery_codes } = (await browser.post('/api/v1/me/factor/confirm', body)).ok<{ recovery_codes: string[] }>();
  return { secret, recovery_codes };
}

export type Step = Schemas['SignInStep'];
