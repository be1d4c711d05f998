import { useTranslation } from 'react-i18next';
import { useNow } from '@/lib/now';
import { useFormat } from '@/lib/session';
import { Chip } from '@/ui/Chip';
import { useAccount, type Token } from './api';
import classes from './tokens.module.css';

/** "Setores: Suporte · Canais: Loja"; nothing for one that reaches all of them. */
function useReach({ department_ids, channel_ids }: Token): string {
  const { t } = useTranslation('tokens');
  const { data: account } = useAccount();
  const named = (ids: number[], rows: { id: number; name: string }[] | undefined) =>
    ids.map((id) => rows?.find((row) => row.id === id)?.name ?? id).join(', ');
  return [
    department_ids && t('departments', { names: named(department_ids, account?.departments) }),
    channel_ids && t('channels', { names: named(channel_ids, account?.channels) }),
  ]
    .filter(Boolean)
    .join(' · ');
}

export function TokenRow({ token }: { token: Token }) {
  const { t } = useTranslation('tokens');
  const format = useFormat();
  const now = useNow();
  const reach = useReach(token);
  const expired = token.expires_at !== null && Date.parse(token.expires_at) <= now;
  const used = token.last_used_at
    ? t('last_used', { when: format.moment(token.last_used_at), from: token.last_address ?? '' })
    : t('never_used');
  const ends = token.expires_at
    ? t('expires', { when: format.date(token.expires_at) })
    : t('never_expires');
  return (
    <div>
      <p className={classes.name}>
        <b className="cut">{token.name}</b>
        <Chip>{t(`kind.${token.kind}`)}</Chip>
        {token.revoked_at ? (
          <Chip tone="bad">{t('revoked')}</Chip>
        ) : (
          expired && <Chip tone="warn">{t('expired')}</Chip>
        )}
      </p>
      <code className="num">{token.prefix}…</code>
      <small className="num">
        {t('permissions', { count: token.permissions.length })} · {used} · {ends}
      </small>
      {reach && <small>{reach}</small>}
    </div>
  );
}
