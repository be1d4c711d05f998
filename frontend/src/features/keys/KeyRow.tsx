import { Button } from '@mantine/core';
import IconReset from '@tabler/icons-react/dist/esm/icons/IconRotate2.mjs';
import { useTranslation } from 'react-i18next';
import { usePreference } from '@/lib/preferences';
import { changedKeys, isFixed, sayKeys, useShown, type ShortcutName } from '@/lib/shortcuts';
import { IconButton } from '@/ui/IconButton';
import type { Problem } from './allowed';
import classes from './keys.module.css';

type Props = {
  name: ShortcutName;
  /** Being listened to: the first of two keys, or none yet. */
  capturing: string | undefined;
  problem: Problem | undefined;
  onStart: () => void;
  onStop: () => void;
  onReset: () => void;
};

export function KeyRow({ name, capturing, problem, onStart, onStop, onReset }: Props) {
  const { t } = useTranslation(['keys', 'common']);
  const [lines] = usePreference('keys');
  const shown = useShown();
  const label = t(`common:keys.name.${name}`);
  const keys = shown(name);
  return (
    <li className={classes.row}>
      <span>{label}</span>
      {isFixed(name) ? (
        <kbd title={t('fixed')}>{keys}</kbd>
      ) : (
        <span className={classes.acts}>
          {changedKeys(lines).has(name) && (
            <IconButton label={t('reset', { name: label })} onClick={onReset}>
              <IconReset size={16} stroke={1.75} />
            </IconButton>
          )}
          <Button
            variant="default"
            aria-label={t('change', { name: label, keys })}
            aria-pressed={capturing !== undefined}
            onClick={capturing === undefined ? onStart : onStop}
            onBlur={onStop}
          >
            {capturing === undefined ? (
              <kbd>{keys}</kbd>
            ) : (
              <span>{capturing ? t('second', { keys: sayKeys(capturing) }) : t('press')}</span>
            )}
          </Button>
        </span>
      )}
      {problem && (
        <p role="alert">
          {problem.why === 'taken'
            ? t('problem.taken', {
                name: t(`common:keys.name.${problem.by}`),
                keys: shown(problem.by),
              })
            : t(`problem.${problem.why}`)}
        </p>
      )}
    </li>
  );
}
