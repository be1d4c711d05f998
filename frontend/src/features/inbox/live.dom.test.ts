import { QueryClient } from '@tanstack/react-query';
import { aMessage, aTicket } from '@/testing/factories';
import { inboxPatches } from './live';

const ME = 7;

function hear() {
  const notify = vi.fn();
  const cache = new QueryClient();
  cache.setQueryData(['account'], { members: [{ id: 9, display_name: 'Bruno' }] });
  const patches = inboxPatches(ME, notify);
  const told = (kind: string, data: unknown) => patches[kind]?.(cache, { kind, data, id: '1' });
  const kinds = () => notify.mock.calls.map(([, heard]) => (heard as { kind: string }).kind);
  return { told, notify, kinds };
}

const about = { ticket_id: 3, protocol: '20261120-0003' };
const queued_at = '2026-11-20T15:00:00.000Z';

it('says once that a ticket was given to me, by whom, and nothing of what others get', async () => {
  const { told, notify } = hear();
  told('ticket.assigned', { ...about, member_id: ME, by_member_id: 9 });
  told('ticket.transferred', { ...about, assignee_id: ME, member_ids: [ME], by_member_id: 9 });
  told('ticket.changed', { ticket: aTicket({ id: 3, assignee_id: ME }) });
  told('ticket.assigned', { ...about, member_id: 9, by_member_id: ME });
  await vi.waitFor(() => expect(notify).toHaveBeenCalled());
  expect(notify).toHaveBeenCalledExactlyOnceWith(expect.anything(), {
    kind: 'assigned',
    ticket: { id: 3, protocol: about.protocol },
    by: 'Bruno',
  });
});

it('rings for a queue when a ticket comes into it, not for each word of whoever waits', () => {
  const { told, kinds } = hear();
  const ticket = aTicket({ id: 3, state: 'waiting', assignee_id: null, queued_at });
  told('message.created', {
    ticket,
    message: aMessage({ ticket_id: 3, seq: 2, direction: 'in', created_at: queued_at }),
  });
  told('message.created', {
    ticket,
    message: aMessage({
      ticket_id: 3,
      seq: 3,
      direction: 'in',
      created_at: '2026-11-20T15:01:00.000Z',
    }),
  });
  expect(kinds()).toEqual(['queue']);
});

it('tells of a promise those that it names', () => {
  const { told, notify } = hear();
  told('ticket.sla', { ...about, kind: 'first_answer', is_late: false, member_ids: [9] });
  expect(notify).not.toHaveBeenCalled();
  told('ticket.sla', { ...about, kind: 'first_answer', is_late: true, member_ids: [ME, 9] });
  expect(notify).toHaveBeenCalledExactlyOnceWith(
    expect.anything(),
    expect.objectContaining({ kind: 'sla', is_late: true }),
  );
});
