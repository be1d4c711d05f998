import { Button, Radio, Skeleton, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayPass } from '@/api/refusal';
import form from '@/lib/panes/form.module.css';
import { paths } from '@/lib/paths';
import { RefusalLine } from '@/lib/refusal';
import { Dialog } from '@/ui/Dialog';
import { modelsQuery, useNewFlow, type Model } from '../api';
import { ModelForm } from './ModelForm';
import classes from './start.module.css';

export const NAME_MAX = 80;
const EMPTY = '';
const PLAN = '?'; // no model has such a key

type Props = { open: boolean; onClose: () => void };

/** An empty flow needs a name and nothing else; a model asks next what its names are here, and a plan has its page. */
export function NewFlow({ open, onClose }: Props) {
  const { t } = useTranslation('flows');
  return (
    <Dialog open={open} title={t('new.title')} width={640} onClose={onClose}>
      <Steps onClose={onClose} />
    </Dialog>
  );
}

function Steps({ onClose }: Pick<Props, 'onClose'>) {
  const [name, setName] = useState('');
  const [model, setModel] = useState<Model>();
  if (model)
    return (
      <ModelForm model={model} name={name} onBack={() => setModel(undefined)} onClose={onClose} />
    );
  return <Beginning name={name} onName={setName} onModel={setModel} onClose={onClose} />;
}

type BeginningProps = {
  name: string;
  onName: (name: string) => void;
  onModel: (model: Model) => void;
  onClose: () => void;
};

function Beginning({ name, onName, onModel, onClose }: BeginningProps) {
  const { t } = useTranslation(['flows', 'common']);
  const navigate = useNavigate();
  const make = useNewFlow();
  const models = useQuery(modelsQuery());
  const [key, setKey] = useState(EMPTY);
  const model = models.data?.data.find((one) => one.key === key);
  const submit = () => {
    if (model) return onModel(model);
    if (key === PLAN)
      return void navigate({
        to: paths.flowPlan,
        search: name.trim() ? { name: name.trim() } : {},
      });
    make.mutate(
      { name: name.trim() },
      {
        onSuccess: ({ id }) => void navigate({ to: paths.flow, params: { flowId: String(id) } }),
      },
    );
  };
  return (
    <form
      className={classes.steps}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextInput
        label={t('new.name')}
        description={t(model ? 'models.name_hint' : 'new.name_hint')}
        maxLength={NAME_MAX}
        data-autofocus
        value={name}
        onChange={({ currentTarget: { value } }) => onName(value)}
      />
      <Radio.Group label={t('models.begin_with')} value={key} onChange={setKey}>
        <div className={classes.models}>
          <Radio value={EMPTY} label={t('models.empty')} description={t('models.empty_text')} />
          <Radio value={PLAN} label={t('models.plan')} description={t('models.plan_text')} />
          {models.isPending && <Skeleton height={120} />}
          <RefusalLine
            error={models.error}
            onRetry={mayPass(models.error) ? () => void models.refetch() : undefined}
          />
          {models.data?.data.map(({ key: value, name: label, description, flows }) => (
            <Radio
              key={value}
              value={value}
              label={label}
              description={
                flows.length > 1
                  ? `${description} ${t('models.flows', { count: flows.length })}`
                  : description
              }
            />
          ))}
        </div>
      </Radio.Group>
      <RefusalLine error={make.error} />
      <div className={form.acts}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button
          type="submit"
          loading={make.isPending}
          disabled={key === EMPTY && name.trim() === ''}
        >
          {t(key === EMPTY ? 'new.make' : 'models.next')}
        </Button>
      </div>
    </form>
  );
}
