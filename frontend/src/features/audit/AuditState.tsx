import IconBroken from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs';
import IconSeal from '@tabler/icons-react/dist/esm/icons/IconShieldLock.mjs';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/session';
import { Chip } from '@/ui/Chip';
import { auditStateQuery } from './api';
import { KeptYears } from './KeptYears';
import classes from './audit.module.css';

/** How far the trail is sealed, and whether it held when it was last looked over. */
export function AuditState() {
  const { t } = useTranslation('audit');
  const format = useFormat();
  const { data: state } = useQuery(auditStateQuery);
  if (!state) return <p className={classes.state}>&nbsp;</p>;
  const when = (iso: string) => `${format.day(iso)}, ${format.time(iso)}`;
  return (
    <div className={classes.state}>
      <span>
        {state.sealed_until
          ? t('sealed_until', { when: when(state.sealed_until) })
          : t('sealed_never')}
      </span>
      <span>
        {state.verified_at
          ? t('verified_until', { seq: state.verified_seq, when: when(state.verified_at) })
          : t('verified_never')}
      </span>
      <KeptYears years={state.kept_years} />
      {state.fault ? (
        <Chip tone="bad" icon={<IconBroken size={13} stroke={2} aria-hidden="true" />}>
          {t(`fault.${state.fault}`, { seq: state.fault_seq ?? 0 })}
        </Chip>
      ) : (
        state.verified_at && (
          <Chip tone="ok" icon={<IconSeal size={13} stroke={2} aria-hidden="true" />}>
            {t('holds')}
          </Chip>
        )
      )}
    </div>
  );
}
