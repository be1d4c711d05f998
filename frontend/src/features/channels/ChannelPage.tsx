import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Blank } from '@/lib/panes/Blank';
import { RefusalState } from '@/lib/refusal';
import { Dialog } from '@/ui/Dialog';
import { channelQuery, type Channel } from './api';
import { useChannelForm, type ChannelForm } from './useChannelForm';
import { WebchatSetup } from './WebchatSetup';
import { WhatsappWizard } from './WhatsappWizard';

const route = getRouteApi('/in/configuracoes/canais/$channelId');

export function ChannelPage() {
  const { channelId } = route.useParams();
  const channel = useQuery(channelQuery(Number(channelId)));
  if (channel.data) return <OpenChannel key={channel.data.id} channel={channel.data} />;
  return (
    <Blank>
      {channel.isError && (
        <RefusalState error={channel.error} onRetry={() => void channel.refetch()} />
      )}
    </Blank>
  );
}

function OpenChannel({ channel }: { channel: Channel }) {
  const form = useChannelForm(channel);
  return (
    <>
      {channel.kind === 'whatsapp_cloud' ? (
        <WhatsappWizard channel={channel} form={form} />
      ) : (
        <WebchatSetup channel={channel} form={form} />
      )}
      <LeavingAsks form={form} />
    </>
  );
}

/** Nothing typed is lost by a click elsewhere: leaving asks. */
function LeavingAsks({ form }: { form: ChannelForm }) {
  const { t } = useTranslation(['channels', 'common']);
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => form.changes > 0 && current.pathname !== next.pathname,
    enableBeforeUnload: () => form.changes > 0,
    withResolver: true,
  });
  const stay = () => blocker.reset?.();
  return (
    <Dialog open={blocker.status === 'blocked'} title={t('leave.title')} width={440} onClose={stay}>
      <p>{t('leave.text', { count: form.changes })}</p>
      <div style={{ display: 'flex', justifyContent: 'flex-end', gap: 8, marginTop: 16 }}>
        <Button variant="default" onClick={() => blocker.proceed?.()}>
          {t('leave.discard')}
        </Button>
        <Button onClick={stay} data-autofocus>
          {t('leave.stay')}
        </Button>
      </div>
    </Dialog>
  );
}
