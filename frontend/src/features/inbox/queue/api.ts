import { queryOptions } from '@tanstack/react-query';
import { api, inAccount, unwrap, type Schema } from '@/api/client';
import { useTicketAct, type Ticket } from '../api';

export type Decision = Schema['Decision'];
export type Candidate = Decision['why']['candidates'][number];
export type Priority = Schema['Priority'];
export const PRIORITIES: readonly Priority[] = ['urgent', 'high', 'normal', 'low'];

const at = (id: number) => ({ header: inAccount(), path: { id } });

export const useAssign = (id: number) =>
  useTicketAct<number>(
    (ticket, member_id) =>
      unwrap(api.POST('/api/v1/tickets/{id}/assign', { params: at(ticket), body: { member_id } })),
    id,
  );

export const usePrioritize = (id: number) =>
  useTicketAct<Priority>(
    (ticket, priority) =>
      unwrap(
        api.POST('/api/v1/tickets/{id}/prioritize', { params: at(ticket), body: { priority } }),
      ),
    id,
  );

const LOOK_EVERY_MS = 15_000; // why it waits changes without anything happening to it

/** Asked anew whenever the ticket moved. */
export const decisionsQuery = ({ id, state, assignee_id, queued_at }: Ticket) =>
  queryOptions({
    queryKey: ['decisions', id, state, assignee_id, queued_at],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/tickets/{id}/distribution', { params: at(id), signal })),
    refetchInterval: state === 'waiting' ? LOOK_EVERY_MS : false,
  });
