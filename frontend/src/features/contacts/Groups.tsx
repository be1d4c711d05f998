import { MultiSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { RefusalLine } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { groupsQuery, useGroupMembership, type Contact } from './api';
import classes from './contacts.module.css';

/** Choosing is joining, taking away is leaving. */
export function Groups({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts');
  const can = useCan();
  const groups = useQuery(groupsQuery);
  const membership = useGroupMembership(contact.id);
  if (!groups.data || groups.data.data.length === 0) return null;
  const change = (next: string[]) => {
    const now = new Set(next.map(Number));
    const joined = [...now].find((id) => !contact.group_ids.includes(id));
    const left = contact.group_ids.find((id) => !now.has(id));
    const group = joined ?? left;
    if (group !== undefined) membership.mutate({ group, joins: joined !== undefined });
  };
  return (
    <section className={classes.section} aria-label={t('groups.title')}>
      <h3>{t('groups.title')}</h3>
      <MultiSelect
        aria-label={t('groups.title')}
        placeholder={contact.group_ids.length === 0 ? t('groups.none') : ''}
        searchable
        disabled={!can('contact_groups.manage') || membership.isPending}
        data={groups.data.data.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={contact.group_ids.map(String)}
        onChange={change}
      />
      <RefusalLine error={membership.error} />
    </section>
  );
}
