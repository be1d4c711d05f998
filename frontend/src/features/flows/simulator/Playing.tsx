import { Button, Select } from '@mantine/core';
import IconAgain from '@tabler/icons-react/dist/esm/icons/IconRefresh.mjs';
import IconBack from '@tabler/icons-react/dist/esm/icons/IconArrowBackUp.mjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayPass } from '@/api/refusal';
import { RefusalLine } from '@/lib/refusal';
import { IconButton } from '@/ui/IconButton';
import { useEditor } from '../editor';
import { sayWord } from '../words';
import { CallForm } from './CallForm';
import { Clock } from './Clock';
import { FactsForm } from './FactsForm';
import { Insight } from './Insight';
import { Phone } from './Phone';
import { SaveTest } from './SaveTest';
import { Ticket } from './Ticket';
import { useConversation } from './useConversation';
import classes from './simulator.module.css';

/** The customer's screen, the clock and the people behind it, and what goes on inside. */
export function Playing() {
  const { t } = useTranslation(['simulator', 'common']);
  const { document, mayEdit } = useEditor();
  const { play, dispatch, query, now } = useConversation();
  const [saving, setSaving] = useState(false);
  const channels = document.channels.length > 0 ? document.channels : ['webchat'];
  const isEmpty = play.steps.length === 0;
  return (
    <div className={classes.playing}>
      <div className={classes.bar}>
        <Select
          aria-label={t('channel')}
          size="xs"
          allowDeselect={false}
          data={channels.map((value) => ({ value, label: sayWord('', value) }))}
          value={play.given.channel}
          onChange={(channel) => channel && dispatch({ kind: 'gave', given: { channel } })}
        />
        <IconButton
          variant="default"
          size={32}
          label={t('step_back')}
          disabled={isEmpty}
          onClick={() => dispatch({ kind: 'back' })}
        >
          <IconBack size={18} stroke={1.75} />
        </IconButton>
        <IconButton
          variant="default"
          size={32}
          label={t('again')}
          disabled={isEmpty}
          onClick={() => dispatch({ kind: 'again' })}
        >
          <IconAgain size={18} stroke={1.75} />
        </IconButton>
        {mayEdit && (
          <Button
            variant="default"
            size="xs"
            disabled={isEmpty || query.isFetching || query.isError}
            onClick={() => setSaving(true)}
          >
            {t('save')}
          </Button>
        )}
      </div>
      <Phone />
      {query.isError && (
        <div className={classes.failed}>
          <RefusalLine error={query.error} />
          {mayPass(query.error) && (
            <Button variant="default" size="xs" onClick={() => void query.refetch()}>
              {t('common:retry')}
            </Button>
          )}
        </div>
      )}
      {now?.call && <CallForm key={now.call.id} call={now.call} />}
      <Clock />
      <Ticket />
      <FactsForm />
      {now && <Insight now={now} />}
      <SaveTest open={saving} onClose={() => setSaving(false)} />
    </div>
  );
}
