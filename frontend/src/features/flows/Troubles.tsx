import { Button } from '@mantine/core';
import IconClean from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs';
import IconNext from '@tabler/icons-react/dist/esm/icons/IconChevronRight.mjs';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { sayRefusal } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import { catalogueQuery, findingsQuery } from './api';
import { useEditor } from './editor';
import { FindingCount } from './FindingCount';
import { KeepAside } from './pencil/KeepAside';
import classes from './flows.module.css';

/** Above the cards: what keeps them from being saved, or from being published. */
export function Troubles() {
  const { theirs, problem, isStranded } = useEditor();
  if (theirs) return <MovedOn />;
  if (isStranded) return <Stranded />;
  return problem ? <NotKept /> : <Found />;
}

/** Who a member is, in words; nobody: a program. */
export function useMemberName() {
  const { t } = useTranslation('flows');
  const { data } = useQuery(catalogueQuery);
  return (id: number | null) =>
    data?.members.find((member) => member.id === id)?.display_name ?? t('somebody');
}

function MovedOn() {
  const { t } = useTranslation('flows');
  const format = useFormat();
  const nameOf = useMemberName();
  const { theirs, giveWay } = useEditor();
  if (!theirs) return null;
  const { saved_by, saved_at } = theirs;
  return (
    <div role="alert" className={classes.trouble}>
      <p>{t('moved_on', { who: nameOf(saved_by), at: format.moment(saved_at) })}</p>
      <KeepAside />
      <Button variant="default" onClick={giveWay}>
        {t('take_theirs')}
      </Button>
    </div>
  );
}

/** The pencil went before the last change was saved: it is not written over what somebody else does now. */
function Stranded() {
  const { t } = useTranslation('flows');
  const { giveWay } = useEditor();
  return (
    <div role="alert" className={classes.trouble}>
      <p>{t('pencil.stranded')}</p>
      <KeepAside />
      <Button variant="default" onClick={giveWay}>
        {t('pencil.let_go')}
      </Button>
    </div>
  );
}

function NotKept() {
  const { t } = useTranslation(['flows', 'common']);
  const { problem, retry } = useEditor();
  if (!problem) return null;
  return (
    <div role="alert" className={classes.trouble}>
      <p>
        {sayRefusal(problem)} {t('kept_here')}
      </p>
      <Button variant="default" onClick={retry}>
        {t('common:retry')}
      </Button>
    </div>
  );
}

/** Its place is kept while nothing is wrong: what comes up while somebody draws pushes nothing down. */
function Found() {
  const { t } = useTranslation('flows');
  const { flow } = useEditor();
  const { data } = useQuery(findingsQuery(flow.id));
  if (!data) return <div className={classes.found} data-clean />;
  const { error_count: errors, warning_count: warnings } = data;
  const isClean = errors + warnings === 0;
  return (
    <Link
      to={paths.flowFindings}
      params={{ flowId: String(flow.id) }}
      className={classes.found}
      data-bad={errors > 0 || undefined}
      data-clean={isClean || undefined}
    >
      {isClean && <IconClean size={16} stroke={1.75} aria-hidden />}
      <FindingCount errors={errors} warnings={warnings} />
      <span>
        {t(isClean ? 'nothing_wrong' : errors > 0 ? 'mend_to_publish' : 'look_before_publish')}
      </span>
      <IconNext size={18} stroke={1.75} aria-hidden />
    </Link>
  );
}
