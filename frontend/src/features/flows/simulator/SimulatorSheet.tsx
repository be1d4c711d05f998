import { Tabs } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../editor';
import { Sheet } from '../sheets/Sheet';
import { marksOf, NO_MARKS, usePlayedMarks } from './marks';
import { Playing } from './Playing';
import { TestList } from './TestList';
import { ConversationContext, useNewConversation } from './useConversation';

/** Being a customer of the draft, before anybody else is; and the conversations that must go on as they went. */
export function SimulatorSheet() {
  const { t } = useTranslation('simulator');
  const { flow } = useEditor();
  const [tab, setTab] = useState<string | null>('play');
  const { setMarks } = usePlayedMarks();
  const conversation = useNewConversation();
  const { now } = conversation;
  useEffect(() => {
    setMarks(now ? marksOf(flow.key, now.at, now.path) : NO_MARKS);
  }, [flow.key, now, setMarks]);
  useEffect(() => () => setMarks(NO_MARKS), [setMarks]);
  return (
    <ConversationContext value={conversation}>
      <Sheet title={t('title')} sub={t('sub')}>
        <Tabs value={tab} onChange={setTab} keepMounted={false}>
          <Tabs.List grow>
            <Tabs.Tab value="play">{t('play')}</Tabs.Tab>
            <Tabs.Tab value="tests">{t('tests')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="play">
            <Playing />
          </Tabs.Panel>
          <Tabs.Panel value="tests">
            <TestList />
          </Tabs.Panel>
        </Tabs>
      </Sheet>
    </ConversationContext>
  );
}
