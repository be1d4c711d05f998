import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Refusal } from '@/api/refusal';
import { phone } from '@/lib/format';
import { RefusalLine } from '@/lib/refusal';
import { useCan, useFormat } from '@/lib/session';
import { ChannelMark } from '@/ui/ChannelMark';
import { accountQuery, waysQuery, type Way } from './api';
import type { Chosen } from './StartForm';
import classes from './start.module.css';

type Props = {
  contactId: number;
  chosen: Chosen | undefined;
  onChoose: (chosen: Chosen) => void;
};

/** Every way to this contact, and what its channel says to it: said before anything is tried. */
export function Ways({ contactId, chosen, onChoose }: Props) {
  const { t } = useTranslation('start');
  const ways = useQuery(waysQuery(contactId));
  const { data: account } = useQuery(accountQuery);
  if (ways.isError) return <RefusalLine error={ways.error} />;
  if (!ways.data) return <p className={classes.quiet}>{t('loading')}</p>;
  const { refusal, data } = ways.data;
  if (refusal) return <RefusalLine error={new Refusal({ slug: refusal, status: 409 })} />;
  if (data.length === 0) return <p className={classes.quiet}>{t('none')}</p>;
  return (
    <div>
      <h3 className={classes.label}>{t('ways')}</h3>
      <div className={classes.ways} role="radiogroup" aria-label={t('ways')}>
        {data.map((way) => (
          <Option
            key={`${way.channel_id}.${way.identity_id}`}
            way={way}
            channel={account?.channels.find(({ id }) => id === way.channel_id)}
            isChosen={
              chosen?.channel_id === way.channel_id && chosen.identity_id === way.identity_id
            }
            onChoose={onChoose}
          />
        ))}
      </div>
      {data.some(({ standing }) => standing === 'template_needed') && (
        <p className={classes.quiet}>{t('template_why')}</p>
      )}
    </div>
  );
}

type OptionProps = {
  way: Way;
  channel: { name: string; kind: string } | undefined;
  isChosen: boolean;
  onChoose: (chosen: Chosen) => void;
};

function Option({ way, channel, isChosen, onChoose }: OptionProps) {
  const { t } = useTranslation('start');
  const format = useFormat();
  const { standing, window_ends_at, ticket_id, protocol } = way;
  const note =
    standing === 'free' && window_ends_at
      ? t('free_until', { when: format.upcoming(window_ends_at) })
      : t(standing);
  const address =
    way.kind === 'visitor'
      ? t('visitor')
      : /^\+?\d{8,15}$/.test(way.address)
        ? phone(way.address)
        : way.address;
  const byTemplate = useCan()('messages.template') && standing === 'template_needed';
  const live =
    ticket_id === null ? undefined : { ticket_id, protocol: protocol ?? String(ticket_id) };
  return (
    <button
      type="button"
      role="radio"
      aria-checked={isChosen}
      disabled={standing !== 'free' && !live && !byTemplate}
      className={classes.option}
      onClick={() =>
        onChoose({
          channel_id: way.channel_id,
          identity_id: way.identity_id,
          ...(live && { live }),
          ...(byTemplate && { byTemplate }),
        })
      }
    >
      <ChannelMark kind={channel?.kind ?? ''} />
      <span>
        <b className="cut">{channel?.name}</b>
        <small className="num">{address}</small>
        <small>{note}</small>
      </span>
    </button>
  );
}
