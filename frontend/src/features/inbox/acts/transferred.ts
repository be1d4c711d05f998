import type { QueryClient } from '@tanstack/react-query';
import { bringWords, i18n } from '@/lib/i18n';
import { toast } from '@/lib/toast';
import { catalogueQuery } from '../api';

export type Transferred = {
  protocol: string;
  department_id: number | null;
  assignee_id: number | null;
  by_member_id: number | null;
};

/** Somebody passed a ticket on to me, or to a department whose transfers I want to know of. */
export async function sayTransferred(cache: QueryClient, told: Transferred) {
  await bringWords('acts');
  const account = cache.getQueryData(catalogueQuery.queryKey);
  const by = account?.members.find(({ id }) => id === told.by_member_id);
  const department = account?.departments.find(({ id }) => id === told.department_id);
  const said = {
    name: by?.display_name ?? i18n.t('acts:noticed.somebody'),
    department: department?.name ?? '',
    protocol: told.protocol,
  };
  toast({
    message: told.assignee_id
      ? i18n.t('acts:noticed.you', said)
      : i18n.t('acts:noticed.department', said),
  });
}
