import { Tooltip, UnstyledButton } from '@mantine/core';
import IconContacts from '@tabler/icons-react/dist/esm/icons/IconAddressBook.mjs';
import IconReports from '@tabler/icons-react/dist/esm/icons/IconChartBar.mjs';
import IconChat from '@tabler/icons-react/dist/esm/icons/IconMessages.mjs';
import IconFlows from '@tabler/icons-react/dist/esm/icons/IconSitemap.mjs';
import IconInbox from '@tabler/icons-react/dist/esm/icons/IconInbox.mjs';
import IconTeam from '@tabler/icons-react/dist/esm/icons/IconUsers.mjs';
import IconSettings from '@tabler/icons-react/dist/esm/icons/IconSettings.mjs';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { unreadOf, unreadQuery } from '@/features/chat/unread';
import { paths } from '@/lib/paths';
import { photoAddress } from '@/lib/photo';
import { useCan, useSession } from '@/lib/session';
import { settingsFor } from '@/lib/settings-places';
import { Avatar } from '@/ui/Avatar';
import { Count } from '@/ui/Count';
import { Logo } from '@/ui/Logo';
import { MeMenu } from './MeMenu';
import classes from './shell.module.css';

type Props = { mine: number };

/** The places that exist. A place a person may not enter is not shown to them. */
function usePlaces(mine: number) {
  const { t } = useTranslation();
  const can = useCan();
  const inbox = {
    to: paths.inbox,
    Icon: IconInbox,
    short: t('nav.inbox'),
    name: mine > 0 ? t('nav.inbox_count', { count: mine }) : t('nav.inbox'),
    count: mine,
  };
  const unread = useQuery({ ...unreadQuery, enabled: can('chat.use') });
  const said = unreadOf(unread.data);
  const chat = {
    to: paths.chats,
    Icon: IconChat,
    short: t('nav.chat_short'),
    name: said > 0 ? t('nav.chat_count', { count: said }) : t('nav.chat'),
    count: said,
  };
  const contacts = {
    to: paths.contacts,
    Icon: IconContacts,
    short: t('nav.contacts'),
    name: t('nav.contacts'),
    count: 0,
  };
  const flows = {
    to: paths.flows,
    Icon: IconFlows,
    short: t('nav.flows_short'),
    name: t('nav.flows'),
    count: 0,
  };
  const reports = {
    to: paths.surveys,
    Icon: IconReports,
    short: t('nav.reports'),
    name: t('nav.reports'),
    count: 0,
  };
  const team = {
    to: paths.team,
    Icon: IconTeam,
    short: t('nav.team'),
    name: t('nav.team'),
    count: 0,
  };
  const settings = {
    to: paths.settings,
    Icon: IconSettings,
    short: t('nav.settings_short'),
    name: t('nav.settings'),
    count: 0,
  };
  return {
    inbox,
    chat: can('chat.use') ? chat : undefined,
    contacts: can('contacts.view') ? contacts : undefined,
    flows: can('flows.view') ? flows : undefined,
    reports: can('surveys.view') ? reports : undefined,
    team: can('breaks.supervise') ? team : undefined,
    settings: settingsFor(can).length > 0 ? settings : undefined,
  };
}

type Place = NonNullable<ReturnType<typeof usePlaces>[keyof ReturnType<typeof usePlaces>]>;

const useHere = () => {
  const { pathname } = useLocation();
  return (to: string) => (pathname.startsWith(to) ? 'page' : undefined);
};

/** Drawn only when there is something to count, so that it never grows in place. */
function Badge({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span className={classes.badge}>
      <Count value={count} size={16} />
    </span>
  );
}

function RailItem({ place }: { place: Place }) {
  const here = useHere();
  return (
    <Tooltip label={place.name} position="right">
      <Link
        to={place.to}
        className={classes.item}
        aria-label={place.name}
        aria-current={here(place.to)}
      >
        <place.Icon size={20} stroke={1.75} />
        <Badge count={place.count} />
      </Link>
    </Tooltip>
  );
}

export function Rail({ mine }: Props) {
  const { t } = useTranslation();
  const { inbox, chat, contacts, flows, reports, team, settings } = usePlaces(mine);
  const { user, account } = useSession();

  return (
    <nav className={classes.rail} aria-label={t('nav.main')} data-zone tabIndex={-1}>
      <Link to={paths.inbox} className={classes.logo} aria-label={t('product')}>
        <Logo />
      </Link>
      <RailItem place={inbox} />
      {chat && <RailItem place={chat} />}
      {contacts && <RailItem place={contacts} />}
      {flows && <RailItem place={flows} />}
      {reports && <RailItem place={reports} />}
      {team && <RailItem place={team} />}
      <span className={classes.gap} />
      {settings && <RailItem place={settings} />}
      <MeMenu side="right">
        <UnstyledButton className={classes.me} aria-label={t('nav.me')}>
          <Avatar name={user.name} size={30} photo={photoAddress(account.photo_id)} />
        </UnstyledButton>
      </MeMenu>
    </nav>
  );
}

/** The whole name, and the word on the button where that is another: who dictates says what they read. */
const nameOf = ({ name, short }: { name: string; short: string }) =>
  name.startsWith(short) ? name : `${short}: ${name}`;

export function BottomBar({ mine }: Props) {
  const { t } = useTranslation();
  const here = useHere();
  const { inbox, chat, contacts, flows, reports, team, settings } = usePlaces(mine);
  const { user, account } = useSession();

  return (
    <nav className={classes.bar} aria-label={t('nav.main')}>
      {[inbox, chat, contacts, flows, reports, team, settings].map(
        (place) =>
          place && (
            <Link
              key={place.to}
              to={place.to}
              className={classes.barItem}
              aria-label={nameOf(place)}
              aria-current={here(place.to)}
            >
              <place.Icon size={20} stroke={1.75} />
              {place.short}
              <Badge count={place.count} />
            </Link>
          ),
      )}
      <MeMenu side="top">
        <button type="button" className={classes.barItem} aria-label={t('nav.me')}>
          <Avatar name={user.name} size={24} photo={photoAddress(account.photo_id)} />
          {t('nav.me_short')}
        </button>
      </MeMenu>
    </nav>
  );
}
