import { useTranslation } from 'react-i18next';
import { useFigures } from '@/lib/figures';
import { useFormat } from '@/lib/session';
import type { Figures as Told } from './api';
import { averageOf, spreadOf, together } from './scores';
import classes from './surveys.module.css';

/** All together, then as it counts for the company and for those who served. */
export function Figures({ figures: { all, company, agents } }: { figures: Told }) {
  const { t } = useTranslation('surveys');
  const format = useFormat();
  const { share, decimal } = useFigures();
  const given = spreadOf(all);
  const served = together(agents);
  const rows = [
    { key: 'asked', value: format.number(all.asked), note: t('note.asked') },
    {
      key: 'answered',
      value: format.number(all.answered),
      note: t('note.answered', { share: share(all.asked === 0 ? null : all.answered / all.asked) }),
    },
    {
      key: 'average',
      value: decimal(averageOf(all)),
      note:
        given.length > 0
          ? t('note.average', { least: given.at(-1)?.score, best: given[0]?.score })
          : t('note.no_average'),
    },
    {
      key: 'company',
      value: decimal(averageOf(company)),
      note: t('note.of_answers', { count: company.answered }),
    },
    {
      key: 'agents',
      value: decimal(averageOf(served)),
      note: t('note.of_answers', { count: served.answered }),
    },
  ] as const;
  return (
    <dl className={classes.figures} aria-label={t('together')}>
      {rows.map(({ key, value, note }) => (
        <div key={key}>
          <dt>{t(`figure.${key}`)}</dt>
          <dd>
            <b className="num">{value}</b>
            <small>{note}</small>
          </dd>
        </div>
      ))}
    </dl>
  );
}
