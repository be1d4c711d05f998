import { useTranslation } from 'react-i18next';
import { usePageMark } from '@/lib/page-mark';
import { useSession } from '@/lib/session';
import { EmailSection } from './EmailSection';
import { FactorSection } from './FactorSection';
import { PasswordSection } from './PasswordSection';
import { PhotoSection } from './PhotoSection';
import { SessionsSection } from './SessionsSection';
import classes from './profile.module.css';

/** How I am seen and how I come in: what nobody else can set up for me. */
export function ProfilePage() {
  const { t } = useTranslation('profile');
  const { user } = useSession();
  usePageMark(t('title'), 0);
  return (
    <main className={classes.page} id="content" tabIndex={-1}>
      <div className={classes.column}>
        <header>
          <h1>{t('title')}</h1>
          <p>
            {user.name} · {user.email}
          </p>
        </header>
        <PhotoSection />
        <EmailSection />
        <PasswordSection />
        <FactorSection />
        <SessionsSection />
      </div>
    </main>
  );
}
