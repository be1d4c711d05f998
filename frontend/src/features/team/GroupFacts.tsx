import { useTranslation } from 'react-i18next';
import { useCan, useFormat } from '@/lib/session';
import { useAccount, type Group } from './api';
import { MASKS } from './masks';
import classes from './team.module.css';

/** What a group that cannot be changed here lets its people see: told, not drawn as fields that stand still. */
export function GroupFacts({ group }: { group: Group }) {
  const { t } = useTranslation('team');
  const format = useFormat();
  const can = useCan();
  const { data: account } = useAccount();
  const channels = account?.channels.filter(({ id }) => group.channel_ids?.includes(id));
  const masks = MASKS.filter(({ bit }) => (group.masks & bit) !== 0);
  return (
    <section className={classes.section} aria-label={t('group.sees')}>
      <h3>{t('group.sees')}</h3>
      {group.description && <p>{group.description}</p>}
      <div className={classes.card}>
        <dl className={classes.facts}>
          <dt>{t('group.scope')}</dt>
          <dd>
            {t(`scope.${group.scope}`)}. {t(`scope_text.${group.scope}`)}
          </dd>
          <dt>{t('group.channels')}</dt>
          <dd>
            {group.channel_ids === null
              ? t('member.every_channel')
              : channels?.map(({ name }) => name).join(', ')}
          </dd>
          <dt>{t('group.masked')}</dt>
          <dd>
            {masks.length === 0
              ? t('group.masks_none')
              : masks.map(({ word }) => t(`mask.${word}`)).join(', ')}
          </dd>
          {!can('groups.manage') && (
            <>
              <dt>{t('group.factor')}</dt>
              <dd>
                {group.factor_from === null
                  ? t('group.factor_none')
                  : t('group.factor_since', { date: format.date(group.factor_from) })}
              </dd>
            </>
          )}
        </dl>
      </div>
    </section>
  );
}
