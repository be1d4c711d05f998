import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Plan } from './sketch';
import classes from './plan.module.css';

/** What each of the four is given. */
export type Asked = {
  at: number;
  plan: Plan;
  onAnswer: (change: Partial<Plan>) => void;
};

type Props = { at: number; question: string; text: string; children: ReactNode };

/** One question with its number, what it is for, and what it is answered with. */
export function Question({ at, question, text, children }: Props) {
  const { t } = useTranslation('flowplan');
  const id = useId();
  return (
    <section className={classes.question} aria-labelledby={id}>
      <h3 id={id}>{t('number', { at, question })}</h3>
      <p>{text}</p>
      {children}
    </section>
  );
}
