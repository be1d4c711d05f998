import { Select } from '@mantine/core';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { RefusalLine } from '@/lib/refusal';
import { useCan, useFormat } from '@/lib/session';
import { IconButton } from '@/ui/IconButton';
import {
  readersQuery,
  useCatalogue,
  useInviteReader,
  useRemoveReader,
  type Reader,
  type Ticket,
} from '../api';
import { firstName, useNames } from '../names';
import { Block } from './Block';
import classes from './panel.module.css';

/** Who reads this ticket although it is out of their reach, by whose invitation. */
export function Readers({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('inbox');
  const can = useCan();
  const readers = useQuery(readersQuery(ticket.id));
  return (
    <Block title={t('readers.title')} query={readers} count={readers.data?.data.length}>
      {({ data }) => (
        <>
          {data.length === 0 ? (
            <p className={classes.quiet}>{t('readers.none')}</p>
          ) : (
            <ul aria-label={t('readers.title')}>
              {data.map((reader) => (
                <ReaderLine key={reader.member_id} ticketId={ticket.id} reader={reader} />
              ))}
            </ul>
          )}
          {can('tickets.invite') && <InviteField ticket={ticket} readers={data} />}
        </>
      )}
    </Block>
  );
}

function ReaderLine({ ticketId, reader }: { ticketId: number; reader: Reader }) {
  const { t } = useTranslation('inbox');
  const can = useCan();
  const format = useFormat();
  const names = useNames();
  const remove = useRemoveReader(ticketId);
  const name = names.member(reader.member_id) ?? t('somebody');
  const by = firstName(names.member(reader.invited_by) ?? t('somebody'));
  return (
    <li>
      <div className={classes.line}>
        <span className="cut">{name}</span>
        <small>{t('readers.by', { name: by, time: format.moment(reader.invited_at) })}</small>
        {can('tickets.invite') && (
          <IconButton
            className="reach"
            size={24}
            label={t('readers.remove', { name })}
            loading={remove.isPending}
            onClick={() => remove.mutate(reader.member_id)}
          >
            <IconX size={16} stroke={1.75} />
          </IconButton>
        )}
      </div>
      <RefusalLine error={remove.error} />
    </li>
  );
}

/** Choosing is inviting; who serves the ticket or reads it already is not offered. */
function InviteField({ ticket, readers }: { ticket: Ticket; readers: readonly Reader[] }) {
  const { t } = useTranslation('inbox');
  const { data: catalogue } = useCatalogue();
  const invite = useInviteReader(ticket.id);
  const asked = new Set([ticket.assignee_id, ...readers.map(({ member_id }) => member_id)]);
  return (
    <>
      <Select
        className={classes.invite}
        aria-label={t('readers.invite')}
        placeholder={t('readers.invite')}
        searchable
        nothingFoundMessage={t('readers.nobody')}
        data={(catalogue?.members ?? [])
          .filter(({ id, is_agent, is_active }) => is_agent && is_active && !asked.has(id))
          .map(({ id, display_name }) => ({ value: String(id), label: display_name }))}
        value={null}
        disabled={invite.isPending}
        onChange={(member) => member && invite.mutate(Number(member))}
      />
      <RefusalLine error={invite.error} />
    </>
  );
}
