/** Letters, as the lab's mail server took them. */
import { lab } from './lab.ts';

export type Mail = { id: number; subject: string; text: string; html: string; links: string[]; raw: string; message_id: string };

/** The next letter to somebody. `after`: one that was read already. */
export function nextMail(to: string, after?: Mail): Promise<Mail> {
  return lab<Mail>('GET', `/mails/next?to=${encodeURIComponent(to)}&after=${after?.id ?? 0}&timeout_ms=15000`);
}

export async function mailsTo(to: string): Promise<number> {
  return (await lab<{ data: unknown[] }>('GET', `/mails?to=${encodeURIComponent(to)}`)).data.length;
}

/** What follows the # of a letter's link. */
export function tokenOf(mail: Mail): string {
  const link = mail.links[0];
  if (link === undefined || !link.includes('#')) throw new Error(`no link in: ${mail.text}`);
  return link.slice(link.indexOf('#') + 1);
}
