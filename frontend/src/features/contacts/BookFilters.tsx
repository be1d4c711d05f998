import { CloseButton, Select, TextInput } from '@mantine/core';
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { useCan, useSession } from '@/lib/session';
import { useShortcuts } from '@/lib/shortcuts';
import { groupsQuery } from './api';
import type { BookSearch } from './place';
import classes from './contacts.module.css';

const IDLE_MS = 250;
const ORDERS = ['activity', 'name', 'newest'] as const;
const ONLY = ['granted', 'withdrawn', 'none', 'blocked', 'unsaved', 'deleted'] as const;
const MASK_PHONE = 1;

/** What is looked for and which of them; all of it is the address of the page. */
export function BookFilters({ search }: { search: BookSearch }) {
  const { t } = useTranslation('contacts');
  const can = useCan();
  const navigate = useNavigate();
  const groups = useQuery(groupsQuery);
  const change = (next: Partial<BookSearch>) =>
    void navigate({ to: paths.contacts, search: { ...search, ...next }, replace: true });

  return (
    <search className={classes.filters} aria-label={t('filters')}>
      <SearchText value={search.q ?? ''} onSearch={(q) => change({ q: q || undefined })} />
      <Select
        aria-label={t('only.label')}
        placeholder={t('only.all')}
        clearable
        disabled={Boolean(search.q)}
        data={ONLY.filter((one) => one !== 'deleted' || can('contacts.delete')).map((one) => ({
          value: one,
          label: t(`only.${one}`),
        }))}
        value={search.only ?? null}
        onChange={(only) => change({ only: (only as BookSearch['only']) ?? undefined })}
      />
      {(groups.data?.data.length ?? 0) > 0 && (
        <Select
          aria-label={t('groups.filter')}
          placeholder={t('groups.filter')}
          clearable
          searchable
          disabled={Boolean(search.q)}
          data={(groups.data?.data ?? []).map(({ id, name }) => ({
            value: String(id),
            label: name,
          }))}
          value={search.group ? String(search.group) : null}
          onChange={(group) => change({ group: group ? Number(group) : undefined })}
        />
      )}
      {!search.only && !search.group && !search.q && <Order search={search} onChange={change} />}
      <BookLinks search={search} />
    </search>
  );
}

/** What is done with many of them at once. */
function BookLinks({ search }: { search: BookSearch }) {
  const { t } = useTranslation('contacts');
  const can = useCan();
  return (
    <p className={classes.links}>
      {can('contacts.merge') && <Link to={paths.duplicates}>{t('merge.title')}</Link>}
      {can('contacts.import') && <Link to={paths.contactImports}>{t('import.title')}</Link>}
      {can('contacts.export') && (
        <Link to={paths.contactExports} search={search}>
          {t('export.title')}
        </Link>
      )}
    </p>
  );
}

type OrderProps = { search: BookSearch; onChange: (next: Partial<BookSearch>) => void };

function Order({ search, onChange }: OrderProps) {
  const { t } = useTranslation('contacts');
  const { masks } = useSession().account;
  return (
    <Select
      aria-label={t('order.label')}
      allowDeselect={false}
      data={ORDERS.filter((one) => one !== 'name' || (masks & MASK_PHONE) === 0).map((one) => ({
        value: one,
        label: t(`order.${one}`),
      }))}
      value={search.sort ?? 'activity'}
      onChange={(order) =>
        onChange({ sort: order === 'activity' ? undefined : (order as BookSearch['sort']) })
      }
    />
  );
}

/** What is typed reaches the address after a breath, so that each letter is not a search. */
function SearchText({ value, onSearch }: { value: string; onSearch: (text: string) => void }) {
  const { t } = useTranslation('contacts');
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useShortcuts({ search: () => field.current?.focus() });
  if (known !== value) {
    setKnown(value);
    if (value !== text.trim()) setText(value);
  }
  const type = (next: string, wait = IDLE_MS) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch(next.trim()), wait);
  };
  return (
    <TextInput
      ref={field}
      role="searchbox"
      aria-label={t('search.label')}
      placeholder={t('search.placeholder')}
      maxLength={100}
      value={text}
      onChange={({ currentTarget }) => type(currentTarget.value)}
      leftSection={<IconSearch size={16} stroke={1.75} />}
      rightSection={
        text && <CloseButton size="sm" aria-label={t('search.clear')} onClick={() => type('', 0)} />
      }
    />
  );
}
