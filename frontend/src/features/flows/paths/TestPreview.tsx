import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/session';
import { sayWord } from '../words';
import { labelOf, useVersion, type Path } from './api';
import { linesOf, type Line } from './recalled';
import classes from './paths.module.css';

/** What will be held from now on, as a conversation. */
export function TestPreview({ test, path }: { test: unknown; path: Path }) {
  const { t } = useTranslation('simulator');
  const say = useSayLine(path);
  return (
    <ol className={`${classes.preview} scrolls`} aria-label={t('recall.steps')} tabIndex={0}>
      {linesOf(test).map((line, at) => (
        <li key={at} data-who={line.who}>
          {say(line)}
        </li>
      ))}
    </ol>
  );
}

function useSayLine(path: Path) {
  const { t } = useTranslation('simulator');
  const format = useFormat();
  const { document, types } = useVersion(path.flow_id, path.number);
  const customer = (line: Line & { who: 'customer' }) => {
    if (line.option)
      return (
        labelOf(document, types, line.option.card, `opt:${line.option.id}`) ??
        sayWord('outlet', line.option.id)
      );
    if (line.form) return t('recall.sent', { form: sayWord('form', line.form) });
    return line.text || t('recall.began');
  };
  return (line: Line) => {
    switch (line.who) {
      case 'clock':
        return t('recall.after', { time: format.duration(line.seconds) });
      case 'agent':
        return t(`recall.agent.${line.act}`);
      case 'bot':
        return (
          <>
            <b>{t('recall.bot')}</b> {line.text}
          </>
        );
      case 'customer':
        return (
          <>
            <b>{t('recall.customer')}</b> {customer(line)}
          </>
        );
    }
  };
}
