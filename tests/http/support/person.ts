/** What only the database can arrange of a person: time that passed, what an account demands, a factor. */
import type { Account, Who } from './account.ts';
import type { Schemas } from './answer.ts';
import type { Browser } from './browser.ts';
import { sql } from './database.ts';
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

/** Sets up an authenticator for whoever is signed in. */
export async function enrol(browser: Browser): Promise<Factor> {
  await browser.stepUp();
  const { ticket, secret } = (await browser.post('/api/v1/me/factor')).ok<Schemas['FactorSecret']>();
  const { recovery_codes } = (await browser.post('/api/v1/me/factor/confirm', { ticket, code: totp(secret) })).ok<{
    recovery_codes: string[];
  }>();
  return { secret, recovery_codes };
}

export type Step = Schemas['SignInStep'];
