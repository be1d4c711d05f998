import { useTranslation } from 'react-i18next';
import { useFigures } from '@/lib/figures';
import { useFormat } from '@/lib/session';
import type { Scores } from './api';
import { averageOf } from './scores';
import classes from './surveys.module.css';

export type Group = Scores & { id: number; name: string };
type Props = { title: string; column: string; groups: Group[]; none: string };

/** One by one, whoever was asked about most first. */
export function Groups({ title, column, groups, none }: Props) {
  const { t } = useTranslation('surveys');
  const format = useFormat();
  const { share, decimal } = useFigures();
  return (
    <section className={classes.group}>
      <h3>{title}</h3>
      {groups.length === 0 ? (
        <p className={classes.quiet}>{none}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{column}</th>
              <th scope="col">{t('column.average')}</th>
              <th scope="col">{t('column.answered')}</th>
              <th scope="col">{t('column.rate')}</th>
            </tr>
          </thead>
          <tbody>
            {groups
              .toSorted((a, b) => b.answered - a.answered || b.asked - a.asked)
              .map((group) => (
                <tr key={group.id}>
                  <th scope="row">{group.name}</th>
                  <td className="num">{decimal(averageOf(group))}</td>
                  <td className="num">{format.number(group.answered)}</td>
                  <td className="num">
                    {share(group.asked === 0 ? null : group.answered / group.asked)}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
