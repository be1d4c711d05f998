import { Radio } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/session';
import type { Ticket } from '../api';
import { addressText, useNames } from '../names';
import type { Plan } from './plan';
import classes from './merge.module.css';

type Props = {
  choices: readonly { ticket: Ticket; plan: Plan }[];
  chosen: number | undefined;
  onChoose: (id: number) => void;
};

/** The contact's other tickets; of one that cannot be joined, why. */
export function MergeChoices({ choices, chosen, onChoose }: Props) {
  const { t } = useTranslation(['merge', 'inbox']);
  const format = useFormat();
  const names = useNames();

  const factsOf = ({ state, last_activity_at, channel_id, contact }: Ticket) =>
    [
      t(`inbox:state.${state}`),
      format.moment(last_activity_at),
      names.channel(channel_id)?.name,
      contact.address === 'visitor' ? undefined : addressText(contact.address),
    ]
      .filter(Boolean)
      .join(' · ');

  return (
    <Radio.Group
      label={t('which')}
      value={String(chosen ?? '')}
      onChange={(value) => onChoose(Number(value))}
    >
      <div className={classes.choices}>
        {choices.map(({ ticket, plan: { ways, why } }) => (
          <Radio
            key={ticket.id}
            value={String(ticket.id)}
            disabled={ways.length === 0}
            data-autofocus={ticket.id === chosen || undefined}
            label={<span className="num">{ticket.protocol}</span>}
            description={
              <>
                {factsOf(ticket)}
                {why ? (
                  <span className={classes.why}>{t(`why.${why}`)}</span>
                ) : (
                  <span className={`${classes.preview} cut`}>{ticket.last.preview}</span>
                )}
              </>
            }
          />
        ))}
      </div>
    </Radio.Group>
  );
}
