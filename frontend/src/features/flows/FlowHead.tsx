import { Button } from '@mantine/core';
import IconBack from '@tabler/icons-react/dist/esm/icons/IconArrowLeft.mjs';
import IconPlay from '@tabler/icons-react/dist/esm/icons/IconPlayerPlay.mjs';
import IconPublish from '@tabler/icons-react/dist/esm/icons/IconRocket.mjs';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { useCan, useFormat } from '@/lib/session';
import { IconButton } from '@/ui/IconButton';
import { FlowMenu } from './FlowMenu';
import { FlowState } from './FlowRow';
import { useEditor } from './editor';
import { Others } from './pencil/Others';
import { PublishDialog } from './PublishDialog';
import classes from './flows.module.css';

type Props = {
  /** Members who have the flow open besides this one. */
  others: readonly number[];
};

/** Name, state, who else is here, and the acts on the flow as a whole. Who comes and goes moves nothing below it. */
export function FlowHead({ others }: Props) {
  const { t } = useTranslation('flows');
  const navigate = useNavigate();
  const can = useCan();
  const { document, flow } = useEditor();
  const [publishing, setPublishing] = useState(false);
  return (
    <header className={classes.head}>
      <IconButton size={44} label={t('back')} onClick={() => void navigate({ to: paths.flows })}>
        <IconBack size={20} stroke={1.75} />
      </IconButton>
      <div>
        <h1 className="cut">{document.name}</h1>
        <p>
          <FlowState flow={flow} /> <SavedLine />
        </p>
      </div>
      <Others members={others} />
      {can('flows.simulate') && <Simulate />}
      <FlowMenu />
      {can('flows.publish') && (
        <Button
          className={classes.publish ?? ''}
          leftSection={<IconPublish size={16} stroke={1.75} />}
          onClick={() => setPublishing(true)}
        >
          {t('publish.act')}
        </Button>
      )}
      <PublishDialog open={publishing} onClose={() => setPublishing(false)} />
    </header>
  );
}

/** On a phone there is room for its mark only. */
function Simulate() {
  const { t } = useTranslation('simulator');
  const navigate = useNavigate();
  const { flow } = useEditor();
  const open = () =>
    void navigate({ to: paths.flowSimulator, params: { flowId: String(flow.id) } });
  return (
    <>
      <Button
        variant="default"
        visibleFrom="sm"
        leftSection={<IconPlay size={16} stroke={1.75} />}
        onClick={open}
      >
        {t('act')}
      </Button>
      <IconButton variant="default" hiddenFrom="sm" size={32} label={t('act')} onClick={open}>
        <IconPlay size={18} stroke={1.75} />
      </IconButton>
    </>
  );
}

function SavedLine() {
  const { t } = useTranslation('flows');
  const format = useFormat();
  const { saving, unsaved, theirs, problem, saved } = useEditor();
  const say =
    theirs || problem
      ? t('not_saved')
      : saving || unsaved
        ? t('saving')
        : t('saved', { at: format.moment(saved.at) });
  return <span className="num">{say}</span>;
}
