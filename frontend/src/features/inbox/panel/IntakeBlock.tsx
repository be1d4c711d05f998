import { Button, TextInput } from '@mantine/core';
import {
  keepPreviousData,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, inAccount, unwrap } from '@/api/client';
import { RefusalLine } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import type { Ticket } from '../api';
import { Block } from './Block';
import classes from './panel.module.css';

const at = (id: number) => ({ header: inAccount(), path: { id } });

/** Asked anew with every message: an answer may be among them. */
const intakeQuery = (id: number, seq: number) =>
  queryOptions({
    queryKey: ['intake', id, seq],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/tickets/{id}/intake', { params: at(id), signal })),
  });

/** How far the first questions came, while the bot asks them; and the way around them. */
export function IntakeBlock({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('intake');
  const can = useCan();
  const intake = useQuery(intakeQuery(ticket.id, ticket.last_seq));
  if (intake.data?.state === 'none') return null;
  return (
    <Block title={t('panel.title')} query={intake} open>
      {({ state, asked, missing, wrong_count, tries }) => (
        <>
          <ul aria-label={t('panel.title')}>
            {asked.map((need) => (
              <li key={need} className={classes.line}>
                <span>{t(`need.${need}`)}</span>
                <small>{t(missing.includes(need) ? 'panel.missing' : 'panel.answered')}</small>
              </li>
            ))}
          </ul>
          {wrong_count > 0 && (
            <p className={classes.quiet}>{t('panel.wrong', { count: wrong_count, tries })}</p>
          )}
          {state === 'asking' && can('flows.stop') && <Override id={ticket.id} />}
        </>
      )}
    </Block>
  );
}

function Override({ id }: { id: number }) {
  const { t } = useTranslation('intake');
  const cache = useQueryClient();
  const [reason, setReason] = useState('');
  const send = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/v1/tickets/{id}/intake/override', { params: at(id), body: { reason } }),
      ),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['tickets'] }),
  });
  return (
    <form
      className={classes.override}
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate();
      }}
    >
      <TextInput
        size="xs"
        label={t('panel.reason')}
        maxLength={300}
        value={reason}
        onChange={({ currentTarget: { value } }) => setReason(value)}
      />
      <Button
        type="submit"
        size="xs"
        variant="default"
        disabled={!reason.trim()}
        loading={send.isPending}
      >
        {t('panel.override')}
      </Button>
      <RefusalLine error={send.error} />
    </form>
  );
}
