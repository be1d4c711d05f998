/** Reading the letters that came by SMTP, and telling the mail server to be difficult. */
import { found, Refusal } from '../refusal.ts';
import type { Mail, MailFaults } from '../smtp/mailbox.ts';
import { type ControlRoutes, objectBody, queryNumber } from './request.ts';

const LONGEST_WAIT_MS = 120_000;

export const mailRoutes: ControlRoutes = {
  'GET /mails': ({ context: { world }, url }) => ({
    data: world.mailbox.list(url.searchParams.get('to'), queryNumber(url, 'after', 0)).map(inList),
  }),

  /** Answers when a letter to `to` is there that came after the letter `after`; 404 when the time is over. */
  'GET /mails/next': async ({ context: { world }, url }) => {
    const to = url.searchParams.get('to');
    if (to === null) throw new Refusal(400, 'to whom?');
    const timeout = Math.min(queryNumber(url, 'timeout_ms', 10_000), LONGEST_WAIT_MS);
    return found(await world.mailbox.next(to, queryNumber(url, 'after', 0), timeout), 'letter');
  },

  'PUT /mails/faults': async ({ context: { world }, req }) => {
    world.mailbox.faults = (await objectBody(req)) as MailFaults;
    return world.mailbox.faults;
  },

  'GET /mails/:mail': ({ context: { world }, params }) => found(world.mailbox.get(Number(params['mail'])), 'letter'),

  'DELETE /mails': ({ context: { world } }) => {
    world.mailbox.clear();
    return {};
  },
};

function inList({ id, at, to, subject }: Mail): Partial<Mail> {
  return { id, at, to, subject };
}
