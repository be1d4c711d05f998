import IconPlug from '@tabler/icons-react/dist/esm/icons/IconPlugConnected.mjs';
import IconHistory from '@tabler/icons-react/dist/esm/icons/IconHistory.mjs';
import IconKey from '@tabler/icons-react/dist/esm/icons/IconKey.mjs';
import IconShield from '@tabler/icons-react/dist/esm/icons/IconShieldLock.mjs';
import IconNetwork from '@tabler/icons-react/dist/esm/icons/IconNetwork.mjs';
import IconUsers from '@tabler/icons-react/dist/esm/icons/IconUsers.mjs';
import IconGroup from '@tabler/icons-react/dist/esm/icons/IconUsersGroup.mjs';
import { Link, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { useCan } from '@/lib/session';
import { EmptyState } from '@/ui/EmptyState';
import classes from './settings.module.css';

/** Every place of the settings: what it is called, and who may see it. */
const SECTIONS = [
  {
    title: 'people',
    places: [
      { word: 'members', to: paths.members, icon: IconUsers, needs: 'users.view' },
      { word: 'groups', to: paths.groups, icon: IconGroup, needs: 'groups.view' },
    ],
  },
  {
    title: 'service',
    places: [{ word: 'channels', to: paths.channels, icon: IconPlug, needs: 'channels.view' }],
  },
  {
    title: 'security',
    places: [
      { word: 'networks', to: paths.networks, icon: IconNetwork, needs: 'groups.view' },
      { word: 'policy', to: paths.security, icon: IconShield, needs: 'groups.view' },
      { word: 'audit', to: paths.audit, icon: IconHistory, needs: 'audit.view' },
    ],
  },
  {
    title: 'programs',
    places: [{ word: 'tokens', to: paths.tokens, icon: IconKey, needs: 'tokens.view' }],
  },
] as const;

/** What the account can be told to do. One place per row; what one may not see has no row. */
export function SettingsPage() {
  const { t } = useTranslation('settings');
  const can = useCan();
  const sections = SECTIONS.map(({ title, places }) => ({
    title,
    places: places.filter(({ needs }) => can(needs)),
  })).filter(({ places }) => places.length > 0);
  if (sections.length === 0) {
    return (
      <main id="content" className={classes.only} tabIndex={-1}>
        <EmptyState heading="h1" title={t('forbidden')} text={t('forbidden_who')} />
      </main>
    );
  }
  return (
    <div className={classes.settings}>
      <nav className={classes.nav} aria-label={t('title')} data-zone tabIndex={-1}>
        <h1>{t('title')}</h1>
        {sections.map(({ title, places }) => (
          <div key={title}>
            <h2>{t(title)}</h2>
            {places.map(({ word, to, icon: Icon }) => (
              <Link key={to} to={to} className={classes.item}>
                <Icon size={18} stroke={1.75} aria-hidden="true" />
                {t(word)}
              </Link>
            ))}
          </div>
        ))}
      </nav>
      <Outlet />
    </div>
  );
}
