import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { countsQuery, type Counts } from '../api';
import { TABS, type Filter, type Tab } from '../place';
import classes from './list.module.css';

const COUNTED_TO = 1000; // the server stops there
const SHOWN_TO = 99; // the width that each tab keeps free

function countOf(tab: Tab, counts: Counts | undefined, mineOnly: boolean) {
  if (!counts || tab === 'closed') return undefined;
  if (tab === 'serving') return mineOnly ? counts.mine : counts.serving;
  return counts[tab];
}

export function Tabs({ filter }: { filter: Filter }) {
  const { t } = useTranslation('inbox');
  const { data: counts } = useQuery(countsQuery);

  return (
    <nav className={classes.tabs} aria-label={t('tab.label')}>
      {TABS.map((tab) => {
        const count = countOf(tab, counts, filter.assignee === 'me');
        const current = !filter.q && filter.tab === tab;
        return (
          <Link
            key={tab}
            to="."
            search={(place) => ({ ...place, tab, q: undefined, at: undefined, peek: undefined })}
            className={`${classes.tab} reach`}
            activeProps={{}}
            aria-current={current ? 'page' : undefined}
          >
            {t(`tab.${tab}`)}
            {tab !== 'closed' && <TabCount count={count} />}
          </Link>
        );
      })}
    </nav>
  );
}

/** Two digits for the eye; whoever listens, or points, gets them all. */
function TabCount({ count }: { count: number | undefined }) {
  if (count === undefined) return <b />;
  if (count <= SHOWN_TO) return <b>{count}</b>;
  const all = count >= COUNTED_TO ? `${COUNTED_TO - 1}+` : String(count);
  return (
    <>
      <b aria-hidden="true" title={all}>{`${SHOWN_TO}+`}</b>
      <span className="hidden">{all}</span>
    </>
  );
}
