import { Button } from '@mantine/core';
import IconTurn from '@tabler/icons-react/dist/esm/icons/IconArrowsExchange.mjs';
import { useTranslation } from 'react-i18next';
import type { Ticket } from '../api';
import { addressText, firstName, useNames } from '../names';
import classes from './merge.module.css';

type Props = { way: { source: Ticket; target: Ticket }; turns: boolean; onTurn: () => void };

/** What will happen, before it does: which one ends, who loses it, and where the customer is answered. */
export function MergePreview({ way: { source, target }, turns, onTurn }: Props) {
  const { t } = useTranslation('merge');
  const names = useNames();
  const holder =
    source.state === 'serving' && source.assignee_id !== names.me
      ? names.member(source.assignee_id)
      : undefined;
  const elsewhere = source.contact.address !== target.contact.address;

  return (
    <div className={classes.plan} aria-live="polite">
      <p>
        <b>{t('plan.title', { target: target.protocol })}</b>
      </p>
      <ul>
        <li>
          {t(source.state === 'closed' ? 'plan.chapter' : 'plan.ends', { source: source.protocol })}
        </li>
        {holder && <li>{t('plan.holder', { name: firstName(holder) })}</li>}
        {elsewhere && (
          <li>
            {t('plan.elsewhere', {
              from: addressText(source.contact.address),
              to: addressText(target.contact.address),
            })}
          </li>
        )}
        <li>{t('plan.undo')}</li>
      </ul>
      {turns && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconTurn size={14} stroke={1.75} />}
          onClick={onTurn}
        >
          {t('plan.turn', { source: source.protocol })}
        </Button>
      )}
    </div>
  );
}
