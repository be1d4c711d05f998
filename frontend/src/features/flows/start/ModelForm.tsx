import { Button, Checkbox, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import form from '@/lib/panes/form.module.css';
import { paths } from '@/lib/paths';
import { RefusalLine } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { toast } from '@/lib/toast';
import { modelQuery, useCheckModel, usePalette, useStartFromModel } from '../api';
import type { Mapping as Chosen, Model } from '../api';
import { FlowMap } from '../canvas/FlowMap';
import { FindingCount } from '../FindingCount';
import type { FlowDocument } from '../model/document';
import { whatOneMakes } from './kinds';
import { Mapping } from './Mapping';
import classes from './start.module.css';

type Props = { model: Model; name: string; onBack: () => void; onClose: () => void };

/** How a model looks, and what the things it names are here. */
export function ModelForm({ model, name, onBack, onClose }: Props) {
  const { t } = useTranslation('flows');
  const navigate = useNavigate();
  const makes = whatOneMakes(useCan());
  const { mutate: check, data: report, error: wrong } = useCheckModel();
  const start = useStartFromModel();
  const [mapping, setMapping] = useState<Chosen>([]);
  const [creates, setCreates] = useState(makes !== undefined);
  const wish = {
    model: model.key,
    creates_missing: creates,
    mapping,
    ...(name.trim() ? { name: name.trim() } : {}),
  };

  useEffect(
    () => check({ model: model.key, creates_missing: creates, mapping }),
    [check, model.key, creates, mapping],
  );
  const make = () =>
    start.mutate(wish, {
      onSuccess: ({ flows, created }) => {
        const [first] = flows;
        const names = created.map((one) => one.name).join(', ');
        if (flows.length > 1) toast({ message: t('import.done', { count: flows.length }) });
        if (names) toast({ message: `${t('outcome.created')}: ${names}.` });
        if (first?.id) void navigate({ to: paths.flow, params: { flowId: String(first.id) } });
        else onClose();
      },
    });
  return (
    <div className={classes.steps}>
      <p>{model.description}</p>
      <Preview model={model} />
      {!report && !wrong && <Skeleton height={160} />}
      {report && (
        <>
          <Mapping report={report} mapping={mapping} onChange={setMapping} />
          {makes && (
            <Checkbox
              label={t(makes)}
              checked={creates}
              onChange={({ currentTarget: { checked } }) => setCreates(checked)}
            />
          )}
          <p className={classes.outcome} role="status">
            <FindingCount errors={report.error_count} warnings={report.warning_count} />
            {report.error_count > 0 && <span>{t('models.holes')}</span>}
          </p>
        </>
      )}
      <RefusalLine error={start.error ?? wrong} />
      <div className={form.acts}>
        <Button variant="default" onClick={onBack}>
          {t('models.back')}
        </Button>
        <Button loading={start.isPending} disabled={!report} onClick={make}>
          {t('new.make')}
        </Button>
      </div>
    </div>
  );
}

/** Its cards as a map, to be looked at; what comes with it is said by name. */
function Preview({ model }: Pick<Props, 'model'>) {
  const { t } = useTranslation('flows');
  const { types } = usePalette();
  const { data } = useQuery(modelQuery(model.key));
  const [document] = data?.documents ?? [];
  const [, ...companions] = model.flows;
  return (
    <>
      <div className={classes.preview}>
        {document && <FlowMap document={document as unknown as FlowDocument} types={types} />}
      </div>
      {companions.map(({ key, name, description }) => (
        <p key={key} className={classes.companion}>
          {t('models.comes_with')} <b>{name}</b>. {description}
        </p>
      ))}
    </>
  );
}
