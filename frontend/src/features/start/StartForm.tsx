import { Button, Select, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { paths } from '@/lib/paths';
import { RefusalLine } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { endStarting, type Starting } from '@/lib/starting';
import { TemplateChoice, type FilledTemplate } from '@/lib/templates/TemplateChoice';
import { toast } from '@/lib/toast';
import { accountQuery, useStart } from './api';
import { NumberWays } from './NumberWays';
import { Ways } from './Ways';
import { WhoField, type Who } from './WhoField';
import classes from './start.module.css';

/** What was chosen of the ways: enough of it to be sent. */
export type Chosen = {
  channel_id: number;
  identity_id?: number;
  name?: string;
  /** Their conversation that is open already: one goes there instead. */
  live?: { ticket_id: number; protocol: string };
  /** Their day is over: only an approved template reaches them. */
  byTemplate?: boolean;
};

export function StartForm({ contact }: { contact: Starting['contact'] }) {
  const { t } = useTranslation(['start', 'common']);
  const navigate = useNavigate();
  const { data: account } = useQuery(accountQuery);
  const [key] = useState(() => crypto.randomUUID());
  const [who, setWho] = useState<Who | undefined>(contact && { kind: 'contact', ...contact });
  const [chosen, setChosen] = useState<Chosen>();
  const [department, setDepartment] = useState<string | null>(null);
  const [text, setText] = useState('');
  const [template, setTemplate] = useState<FilledTemplate>();
  const [byTemplate, setByTemplate] = useState(false);
  const may = useCan();
  const start = useStart();
  const refused = start.error ? asRefusal(start.error).problem : undefined;
  const live =
    chosen?.live ??
    (refused?.ticket_id === undefined
      ? undefined
      : { ticket_id: refused.ticket_id, protocol: refused.protocol ?? '' });

  const go = (id: number) => {
    endStarting();
    void navigate({
      to: paths.ticket,
      params: { ticketId: String(id) },
      search: { tab: 'serving' },
    });
  };
  /* A number says nothing of windows: that one is needed is known when it was refused. */
  const needsTemplate =
    byTemplate ||
    chosen?.byTemplate === true ||
    (start.error !== null && asRefusal(start.error).slug === 'template_needed');
  const isReady = live !== undefined || (chosen && (!needsTemplate || template?.isWhole === true));
  const send = () => {
    if (live) return go(live.ticket_id);
    if (!who || !chosen) return;
    const { channel_id, identity_id, name } = chosen;
    start.mutate(
      {
        client_key: key,
        channel_id,
        ...(who.kind === 'contact' ? { contact_id: who.id } : { phone: who.phone }),
        ...(identity_id && { identity_id }),
        ...(name?.trim() && { name: name.trim() }),
        ...(department && { department_id: Number(department) }),
        ...(text.trim() && !template && { text: text.trim() }),
        ...(template && { template_id: template.id, params: template.params, file: template.file }),
      },
      {
        onSuccess: ({ id }) => {
          toast({ message: t('start:done') });
          go(id);
        },
      },
    );
  };
  const choose = (next: Chosen) => {
    if (next.channel_id !== chosen?.channel_id || next.identity_id !== chosen.identity_id) {
      setTemplate(undefined);
      start.reset();
    }
    setChosen(next);
  };
  const change = (next: Who | undefined) => {
    setWho(next);
    setChosen(undefined);
    setTemplate(undefined);
    setByTemplate(false);
    start.reset();
  };

  return (
    <form
      className={classes.form}
      aria-label={t('start:title')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <WhoField who={who} fixed={contact !== undefined} onChange={change} />
      {who?.kind === 'contact' && (
        <Ways key={who.id} contactId={who.id} chosen={chosen} onChoose={choose} />
      )}
      {who?.kind === 'number' && <NumberWays key={who.phone} chosen={chosen} onChoose={choose} />}
      {chosen && !live && (
        <>
          <Select
            label={t('start:department')}
            placeholder={t('start:department_of_channel')}
            clearable
            data={(account?.departments ?? [])
              .filter(({ serves, is_active }) => serves && is_active)
              .map(({ id, name }) => ({ value: String(id), label: name }))}
            value={department}
            onChange={setDepartment}
          />
          {!needsTemplate && who?.kind === 'number' && may('messages.template') && (
            <Button variant="default" size="sm" onClick={() => setByTemplate(true)}>
              {t('start:by_template')}
            </Button>
          )}
          {needsTemplate ? (
            <TemplateChoice
              key={chosen.channel_id}
              channelId={chosen.channel_id}
              onChange={setTemplate}
            />
          ) : (
            <Textarea
              label={t('start:text')}
              autosize
              minRows={2}
              maxRows={6}
              value={text}
              onChange={({ currentTarget: { value } }) => setText(value)}
            />
          )}
        </>
      )}
      <RefusalLine error={start.error} />
      <div className={classes.acts}>
        <Button variant="subtle" onClick={endStarting}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" disabled={!isReady} loading={start.isPending}>
          {live ? t('start:open_live', { protocol: live.protocol }) : t('start:start')}
        </Button>
      </div>
    </form>
  );
}
