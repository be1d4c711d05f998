import { Button, Skeleton, Table, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { plain } from '@/lib/plain';
import { RefusalLine, RefusalState } from '@/lib/refusal';
import { Chip, type Tone } from '@/ui/Chip';
import { Dialog } from '@/ui/Dialog';
import { EmptyState } from '@/ui/EmptyState';
import { accountsQuery, useSetAccountState, type Account } from './api';
import { NewAccount } from './NewAccount';
import classes from './operator.module.css';
import { useNumbers } from './useNumbers';

const TONES: Record<Account['state'], Tone> = { active: 'ok', suspended: 'warn', closed: 'plain' };
const COLUMNS = [
  'account',
  'state',
  'members',
  'tickets_today',
  'storage',
  'channels_failing',
] as const;

/** Of an installation with hundreds of accounts, what a screen holds. */
const AT_ONCE = 50;

export function Accounts() {
  const { t } = useTranslation('operator');
  const [isOpening, setOpening] = useState(false);
  const [words, setWords] = useState('');
  const [most, setMost] = useState(AT_ONCE);
  const accounts = useQuery(accountsQuery);
  const rows = accounts.data?.data;
  const found = (rows ?? []).filter(({ name, slug }) =>
    plain(`${name} ${slug}`).includes(plain(words.trim())),
  );
  const hidden = found.length - most;
  return (
    <section aria-label={t('accounts')}>
      <header className={classes.bar}>
        <h2>{t('accounts')}</h2>
        <Button onClick={() => setOpening(true)}>{t('new')}</Button>
      </header>
      {accounts.isError && !rows ? (
        <RefusalState error={accounts.error} onRetry={() => void accounts.refetch()} />
      ) : !rows ? (
        <Skeleton height={160} />
      ) : rows.length === 0 ? (
        <EmptyState title={t('empty')} text={t('empty_why')} />
      ) : (
        <div className={classes.found}>
          <TextInput
            className={classes.search}
            type="search"
            aria-label={t('find')}
            placeholder={t('find')}
            value={words}
            onChange={(event) => {
              setWords(event.currentTarget.value);
              setMost(AT_ONCE);
            }}
          />
          {found.length > 0 && <AccountTable accounts={found.slice(0, most)} />}
          <div role="status">{found.length === 0 && <EmptyState title={t('none_found')} />}</div>
          {hidden > 0 && (
            <Button
              className={classes.more}
              variant="default"
              onClick={() => setMost(most + AT_ONCE)}
            >
              {t('more', { count: Math.min(hidden, AT_ONCE) })}
            </Button>
          )}
        </div>
      )}
      <NewAccount open={isOpening} onClose={() => setOpening(false)} />
    </section>
  );
}

function AccountTable({ accounts }: { accounts: Account[] }) {
  const { t } = useTranslation('operator');
  return (
    <Table.ScrollContainer minWidth={760} type="native">
      <Table>
        <Table.Thead>
          <Table.Tr>
            {COLUMNS.map((column) => (
              <Table.Th key={column}>{t(`column.${column}`)}</Table.Th>
            ))}
            <Table.Th>{t('column.act')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {accounts.map((account) => (
            <Row key={account.id} account={account} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Row({ account }: { account: Account }) {
  const { t } = useTranslation('operator');
  const format = useNumbers();
  const setState = useSetAccountState();
  const [isAsking, setAsking] = useState(false);
  const { id, name, state } = account;
  const act = state === 'active' ? 'suspend' : 'resume';
  const doIt = () => setState.mutate({ id, to: act }, { onSuccess: () => setAsking(false) });
  return (
    <Table.Tr>
      <Table.Td>
        <b>{name}</b> <small>{account.slug}</small>
      </Table.Td>
      <Table.Td>
        <Chip tone={TONES[state]}>{t(`state.${state}`)}</Chip>
      </Table.Td>
      <Table.Td className="num">{format.number(account.members)}</Table.Td>
      <Table.Td className="num">{format.number(account.tickets_today)}</Table.Td>
      <Table.Td className="num">{format.bytes(account.storage_bytes)}</Table.Td>
      <Table.Td className="num">
        {t('of', { failing: account.channels_failing, all: account.channels })}
      </Table.Td>
      <Table.Td>
        {state !== 'closed' && (
          <Button
            variant="default"
            size="xs"
            aria-label={t(`${act}_account`, { name })}
            loading={setState.isPending}
            onClick={act === 'suspend' ? () => setAsking(true) : doIt}
          >
            {t(act)}
          </Button>
        )}
        {!isAsking && <RefusalLine error={setState.error} />}
        <Dialog
          open={isAsking}
          title={t('suspend_account', { name })}
          onClose={() => setAsking(false)}
        >
          <div className={classes.opened}>
            <p>{t('suspend_means')}</p>
            <Button color="red" loading={setState.isPending} onClick={doIt}>
              {t('suspend')}
            </Button>
            <RefusalLine error={setState.error} />
          </div>
        </Dialog>
      </Table.Td>
    </Table.Tr>
  );
}
