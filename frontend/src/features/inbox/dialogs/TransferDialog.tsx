import { Button, Textarea, TextInput } from '@mantine/core';
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import { useMemo, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isOpenNow, useOpening } from '@/lib/opening';
import { plain } from '@/lib/plain';
import { RefusalLine } from '@/lib/refusal';
import { toast } from '@/lib/toast';
import { Dialog } from '@/ui/Dialog';
import { useCatalogue, useTransferTicket, type Catalogue, type Ticket } from '../api';
import classes from './dialogs.module.css';

type Target = {
  kind: 'department' | 'member';
  id: number;
  name: string;
  note: string;
  open: boolean;
  /** What is asked before something is left in a closed department. */
  ask?: string;
};

type Props = { ticket: Ticket; open: boolean; onDone: () => void };

export function TransferDialog({ ticket, open, onDone }: Props) {
  const { t } = useTranslation(['inbox', 'common']);
  return (
    <Dialog open={open} title={t('transfer.title')} width={480} onClose={onDone}>
      <TransferForm ticket={ticket} onDone={onDone} />
    </Dialog>
  );
}

function useTargets(ticket: Ticket, catalogue: Catalogue | undefined): Target[] {
  const { t } = useTranslation(['inbox', 'common']);
  const say = useOpening();
  return useMemo(() => {
    const closed = (name: string, opens_at: string | null) =>
      opens_at === null
        ? { note: t('transfer.closed'), ask: t('transfer.closed_ask_never', { name }) }
        : {
            note: t('transfer.opens', { when: say(opens_at) }),
            ask: t('transfer.closed_ask', { name, when: say(opens_at) }),
          };
    const departments = (catalogue?.departments ?? [])
      .filter(({ serves }) => serves)
      .map(({ id, name, is_active, waiting, hours }): Target => ({
        kind: 'department',
        id,
        name,
        note: is_active ? t('transfer.waiting', { count: waiting }) : t('transfer.inactive'),
        /* The queue it waits in already is no destination. */
        open: is_active && !(ticket.controller === 'queue' && ticket.department_id === id),
        ...(is_active && !isOpenNow(hours) ? closed(name, hours.opens_at) : {}),
      }));
    const members = (catalogue?.members ?? [])
      .filter(({ id, is_agent, is_active }) => is_agent && is_active && id !== ticket.assignee_id)
      .map(({ id, display_name, serving }): Target => ({
        kind: 'member',
        id,
        name: display_name,
        note: t('transfer.serving', { count: serving }),
        open: true,
      }));
    return [...departments, ...members];
  }, [catalogue, ticket, t, say]);
}

function TransferForm({ ticket, onDone }: { ticket: Ticket; onDone: () => void }) {
  const { t } = useTranslation(['inbox', 'common']);
  const { data } = useCatalogue();
  const targets = useTargets(ticket, data);
  const transfer = useTransferTicket(ticket.id);
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<Target>();
  const [note, setNote] = useState('');
  const [message, setMessage] = useState('');

  const found = targets.filter(({ name }) => plain(name).includes(plain(search)));
  const only =
    found.filter((target) => target.open).length === 1 ? found.find((x) => x.open) : undefined;
  const target = chosen ?? (search ? only : undefined);

  const submit = () => {
    if (!target) return;
    transfer.mutate(
      {
        ...(target.kind === 'department'
          ? { department_id: target.id }
          : { assignee_id: target.id }),
        ...(note.trim() ? { note: note.trim() } : {}),
        ...(message.trim() ? { message: message.trim() } : {}),
      },
      {
        onSuccess: () => {
          toast({ message: t('transfer.done', { name: target.name }) });
          onDone();
        },
      },
    );
  };
  const onSearchKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && only) {
      event.preventDefault();
      submit();
    }
  };

  return (
    <form
      className={classes.form}
      aria-label={t('transfer.title')}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div>
        <TextInput
          data-autofocus
          role="searchbox"
          aria-label={t('transfer.search')}
          placeholder={t('transfer.search')}
          leftSection={<IconSearch size={16} stroke={1.75} />}
          value={search}
          onChange={({ currentTarget: { value } }) => {
            setSearch(value);
            setChosen(undefined);
          }}
          onKeyDown={onSearchKey}
        />
        <div className={`${classes.list} scrolls`} role="radiogroup" aria-label={t('transfer.to')}>
          {(['department', 'member'] as const).map((kind) => (
            <TargetGroup
              key={kind}
              title={t(`transfer.${kind}s`)}
              targets={found.filter((each) => each.kind === kind)}
              chosen={target}
              onChoose={setChosen}
            />
          ))}
          {found.length === 0 && (
            <p className={classes.none}>{t('empty.search', { text: search })}</p>
          )}
        </div>
      </div>
      <Textarea
        label={t('transfer.note')}
        description={t('transfer.note_hint')}
        autosize
        minRows={2}
        maxRows={5}
        maxLength={2000}
        value={note}
        onChange={({ currentTarget: { value } }) => setNote(value)}
      />
      <Textarea
        label={t('transfer.message')}
        description={t('transfer.message_hint')}
        autosize
        minRows={1}
        maxRows={5}
        maxLength={2000}
        value={message}
        onChange={({ currentTarget: { value } }) => setMessage(value)}
      />
      <RefusalLine error={transfer.error} />
      <p className={classes.ask} role="status">
        {target?.ask}
      </p>
      <div className={classes.acts}>
        <Button variant="subtle" onClick={onDone}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" disabled={!target} loading={transfer.isPending}>
          {t(target?.ask ? 'transfer.leave_in_queue' : 'act.transfer')}
        </Button>
      </div>
    </form>
  );
}

type GroupProps = {
  title: string;
  targets: readonly Target[];
  chosen: Target | undefined;
  onChoose: (target: Target) => void;
};

function TargetGroup({ title, targets, chosen, onChoose }: GroupProps) {
  if (targets.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      {targets.map((target) => (
        <button
          key={target.id}
          type="button"
          role="radio"
          aria-checked={chosen?.kind === target.kind && chosen.id === target.id}
          disabled={!target.open}
          className={classes.option}
          onClick={() => onChoose(target)}
        >
          <span className="cut">{target.name}</span>
          <small className="num">{target.note}</small>
        </button>
      ))}
    </>
  );
}
