import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { KINDS, WAYS, type Kind, type NoticeChoices, type Way } from './api';
import classes from './notices.module.css';

type Props = {
  choices: NoticeChoices;
  onChange: (way: Way, kinds: Kind[]) => void;
};

/** Kinds down, ways across. In the order of the table, so that what is put back is no change. */
export function Matrix({ choices, onChange }: Props) {
  const { t } = useTranslation('notices');
  const turn = (way: Way, kind: Kind, on: boolean) =>
    onChange(
      way,
      KINDS.filter((one) => (one === kind ? on : choices[way].includes(one))),
    );
  return (
    <section aria-labelledby="notices-what" className={classes.section}>
      <h2 id="notices-what">{t('what')}</h2>
      <table className={classes.matrix}>
        <thead>
          <tr>
            <td />
            {WAYS.map((way) => (
              <th key={way} scope="col">
                {t(`way.${way}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {KINDS.map((kind) => (
            <tr key={kind}>
              <th scope="row">{t(`kind.${kind}`)}</th>
              {WAYS.map((way) => (
                <td key={way}>
                  <Checkbox
                    aria-label={t('cell', { kind: t(`kind.${kind}`), way: t(`way.${way}`) })}
                    checked={choices[way].includes(kind)}
                    onChange={({ currentTarget }) => turn(way, kind, currentTarget.checked)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p>{t('front')}</p>
    </section>
  );
}
