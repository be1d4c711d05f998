import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Chip } from '@/ui/Chip';
import type { Agent } from './model/play';
import { useConversation } from './useConversation';
import classes from './simulator.module.css';

/** Whose turn it is, and the person of the team who takes it, gives it back, or ends it. */
export function Ticket() {
  const { t } = useTranslation('simulator');
  const { play, dispatch, query, now } = useConversation();
  const mayNot = play.steps.length === 0 || query.isFetching || Boolean(now?.call);
  const act = (agent: Agent) => dispatch({ kind: 'did', step: { agent } });
  const isBots = now?.bot_controls ?? true;
  const acts: [string, Agent][] = isBots
    ? [['take', 'taken']]
    : [
        ['give_back', { returned: 'resume' }],
        ['close', { closed: 'served' }],
      ];
  return (
    <section className={classes.block} aria-label={t('ticket')}>
      <header>
        <h3>{t('ticket')}</h3>
        <Chip tone={isBots ? 'bot' : 'accent'}>{t(isBots ? 'with_bot' : 'with_person')}</Chip>
      </header>
      <div className={classes.acts}>
        {acts.map(([name, agent]) => (
          <Button
            key={name}
            variant="default"
            size="xs"
            disabled={mayNot}
            onClick={() => act(agent)}
          >
            {t(`agent.${name as 'take'}`)}
          </Button>
        ))}
      </div>
    </section>
  );
}
