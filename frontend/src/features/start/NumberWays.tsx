import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ChannelMark } from '@/ui/ChannelMark';
import { accountQuery } from './api';
import type { Chosen } from './StartForm';
import classes from './start.module.css';

type Props = { chosen: Chosen | undefined; onChoose: (chosen: Chosen) => void };

/** A number says nothing about windows: the channels that know phones, and the server decides. */
export function NumberWays({ chosen, onChoose }: Props) {
  const { t } = useTranslation('start');
  const { data: account } = useQuery(accountQuery);
  const kinds = new Set(
    account?.channel_kinds.filter(({ reaches }) => reaches.includes('phone')).map((k) => k.kind),
  );
  const channels = account?.channels.filter(({ kind, is_active }) => is_active && kinds.has(kind));
  return (
    <>
      <div>
        <h3 className={classes.label}>{t('channel')}</h3>
        <div className={classes.ways} role="radiogroup" aria-label={t('channel')}>
          {channels?.map(({ id, name, kind }) => (
            <button
              key={id}
              type="button"
              role="radio"
              aria-checked={chosen?.channel_id === id}
              className={classes.option}
              onClick={() => onChoose({ ...chosen, channel_id: id })}
            >
              <ChannelMark kind={kind} />
              <span>
                <b className="cut">{name}</b>
              </span>
            </button>
          ))}
        </div>
        <p className={classes.quiet}>{t('template_why')}</p>
      </div>
      {chosen && (
        <TextInput
          label={t('name')}
          maxLength={120}
          value={chosen.name ?? ''}
          onChange={({ currentTarget: { value } }) => onChoose({ ...chosen, name: value })}
        />
      )}
    </>
  );
}
