import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { sayDevice } from '@/lib/device';
import { RefusalLine } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import { noticesQuery, unsubscribePush, type NoticeSettings } from './api';
import { ownSubscription, pushState, switchOff, switchOn } from './push';
import classes from './notices.module.css';

/** Browsers that are told while no page of ours is open. */
export function PushSection({ settings }: { settings: NoticeSettings }) {
  const { t } = useTranslation('notices');
  const format = useFormat();
  const cache = useQueryClient();
  const here = useQuery({
    queryKey: ['notices', 'here', settings.subscriptions],
    queryFn: async () => ({
      state: await pushState(settings),
      id: (await ownSubscription(settings)) ?? null,
    }),
  });
  const renew = () => cache.invalidateQueries({ queryKey: noticesQuery.queryKey });
  const turn = useMutation({
    mutationFn: async (on: boolean) => {
      if (on) await switchOn(settings);
      else await switchOff(settings);
    },
    onSettled: renew,
  });
  const forget = useMutation({ mutationFn: unsubscribePush, onSettled: renew });
  const state = here.data?.state;

  return (
    <section aria-labelledby="notices-push" className={classes.section}>
      <h2 id="notices-push">{t('push.title')}</h2>
      <p>{t('push.text')}</p>
      {state && <p role="status">{t(`push.state.${state}`)}</p>}
      {settings.subscriptions.length > 0 && (
        <ul className={classes.browsers}>
          {settings.subscriptions.map((one) => (
            <li key={one.id}>
              <div>
                <b>{sayDevice(one.device)}</b>
                {one.id === here.data?.id && <span> · {t('push.here')}</span>}
                <span>
                  {one.problem
                    ? t('push.problem', { code: one.problem })
                    : one.sent_at
                      ? t('push.sent', { when: format.moment(one.sent_at) })
                      : t('push.fresh')}
                </span>
              </div>
              {one.id !== here.data?.id && (
                <Button
                  variant="default"
                  loading={forget.isPending && forget.variables === one.id}
                  onClick={() => forget.mutate(one.id)}
                >
                  {t('push.forget')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <RefusalLine error={turn.error ?? forget.error} />
      {(state === 'on' || state === 'off') && (
        <div>
          <Button
            variant="default"
            loading={turn.isPending}
            onClick={() => turn.mutate(state === 'off')}
          >
            {t(state === 'on' ? 'push.switch_off' : 'push.switch_on')}
          </Button>
        </div>
      )}
    </section>
  );
}
