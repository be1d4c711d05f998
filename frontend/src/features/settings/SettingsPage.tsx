import IconBolt from '@tabler/icons-react/dist/esm/icons/IconBolt.mjs';
import IconCompany from '@tabler/icons-react/dist/esm/icons/IconBuildingStore.mjs';
import IconBreaks from '@tabler/icons-react/dist/esm/icons/IconCoffee.mjs';
import IconClosing from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs';
import IconDepartments from '@tabler/icons-react/dist/esm/icons/IconHierarchy2.mjs';
import IconMessages from '@tabler/icons-react/dist/esm/icons/IconMessage2.mjs';
import IconPlug from '@tabler/icons-react/dist/esm/icons/IconPlugConnected.mjs';
import IconHistory from '@tabler/icons-react/dist/esm/icons/IconHistory.mjs';
import IconKey from '@tabler/icons-react/dist/esm/icons/IconKey.mjs';
import IconShield from '@tabler/icons-react/dist/esm/icons/IconShieldLock.mjs';
import IconNetwork from '@tabler/icons-react/dist/esm/icons/IconNetwork.mjs';
import IconSpeaker from '@tabler/icons-react/dist/esm/icons/IconSpeakerphone.mjs';
import IconTag from '@tabler/icons-react/dist/esm/icons/IconTag.mjs';
import IconUsers from '@tabler/icons-react/dist/esm/icons/IconUsers.mjs';
import IconForms from '@tabler/icons-react/dist/esm/icons/IconForms.mjs';
import IconBook from '@tabler/icons-react/dist/esm/icons/IconAddressBook.mjs';
import IconGroup from '@tabler/icons-react/dist/esm/icons/IconUsersGroup.mjs';
import IconDistribution from '@tabler/icons-react/dist/esm/icons/IconArrowsSplit.mjs';
import IconHours from '@tabler/icons-react/dist/esm/icons/IconClockHour4.mjs';
import IconHolidays from '@tabler/icons-react/dist/esm/icons/IconCalendarEvent.mjs';
import IconShifts from '@tabler/icons-react/dist/esm/icons/IconSunMoon.mjs';
import IconTrial from '@tabler/icons-react/dist/esm/icons/IconCalendarQuestion.mjs';
import { Link, Navigate, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/lib/session';
import { settingsFor, type SETTINGS_PLACES } from '@/lib/settings-places';
import { EmptyState } from '@/ui/EmptyState';
import classes from './settings.module.css';

const ICONS = {
  companies: IconCompany,
  departments: IconDepartments,
  members: IconUsers,
  groups: IconGroup,
  internal_groups: IconSpeaker,
  channels: IconPlug,
  messages: IconMessages,
  closing: IconClosing,
  breaks: IconBreaks,
  answers: IconBolt,
  tags: IconTag,
  distribution: IconDistribution,
  hours: IconHours,
  holidays: IconHolidays,
  shifts: IconShifts,
  trial: IconTrial,
  contact_fields: IconForms,
  contact_groups: IconBook,
  networks: IconNetwork,
  policy: IconShield,
  audit: IconHistory,
  tokens: IconKey,
} as const;

/** What the account can be told to do. One place per row; what one may not see has no row. */
export function SettingsPage() {
  const { t } = useTranslation('settings');
  const can = useCan();
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  /* On a phone the places stand in a row that is wider than the screen. */
  useEffect(() => {
    nav.current
      ?.querySelector('[aria-current="page"]')
      ?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [pathname]);
  const places = settingsFor(can);
  if (places.length === 0) {
    return (
      <main id="content" className={classes.only} tabIndex={-1}>
        <EmptyState heading="h1" title={t('forbidden')} text={t('forbidden_who')} />
      </main>
    );
  }
  return (
    <div className={classes.settings}>
      <nav ref={nav} className={classes.nav} aria-label={t('title')} data-zone tabIndex={-1}>
        <h1>{t('title')}</h1>
        {[...new Set(places.map(({ section }) => section))].map((section) => (
          <div key={section}>
            <h2>{t(section)}</h2>
            {places
              .filter((place) => place.section === section)
              .map(({ word, to }) => (
                <Item key={word} word={word} to={to} />
              ))}
          </div>
        ))}
      </nav>
      <Outlet />
    </div>
  );
}

function Item({ word, to }: Pick<(typeof SETTINGS_PLACES)[number], 'word' | 'to'>) {
  const { t } = useTranslation('settings');
  const Icon = ICONS[word];
  return (
    <Link to={to} className={classes.item}>
      <Icon size={18} stroke={1.75} aria-hidden="true" />
      {t(word)}
    </Link>
  );
}

/** Nobody stands in the settings as such: the first place that one may see is where they begin. */
export function SettingsHome() {
  const [first] = settingsFor(useCan());
  return first && <Navigate to={first.to} replace />;
}
