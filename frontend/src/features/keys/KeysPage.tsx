import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePageMark } from '@/lib/page-mark';
import { usePreference } from '@/lib/preferences';
import { RefusalLine } from '@/lib/refusal';
import { SHORTCUT_NAMES, SHORTCUTS, type ShortcutName } from '@/lib/shortcuts';
import { problemOf, withKeys, type Problem } from './allowed';
import { KeyRow } from './KeyRow';
import { useCapture } from './useCapture';
import classes from './keys.module.css';

const GROUPS = ['everywhere', 'list', 'conversation', 'composer'] as const;

type Props = { onSave: (keys: string[]) => Promise<unknown> };

/** Which keys do what. A change holds at once, in every tab of this browser, and comes along to others. */
export function KeysPage({ onSave }: Props) {
  const { t } = useTranslation(['keys', 'common']);
  const [lines, setLines] = usePreference('keys');
  const [error, setError] = useState<unknown>();
  const [problem, setProblem] = useState<{ name: ShortcutName; problem: Problem }>();
  const [said, setSaid] = useState('');
  usePageMark(t('title'), 0);

  const save = async (next: string, words: string) => {
    setProblem(undefined);
    setError(undefined);
    setLines(next);
    setSaid(words);
    try {
      await onSave(next ? next.split('\n') : []);
    } catch (thrown) {
      setLines(lines);
      setSaid('');
      setError(thrown);
    }
  };

  const { capturing, start, stop } = useCapture({
    onKeys: (name, keys) => {
      const found = problemOf(name, keys, lines);
      if (found) setProblem({ name, problem: found });
      else void save(withKeys(lines, name, keys), t('saved'));
    },
    onProblem: (name, found) => setProblem({ name, problem: found }),
  });

  return (
    <main className={classes.page} id="content" tabIndex={-1}>
      <div className={classes.column}>
        <header>
          <h1>{t('title')}</h1>
          <p>{t('lead')}</p>
        </header>
        {GROUPS.map((group) => (
          <section key={group} aria-labelledby={`keys-${group}`}>
            <h2 id={`keys-${group}`}>{t(`common:keys.group.${group}`)}</h2>
            <ul>
              {SHORTCUT_NAMES.filter((name) => SHORTCUTS[name].group === group).map((name) => (
                <KeyRow
                  key={name}
                  name={name}
                  capturing={capturing?.name === name ? capturing.first : undefined}
                  problem={problem?.name === name ? problem.problem : undefined}
                  onStart={() => {
                    setProblem(undefined);
                    setSaid('');
                    start(name);
                  }}
                  onStop={stop}
                  onReset={() => void save(withKeys(lines, name, undefined), t('saved'))}
                />
              ))}
            </ul>
          </section>
        ))}
        <footer>
          <RefusalLine error={error} />
          <p role="status">{said}</p>
          <Button
            variant="default"
            disabled={lines === ''}
            onClick={() => void save('', t('saved_all'))}
          >
            {t('reset_all')}
          </Button>
        </footer>
      </div>
    </main>
  );
}
