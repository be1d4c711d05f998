import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { phone } from '@/lib/format';
import { useCan } from '@/lib/session';
import { Avatar } from '@/ui/Avatar';
import { peopleQuery } from './api';
import classes from './start.module.css';

export type Who = { kind: 'contact'; id: number; name: string } | { kind: 'number'; phone: string };

const IDLE_MS = 200;
const DIGITS_MIN = 10; // area code and number

const BRAZIL = '55';

/** What was typed as a number of the world: without a country it is Brazil's. */
function numberOf(text: string): string | undefined {
  const digits = text.replace(/\D/g, '');
  if (digits.length < DIGITS_MIN || /[^\d\s()+.-]/.test(text)) return undefined;
  const international = text.trim().startsWith('+') || digits.length > DIGITS_MIN + 1;
  return international ? digits : BRAZIL + digits;
}

type Props = { who: Who | undefined; fixed: boolean; onChange: (who: Who | undefined) => void };

export function WhoField({ who, fixed, onChange }: Props) {
  const { t } = useTranslation('start');
  if (!who) return <Search onChoose={onChange} />;
  const name = who.kind === 'contact' ? who.name : phone(who.phone);
  return (
    <p className={classes.who}>
      <Avatar name={name} />
      <b className="cut">{name}</b>
      {!fixed && (
        <Button variant="subtle" size="sm" onClick={() => onChange(undefined)}>
          {t('other')}
        </Button>
      )}
    </p>
  );
}

function Search({ onChoose }: { onChoose: (who: Who) => void }) {
  const { t } = useTranslation('start');
  const can = useCan();
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text.trim(), IDLE_MS);
  const found = useQuery({ ...peopleQuery(q), enabled: q.length >= 2 && can('contacts.view') });
  const number = numberOf(text);
  const people = q.length >= 2 ? (found.data?.data ?? []) : [];
  const only: Who | undefined = number ? { kind: 'number', phone: number } : undefined;
  return (
    <div>
      <TextInput
        data-autofocus
        role="searchbox"
        label={t('who')}
        description={t('who_hint')}
        leftSection={<IconSearch size={16} stroke={1.75} />}
        value={text}
        onChange={({ currentTarget: { value } }) => setText(value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          if (only) onChoose(only);
        }}
      />
      <ul className={classes.people}>
        {people.map(({ id, name, phone: address }) => (
          <li key={id}>
            <button
              type="button"
              className={classes.option}
              onClick={() => onChoose({ kind: 'contact', id, name: name || (address ?? '') })}
            >
              <span className="cut">{name || address}</span>
              <small className="num">{address}</small>
            </button>
          </li>
        ))}
        {only?.kind === 'number' && (
          <li>
            <button type="button" className={classes.option} onClick={() => onChoose(only)}>
              <span className="cut num">{t('new_number', { phone: phone(only.phone) })}</span>
            </button>
          </li>
        )}
      </ul>
      {found.isSuccess && q.length >= 2 && people.length === 0 && !only && (
        <p className={classes.quiet}>{t('nobody', { text: q })}</p>
      )}
    </div>
  );
}
