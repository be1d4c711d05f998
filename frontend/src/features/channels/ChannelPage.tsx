import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LeavingAsks } from '@/lib/LeavingAsks';
import { Blank } from '@/lib/panes/Blank';
import { RefusalState } from '@/lib/refusal';
import { channelQuery, type Channel } from './api';
import { useChannelForm } from './useChannelForm';
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
  const { t } = useTranslation('channels');
  const form = useChannelForm(channel);
  return (
    <>
      {channel.kind === 'whatsapp_cloud' ? (
        <WhatsappWizard channel={channel} form={form} />
      ) : (
        <WebchatSetup channel={channel} form={form} />
      )}
      <LeavingAsks
        asks={form.changes > 0}
        title={t('leave.title')}
        text={t('leave.text', { count: form.changes })}
        discard={t('leave.discard')}
        stay={t('leave.stay')}
      />
    </>
  );
}
