import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { readPreference } from '@/lib/preferences';
import { paths } from '@/lib/paths';
import { SHORTCUT_NAMES, SHORTCUTS, useShown } from '@/lib/shortcuts';
import { Dialog } from '@/ui/Dialog';
import classes from './shell.module.css';

const GROUPS = ['everywhere', 'list', 'conversation', 'composer'] as const;

export function ShortcutSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const shown = useShown();
  return (
    <Dialog open={open} title={t('keys.title')} width={640} onClose={onClose}>
      {readPreference('shortcuts') === 'off' && <p>{t('keys.off')}</p>}
      <div className={classes.keys}>
        {GROUPS.map((group) => (
          <section key={group}>
            <h3>{t(`keys.group.${group}`)}</h3>
            <ul>
              {SHORTCUT_NAMES.filter((name) => SHORTCUTS[name].group === group).map((name) => (
                <li key={name}>
                  <span>{t(`keys.name.${name}`)}</span>
                  <kbd>{shown(name)}</kbd>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <p className={classes.keysFoot}>
        <Link to={paths.keys} onClick={onClose}>
          {t('keys.change')}
        </Link>
      </p>
    </Dialog>
  );
}
