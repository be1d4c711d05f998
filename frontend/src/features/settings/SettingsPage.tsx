import IconPlug from '@tabler/icons-react/dist/esm/icons/IconPlugConnected.mjs';
import { Link, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { useCan } from '@/lib/session';
import { EmptyState } from '@/ui/EmptyState';
import classes from './settings.module.css';

/** What the account can be told to do. One place per row; what does not exist has no row. */
export function SettingsPage() {
  const { t } = useTranslation('settings');
  const can = useCan();
  if (!can('channels.view')) {
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
        <h2>{t('service')}</h2>
        <Link to={paths.channels} className={classes.item}>
          <IconPlug size={18} stroke={1.75} aria-hidden="true" />
          {t('channels')}
        </Link>
      </nav>
      <Outlet />
    </div>
  );
}
