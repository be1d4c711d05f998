import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePageMark } from '@/lib/page-mark';
import { AzulejoWall } from '@/ui/Azulejo';
import { Logo } from '@/ui/Logo';
import { useWelcome } from './api';
import { type Farewell, PasswordStep } from './PasswordStep';
import type { Step, StepAnswer } from './steps';
import classes from './SignIn.module.css';

/* Most people never see more than the first step. */
const LaterStep = lazy(() => import('./LaterStep').then((file) => ({ default: file.LaterStep })));

type Props = { onSignedIn: () => void; farewell?: Farewell };

/** The door: a password, and whatever else is asked for before it opens. */
export function SignIn({ onSignedIn, farewell }: Props) {
  const { t } = useTranslation(['auth', 'common']);
  const welcome = useWelcome();
  const [step, setStep] = useState<Step>({ at: 'password' });
  const [codes, setCodes] = useState<string[]>();
  usePageMark(t('title'), 0);

  const enter = (next: Step) => {
    if (next.at !== 'in') return setStep(next);
    welcome(next.me);
    onSignedIn();
  };
  /* Recovery codes are told once: they come before whatever is next. */
  const goOn = ({ step: next, codes: told }: StepAnswer) => {
    if (!told) return enter(next);
    setCodes(told);
    setStep(next);
  };
  const keptCodes = () => {
    setCodes(undefined);
    enter(step);
  };

  return (
    <div className={classes.page}>
      <div className={classes.art} aria-hidden="true">
        <AzulejoWall className={classes.wall} />
        <div className={classes.brand}>
          <Logo size={40} />
          {t('common:product')}
        </div>
        <p className={classes.motto}>{t('motto')}</p>
        <p className={classes.more}>{t('motto_more')}</p>
      </div>
      <main className={classes.main}>
        <div className={classes.form}>
          <div className={classes.phoneLogo}>
            <Logo size={68} />
          </div>
          {step.at === 'password' && !codes ? (
            <PasswordStep farewell={farewell} onNext={goOn} />
          ) : (
            <Suspense>
              <LaterStep
                step={step}
                codes={codes}
                onNext={goOn}
                onCodesKept={keptCodes}
                onBack={() => setStep({ at: 'password' })}
              />
            </Suspense>
          )}
        </div>
      </main>
    </div>
  );
}
