import { Button, Skeleton } from '@mantine/core';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs';
import IconFailing from '@tabler/icons-react/dist/esm/icons/IconPlugConnectedX.mjs';
import IconOff from '@tabler/icons-react/dist/esm/icons/IconPower.mjs';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import IconProgress from '@tabler/icons-react/dist/esm/icons/IconProgress.mjs';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Refusal } from '@/api/refusal';
import { usePageMark } from '@/lib/page-mark';
import { paths } from '@/lib/paths';
import { usePhone } from '@/lib/phone';
import { RefusalState, sayRefusal } from '@/lib/refusal';
import { useCan, useFormat } from '@/lib/session';
import { ChannelMark } from '@/ui/ChannelMark';
import { Chip } from '@/ui/Chip';
import { Delayed } from '@/ui/Delayed';
import { EmptyState } from '@/ui/EmptyState';
import { channelsQuery, useAccount, type Channel } from './api';
import classes from './channels.module.css';

export function ChannelsPage() {
  const { t } = useTranslation('channels');
  const { pathname } = useLocation();
  const phone = usePhone();
  usePageMark(t('title'), 0);
  const deep = pathname.replace(/\/$/, '') !== paths.channels;
  return (
    <div className={classes.channels} data-deep={deep || undefined}>
      {phone && !deep ? (
        <main className={classes.only} id="content" tabIndex={-1}>
          <ChannelList />
        </main>
      ) : (
        <>
          <ChannelList />
          <Outlet />
        </>
      )}
    </div>
  );
}

export function NoChannelOpen() {
  const { t } = useTranslation('channels');
  return (
    <main className={classes.detail} id="content" tabIndex={-1}>
      <EmptyState title={t('none_open')} />
    </main>
  );
}

function ChannelList() {
  const { t } = useTranslation(['channels', 'settings']);
  const can = useCan();
  const channels = useQuery(channelsQuery);
  const { data: account } = useAccount();
  const rows = channels.data?.data;

  return (
    <section className={classes.list} aria-label={t('title')} data-zone tabIndex={-1}>
      <header>
        <h1 className={`${classes.pageTitle} hidden`}>{t('settings:title')}</h1>
        <h2>{t('title')}</h2>
        {can('channels.manage') && (
          <Button
            variant="default"
            component={Link}
            to={paths.newChannel}
            leftSection={<IconPlus size={16} stroke={1.75} />}
          >
            {t('new')}
          </Button>
        )}
      </header>
      <div className="scrolls">
        {channels.isError && !rows ? (
          <RefusalState error={channels.error} onRetry={() => void channels.refetch()} />
        ) : !rows ? (
          <Delayed>
            <div className={classes.lab}>
              <Skeleton height={40} mb={24} />
              <Skeleton height={40} />
            </div>
          </Delayed>
        ) : rows.length === 0 ? (
          <EmptyState title={t('empty')} text={t('empty_why')} />
        ) : (
          <ul>
            {rows.map((channel) => (
              <li key={channel.id}>
                <ChannelRow channel={channel} />
              </li>
            ))}
          </ul>
        )}
        {account?.lab_url && (
          <p className={classes.lab}>
            {t('try_without_number')}{' '}
            <a href={account.lab_url} target="_blank" rel="noreferrer">
              {t('open_lab')}
            </a>
          </p>
        )}
      </div>
    </section>
  );
}

function ChannelRow({ channel }: { channel: Channel }) {
  const { t } = useTranslation('channels');
  const format = useFormat();
  const failing = channel.is_active && channel.state === 'failing';
  const sub = () => {
    if (failing) return sayRefusal(new Refusal({ slug: channel.state_reason ?? '', status: 0 }));
    const number = channel.settings.display_phone_number;
    const last = channel.last_event_at
      ? t('last_event', { time: format.moment(channel.last_event_at) })
      : t('no_event');
    return number ? t('number_and', { number, last }) : last;
  };
  return (
    <Link to={paths.channel} params={{ channelId: String(channel.id) }} className={classes.row}>
      <ChannelMark kind={channel.kind} size={32} />
      <b className="cut">{channel.name}</b>
      <ChannelState channel={channel} />
      <small className="num cut" data-bad={failing || undefined}>
        {sub()}
      </small>
    </Link>
  );
}

export function ChannelState({ channel }: { channel: Channel }) {
  const { t } = useTranslation('channels');
  const icon = { size: 13, stroke: 2, 'aria-hidden': true } as const;
  if (!channel.is_active) return <Chip icon={<IconOff {...icon} />}>{t('state.off')}</Chip>;
  switch (channel.state) {
    case 'connected':
      return (
        <Chip tone="ok" icon={<IconCheck {...icon} />}>
          {t('state.connected')}
        </Chip>
      );
    case 'failing':
      return (
        <Chip tone="bad" icon={<IconFailing {...icon} />}>
          {t('state.failing')}
        </Chip>
      );
    case 'new':
      return (
        <Chip tone="accent" icon={<IconProgress {...icon} />}>
          {t('state.new')}
        </Chip>
      );
  }
}
