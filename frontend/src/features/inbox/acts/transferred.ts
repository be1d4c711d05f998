import type { QueryClient } from '@tanstack/react-query';
import { bringWords, i18n } from '@/lib/i18n';
import { toast } from '@/lib/toast';
import { catalogueQuery } from '../api';

export type Transferred = {
  ticket_id: number;
  protocol: string;
  department_id?: number | null | undefined;
  by_member_id?: number | null | undefined;
};

/** Somebody passed a ticket on to a department whose transfers I want to know of. */
export async function sayTransferred(cache: QueryClient, told: Transferred) {
  await bringWords('acts');
  const account = await cache.query({ ...catalogueQuery, staleTime: 'static' });
  const by = account.members.find(({ id }) => id === told.by_member_id);
  const department = account.departments.find(({ id }) => id === told.department_id);
  toast({
    id: `queue-${told.ticket_id}`, // as of one that is new in the queue: it is the same news
    message: i18n.t('acts:noticed.department', {
      name: by?.display_name ?? i18n.t('acts:noticed.somebody'),
      department: department?.name ?? '',
      protocol: told.protocol,
    }),
  });
}
