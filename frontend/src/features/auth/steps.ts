import type { Schema } from '@/api/client';
import { asRefusal } from '@/api/refusal';

/** Where somebody stands at the door. Tickets are the server's: good for one step, minutes long. */
export type Step =
  | { at: 'password' }
  | { at: 'factor'; ticket: string; trustedDays: number }
  | { at: 'enrol'; ticket: string; needsEmailCode: boolean }
  | { at: 'new_password'; ticket: string }
  | { at: 'elsewhere'; ticket: string; elsewhere: Schema['Elsewhere'] }
  | { at: 'in'; me: Schema['Me'] };

export type StepAnswer = { step: Step; codes: string[] | undefined };

export function stepOf(answer: Schema['SignInStep']): StepAnswer {
  const ticket = answer.ticket ?? '';
  const codes = answer.recovery_codes;
  if (answer.me) return { step: { at: 'in', me: answer.me }, codes };
  switch (answer.state) {
    case 'factor_required':
      return {
        step: { at: 'factor', ticket, trustedDays: answer.trusted_device_days ?? 0 },
        codes,
      };
    case 'enrol_required':
      return {
        step: { at: 'enrol', ticket, needsEmailCode: answer.needs_email_code ?? false },
        codes,
      };
    case 'password_change_required':
      return { step: { at: 'new_password', ticket }, codes };
    case 'signed_in':
      return { step: { at: 'password' }, codes };
  }
}

/** A session elsewhere is a refusal for the server and one more step for the person. */
export function stepOfRefusal(thrown: unknown): StepAnswer | undefined {
  const { slug, problem } = asRefusal(thrown);
  if (slug !== 'session_elsewhere' || !problem.ticket || !problem.elsewhere) return undefined;
  return {
    step: { at: 'elsewhere', ticket: problem.ticket, elsewhere: problem.elsewhere },
    codes: problem.recovery_codes,
  };
}
