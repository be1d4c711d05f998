import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusalLine } from '@/lib/refusal';
import { fieldsQuery, groupsQuery, useTryImport, type OpenImport } from './api';
import classes from './contacts.module.css';

const OWN = ['name', 'phone', 'email', 'notes'] as const;

/** What each column of the file is; the first lines show what stands in it. */
export function ImportMapping({ one }: { one: OpenImport }) {
  const { t } = useTranslation('contacts');
  const fields = useQuery(fieldsQuery);
  const groups = useQuery(groupsQuery);
  const attempt = useTryImport(one.id);
  const [mapping, setMapping] = useState(one.mapping);
  const [group, setGroup] = useState(one.group_id === null ? null : String(one.group_id));
  const meanings = [
    ...OWN.map((word) => ({ value: word, label: t(word) })),
    ...(fields.data?.data ?? []).map(({ id, name }) => ({ value: `field:${id}`, label: name })),
  ];
  return (
    <form
      className={`${classes.section} ${classes.form}`}
      aria-label={t('import.mapping')}
      onSubmit={(event) => {
        event.preventDefault();
        attempt.mutate({ mapping, ...(group && { group_id: Number(group) }) });
      }}
    >
      <h3>{t('import.mapping')}</h3>
      {one.header.map((title, place) => (
        <Select
          key={place}
          label={title || t('import.column', { n: place + 1 })}
          description={one.samples
            .map((cells) => cells[place])
            .filter(Boolean)
            .join(' · ')}
          placeholder={t('import.ignored')}
          clearable
          data={meanings}
          value={mapping[place] || null}
          onChange={(word) =>
            setMapping((was) => was.map((before, at) => (at === place ? (word ?? '') : before)))
          }
        />
      ))}
      <Select
        label={t('import.group')}
        placeholder={t('groups.none')}
        clearable
        data={(groups.data?.data ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
        value={group}
        onChange={setGroup}
      />
      <RefusalLine error={attempt.error} />
      <div className={classes.acts}>
        <Button
          type="submit"
          variant={one.state === 'tried' ? 'default' : 'filled'}
          loading={attempt.isPending}
        >
          {t('import.try')}
        </Button>
      </div>
    </form>
  );
}
