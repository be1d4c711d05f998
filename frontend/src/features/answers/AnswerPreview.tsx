import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { wordsFor } from '@/lib/i18n';
import { previewQuery } from './api';
import classes from './answers.module.css';

const REST_MS = 300;

/** What the text says with the examples of its variables, and what is wrong with it. */
export function AnswerPreview({ text }: { text: string }) {
  const { t } = useTranslation('answers');
  const [asked] = useDebouncedValue(text, REST_MS);
  const preview = useQuery({ ...previewQuery(asked), enabled: asked.trim() !== '' });
  if (asked.trim() === '' || !preview.data) return null;
  const { text: said, problems } = preview.data;
  return (
    <section className={classes.preview} aria-label={t('preview')}>
      <p>{t('preview')}</p>
      <div className={classes.bubble}>{said}</div>
      {problems.length > 0 && (
        <ul className={classes.problems} aria-label={t('problems')}>
          {problems.map(({ slug, position, words }) => (
            <li key={`${position} ${slug}`}>
              <code>{words}</code> {wordsFor('refused', slug) ?? slug}{' '}
              {t('at', { position: position + 1 })}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
