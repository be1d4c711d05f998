import { Button, Skeleton } from '@mantine/core';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePageMark } from '@/lib/page-mark';
import { WholePage } from '@/lib/panes/WholePage';
import { RefusalLine, RefusalState } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { toast } from '@/lib/toast';
import { Dialog } from '@/ui/Dialog';
import { EmptyState } from '@/ui/EmptyState';
import { tokensQuery, useRevokeToken, type Token } from './api';
import { TokenDialog } from './TokenDialog';
import { TokenRow } from './TokenRow';
import classes from './tokens.module.css';

export function TokensPage() {
  const { t } = useTranslation('tokens');
  const can = useCan();
  const tokens = useQuery(tokensQuery);
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<Token>();
  const rows = tokens.data?.data;
  usePageMark(t('title'), 0);
  return (
    <WholePage
      title={t('title')}
      sub={<p>{t('lead')}</p>}
      act={
        can('tokens.create') && (
          <Button
            leftSection={<IconPlus size={16} stroke={1.75} />}
            onClick={() => setCreating(true)}
          >
            {t('new')}
          </Button>
        )
      }
    >
      <div className="scrolls">
        {tokens.isError && !rows ? (
          <RefusalState error={tokens.error} onRetry={() => void tokens.refetch()} />
        ) : !rows ? (
          <div className={classes.loading}>
            <Skeleton height={64} mb={8} />
            <Skeleton height={64} />
          </div>
        ) : rows.length === 0 ? (
          <EmptyState
            title={t('empty')}
            text={t('empty_why')}
            action={
              can('tokens.create') && (
                <Button variant="default" onClick={() => setCreating(true)}>
                  {t('begin')}
                </Button>
              )
            }
          />
        ) : (
          <ul aria-label={t('title')}>
            {rows.map((token) => (
              <li key={token.id} className={classes.row}>
                <TokenRow token={token} />
                {can('tokens.revoke') && !token.revoked_at && (
                  <Button variant="default" onClick={() => setRevoking(token)}>
                    {t('revoke.act')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
      <TokenDialog open={creating} onClose={() => setCreating(false)} />
      <RevokeDialog token={revoking} onClose={() => setRevoking(undefined)} />
    </WholePage>
  );
}

function RevokeDialog({ token, onClose }: { token: Token | undefined; onClose: () => void }) {
  const { t } = useTranslation(['tokens', 'common']);
  const revoke = useRevokeToken();
  if (!token) return null;
  return (
    <Dialog open title={t('revoke.title', { name: token.name })} onClose={onClose}>
      <p>{t('revoke.text')}</p>
      <RefusalLine error={revoke.error} />
      <div className={classes.dialogActs}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button
          color="red"
          loading={revoke.isPending}
          onClick={() =>
            revoke.mutate(token.id, {
              onSuccess: () => {
                toast({ message: t('revoke.done', { name: token.name }) });
                onClose();
              },
            })
          }
        >
          {t('revoke.act')}
        </Button>
      </div>
    </Dialog>
  );
}
