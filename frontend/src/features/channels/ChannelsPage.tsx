import { Button } from '@mantine/core';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs';
import IconFailing from '@tabler/icons-react/dist/esm/icons/IconPlugConnectedX.mjs';
import IconOff from '@tabler/icons-react/dist/esm/icons/IconPower.mjs';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import IconProgress from '@tabler/icons-react/dist/esm/icons/IconProgress.mjs';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Refusal } from '@/api/refusal';
import { usePageMark } from '@/lib/page-mark';
import { Blank } from '@/lib/panes/Blank';
import { ListPane } from '@/lib/panes/ListPane';
import { Panes } from '@/lib/panes/Panes';
import panes from '@/lib/panes/panes.module.css';
import { paths } from '@/lib/paths';
import { sayRefusal } from '@/lib/refusal';
import { useCan, useFormat } from '@/lib/session';
import { ChannelMark } from '@/ui/ChannelMark';
import { Chip } from '@/ui/Chip';
import { EmptyState } from '@/ui/EmptyState';
import { channelsQuery, useAccount, type Channel } from './api';
import classes from './channels.module.css';

export function ChannelsPage() {
  const { t } = useTranslation('channels');
  usePageMark(t('title'), 0);
  return <Panes home={paths.channels} list={<ChannelList />} />;
}

export function NoChannelOpen() {
  const { t } = useTranslation('channels');
  return (
    <Blank>
      <EmptyState title={t('none_open')} />
    </Blank>
  );
}

function ChannelList() {
  const { t } = useTranslation('channels');
  const can = useCan();
  const channels = useQuery(channelsQuery);
  return (
    <ListPane
      title={t('title')}
      query={channels}
      foot={<TryTheLab />}
      act={
        can('channels.manage') && (
          <Button
            variant="default"
            component={Link}
            to={paths.newChannel}
            leftSection={<IconPlus size={16} stroke={1.75} />}
          >
            {t('new')}
          </Button>
        )
      }
    >
      {(rows) =>
        rows.length === 0 ? (
          <EmptyState
            title={t('empty')}
            text={t('empty_why')}
            action={
              can('channels.manage') && (
                <Button variant="default" component={Link} to={paths.newChannel}>
                  {t('begin')}
                </Button>
              )
            }
          />
        ) : (
          <ul>
            {rows.map((channel) => (
              <li key={channel.id}>
                <ChannelRow channel={channel} />
              </li>
            ))}
          </ul>
        )
      }
    </ListPane>
  );
}

/** Only a demo has a lab. */
function TryTheLab() {
  const { t } = useTranslation('channels');
  const { data: account } = useAccount();
  if (!account?.lab_url) return null;
  return (
    <p className={classes.lab}>
      {t('try_without_number')}{' '}
      <a href={account.lab_url} target="_blank" rel="noreferrer">
        {t('open_lab')}
      </a>
    </p>
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
    <Link to={paths.channel} params={{ channelId: String(channel.id) }} className={panes.row}>
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
