import IconError from '@tabler/icons-react/dist/esm/icons/IconAlertCircle.mjs';
import IconWarning from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs';
import IconAdvice from '@tabler/icons-react/dist/esm/icons/IconInfoCircle.mjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../api';
import classes from '../flows.module.css';

const ICONS = { error: IconError, warning: IconWarning, advice: IconAdvice } as const;

/** What is wrong and how to mend it; `act` leads there. */
export function FindingLine({ finding, act }: { finding: Finding; act?: ReactNode }) {
  const { t } = useTranslation('flows');
  const { severity, message, fix, code } = finding;
  const Icon = ICONS[severity];
  return (
    <li className={classes.finding} data-severity={severity}>
      <Icon size={18} stroke={1.75} aria-hidden />
      <div>
        <p>
          <span className={classes.heard}>{t(`severity.${severity}`)}: </span>
          {message}
        </p>
        <small>
          {fix} <span className="num">{code}</span>
        </small>
      </div>
      {act}
    </li>
  );
}
