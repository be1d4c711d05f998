import { useTranslation } from 'react-i18next';
import { readPreference } from '@/lib/preferences';
import { SHORTCUTS, type ShortcutName } from '@/lib/shortcuts';
import { Dialog } from '@/ui/Dialog';
import classes from './shell.module.css';

const GROUPS = ['everywhere', 'list', 'conversation', 'composer'] as const;
const NAMES = Object.keys(SHORTCUTS) as ShortcutName[];

export function ShortcutSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog open={open} title={t('keys.title')} width={640} onClose={onClose}>
      {readPreference('shortcuts') === 'off' && <p>{t('keys.off')}</p>}
      <div className={classes.keys}>
        {GROUPS.map((group) => (
          <section key={group}>
            <h3>{t(`keys.group.${group}`)}</h3>
            <ul>
              {NAMES.filter((name) => SHORTCUTS[name].group === group).map((name) => (
                <li key={name}>
                  <span>{t(`keys.name.${name}`)}</span>
                  <kbd>{SHORTCUTS[name].shown}</kbd>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
