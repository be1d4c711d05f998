import { Skeleton, Switch } from '@mantine/core';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { wordsFor } from '@/lib/i18n';
import { RefusalState } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { Chip } from '@/ui/Chip';
import { permissionsQuery } from './api';
import { permissionWords } from './words';
import classes from './team.module.css';

type Props = {
  held: string[];
  error?: string | undefined;
  /** Without it they are told, not asked. */
  onChange?: (held: string[]) => void;
};

/** One switch for each permission, by section. What I lack myself I cannot give, and it says so. */
export function PermissionSwitches({ held, error, onChange }: Props) {
  const { t } = useTranslation('team');
  const can = useCan();
  const permissions = useQuery(permissionsQuery);
  const rows = permissions.data?.data;
  if (permissions.isError && !rows) {
    return <RefusalState error={permissions.error} onRetry={() => void permissions.refetch()} />;
  }
  if (!rows) return <Skeleton height={200} />;
  const sections = [...new Set(rows.map(({ section }) => section))];
  const order = rows.map(({ name }) => name);
  const flip = (name: string, on: boolean) =>
    onChange?.(order.filter((one) => (one === name ? on : held.includes(one))));

  return (
    <section className={classes.section} aria-label={t('group.may')}>
      <h3>{t('group.may')}</h3>
      {onChange && <p>{t('group.may_text')}</p>}
      {error && <p role="alert">{error}</p>}
      <div className={classes.stack}>
        {sections.map((section) => {
          const title = wordsFor('team', `section.${section}`) ?? section;
          return (
            <div key={section} role="group" aria-label={title}>
              <h4>{title}</h4>
              <div className={classes.card}>
                {rows
                  .filter((row) => row.section === section)
                  .map((row) => {
                    const words = permissionWords(row.name);
                    const lacking = !can(row.name);
                    if (!onChange) {
                      return <Fact key={row.name} {...words} isHeld={held.includes(row.name)} />;
                    }
                    return (
                      <Switch
                        key={row.name}
                        labelPosition="left"
                        classNames={{ body: classes.switch }}
                        label={words.label}
                        description={lacking ? `${words.text} ${t('group.lacking')}` : words.text}
                        disabled={lacking}
                        checked={held.includes(row.name)}
                        onChange={({ currentTarget: { checked } }) => flip(row.name, checked)}
                      />
                    );
                  })}
              </div>
            </div>
          );
        })}
      </div>
    </section>
  );
}

/** What cannot be changed here is told, not drawn as a switch that does not move. */
function Fact({ label, text, isHeld }: { label: string; text: string; isHeld: boolean }) {
  const { t } = useTranslation('team');
  return (
    <div className={classes.fact}>
      <div>
        <b>{label}</b>
        <small>{text}</small>
      </div>
      {isHeld ? (
        <Chip tone="ok" icon={<IconCheck size={13} stroke={2} aria-hidden="true" />}>
          {t('group.yes')}
        </Chip>
      ) : (
        <Chip>{t('group.no')}</Chip>
      )}
    </div>
  );
}
