import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import classes from './list.module.css';

/** While somebody searches: whose conversation, or what was said in any. */
export function SearchTabs({ find }: { find: 'messages' | undefined }) {
  const { t } = useTranslation('inbox');
  return (
    <nav className={`${classes.tabs} ${classes.finds}`} aria-label={t('search.where')}>
      {([undefined, 'messages'] as const).map((one) => (
        <Link
          key={one ?? 'people'}
          to="."
          search={(place) => ({ ...place, find: one, at: undefined })}
          replace
          className={`${classes.tab} reach`}
          activeProps={{}}
          activeOptions={{ exact: true, explicitUndefined: true }}
          aria-current={find === one ? 'page' : undefined}
        >
          {t(one ? 'search.messages' : 'search.people')}
        </Link>
      ))}
    </nav>
  );
}
