import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useConversation } from './useConversation';
import classes from './simulator.module.css';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

/** A telephone: the call begins it, and every key is an answer. */
export function Keypad() {
  const { t } = useTranslation('simulator');
  const { play, dispatch, query, now } = useConversation();
  const waits = query.isFetching || Boolean(now?.call);
  const press = (digits: string) =>
    dispatch({ kind: 'did', step: { in: { kind: 'digits', digits, ended_by: 'full' } } });
  if (play.steps.length === 0)
    return (
      <Button
        size="xs"
        disabled={waits}
        onClick={() => dispatch({ kind: 'did', step: { in: { kind: 'message', text: '' } } })}
      >
        {t('dial')}
      </Button>
    );
  return (
    <div role="group" aria-label={t('keypad')} className={classes.keypad}>
      {KEYS.map((key) => (
        <Button
          key={key}
          variant="default"
          size="xs"
          disabled={waits}
          onClick={() => press(key === '#' ? '' : key)}
        >
          {key}
        </Button>
      ))}
    </div>
  );
}
