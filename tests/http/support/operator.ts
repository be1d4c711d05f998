/** Who keeps the installation, made by balcaoctl as on a server. */
import { execFile } from 'node:child_process';

import type { Schemas } from './answer.ts';
import { Browser, PASSWORD } from './browser.ts';
import { sql } from './database.ts';
import { house } from './house.ts';
import { totp } from './totp.ts';

export type OperatorStep = Schemas['OperatorStep'];

/** What balcaoctl says; its exit status when it refuses. */
export function ctl(words: string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(`${house.bin}/balcaoctl`, words, { env: { ...process.env, BALCAO_VAR: house.var } }, (error, out, err) =>
      error ? reject(new Error(err.trim())) : resolve(out.trim()),
    );
    child.stdin?.end(input);
  });
}

export type Operator = {
  email: string;
  secret: string;
  recovery_codes: string[];
  /** The password shown: the ticket for the factor. */
  asked: (browser: Browser) => Promise<string>;
  /** All of it shown. */
  enter: () => Promise<Browser>;
};

export const createOperator = (email: string, networks = '127.0.0.1/32'): Promise<string> =>
  ctl(['operator', 'create', '--email', email, '--networks', networks], `${PASSWORD}\n`);

/** The first steps of somebody without a factor. */
export async function beginEnrolment(browser: Browser, email: string): Promise<Schemas['FactorSecret']> {
  const step = (await browser.post('/api/v1/operator/session', { email, password: PASSWORD })).ok<OperatorStep>();
  if (step.state !== 'enrol_required') throw new Error(step.state);
  return (await browser.post('/api/v1/operator/session/enrol', { ticket: step.ticket })).ok();
}

/** Codes count once: as if the last one had been used a while ago. */
export const forgetLastCode = (email: string): Promise<string> =>
  sql("UPDATE operator_factors SET last_step = 0, drift = 0 WHERE operator_id = (SELECT id FROM operators WHERE email = :'email')", { email });

export async function anOperator(email: string): Promise<Operator> {
  await createOperator(email);
  const first = new Browser();
  const { ticket, secret } = await beginEnrolment(first, email);
  const { recovery_codes = [] } = (await first.post('/api/v1/operator/session/enrol/confirm', { ticket, code: totp(secret) })).ok<OperatorStep>();

  const asked = async (browser: Browser): Promise<string> => {
    await forgetLastCode(email);
    const step = (await browser.post('/api/v1/operator/session', { email, password: PASSWORD })).ok<OperatorStep>();
    if (step.state !== 'factor_required') throw new Error(step.state);
    return step.ticket ?? '';
  };
  const enter = async (): Promise<Browser> => {
    const browser = new Browser();
    const ticket = await asked(browser);
    (await browser.post('/api/v1/operator/session/factor', { ticket, code: totp(secret) })).ok();
    return browser;
  };
  return { email, secret, recovery_codes, asked, enter };
}
