import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { usePhone } from '@/lib/phone';
import { RefusalState } from '@/lib/refusal';
import { EmptyState } from '@/ui/EmptyState';
import { findingsQuery, type Finding } from '../api';
import { useEditor, wayPlace } from '../editor';
import { nameIn } from '../model/summary';
import { FindingLine } from './FindingLine';
import { Sheet } from './Sheet';
import { worstFirst } from './worst-first';
import classes from '../flows.module.css';

/** Everything that the check says, each with a way to where it can be mended. */
export function FindingsSheet() {
  const { t } = useTranslation('flows');
  const { flow, findings, document, types } = useEditor();
  const query = useQuery(findingsQuery(flow.id));
  return (
    <Sheet title={t('check')} sub={t('check_sub')}>
      {query.isError && <RefusalState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.findings.length === 0 && (
        <EmptyState title={t('nothing_wrong')} text={t('nothing_wrong_text')} />
      )}
      <ul className={classes.findings} aria-label={t('check')}>
        {worstFirst(findings).map((finding, at) => {
          const name = finding.card && nameIn(document, types, finding.card);
          return (
            <FindingLine
              key={at}
              finding={finding}
              act={<GoThere finding={finding} name={name ?? t('flow_settings')} />}
            />
          );
        })}
      </ul>
    </Sheet>
  );
}

function GoThere({ finding, name }: { finding: Finding; name: string }) {
  const { t } = useTranslation('flows');
  const navigate = useNavigate();
  const phone = usePhone();
  const { flow } = useEditor();
  const params = { flowId: String(flow.id) };
  const { card, outlet, setting } = finding;
  const go = async () => {
    if (card && outlet) {
      if (phone) await navigate({ to: paths.flow, params });
      const place = document.getElementById(wayPlace(card, outlet));
      place?.scrollIntoView({ block: 'center' });
      place?.focus();
    } else if (card) {
      const search = setting ? { field: setting } : {};
      await navigate({ to: paths.flowCard, params: { ...params, cardId: card }, search });
    } else {
      await navigate({ to: paths.flowSettings, params });
    }
  };
  const said = t(card && outlet ? 'connect_way' : 'see');
  return (
    <Button
      variant="default"
      size="xs"
      aria-label={t('go_to', { act: said, name })}
      onClick={() => void go()}
    >
      {said}
    </Button>
  );
}
