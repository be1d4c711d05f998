import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePageMark } from '@/lib/page-mark';
import { Detail } from '@/lib/panes/Detail';
import panes from '@/lib/panes/panes.module.css';
import { paths } from '@/lib/paths';
import { RefusalLine, RefusalState } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { Dialog } from '@/ui/Dialog';
import {
  groupsQuery,
  useCreateGroup,
  useDeleteGroup,
  useEditGroup,
  type ContactGroup,
} from './api';
import classes from './contacts.module.css';

/** Contacts that belong together: whom a campaign goes to. */
export function ContactGroupsPage() {
  const { t } = useTranslation('contacts');
  const can = useCan();
  const groups = useQuery(groupsQuery);
  const rows = groups.data?.data ?? [];
  usePageMark(t('groups.title'), 0);
  return (
    <Detail title={t('groups.title')} sub={t('groups.lead')}>
      <div className={panes.form}>
        <div className={`${panes.scroll} scrolls`}>
          <section className={classes.section} aria-label={t('groups.title')}>
            {groups.isError && !groups.data && (
              <RefusalState error={groups.error} onRetry={() => void groups.refetch()} />
            )}
            {groups.data && rows.length === 0 && (
              <p className={classes.quiet}>{t('groups.none_yet')}</p>
            )}
            {rows.length > 0 && (
              <ul className={classes.card}>
                {rows.map((group) => (
                  <Row key={group.id} group={group} />
                ))}
              </ul>
            )}
          </section>
          {can('contact_groups.manage') && <NewGroup />}
        </div>
      </div>
    </Detail>
  );
}

function Row({ group }: { group: ContactGroup }) {
  const { t } = useTranslation('contacts');
  const can = useCan();
  const [open, setOpen] = useState<'edit' | 'remove'>();
  return (
    <li>
      <span className={classes.what}>
        <b className="cut">{group.name}</b>
        <small className="cut">{group.description}</small>
      </span>
      <Link to={paths.contacts} search={{ group: group.id }} className="num">
        {t('groups.people', { count: group.member_count })}
      </Link>
      {can('contact_groups.manage') && (
        <>
          <Button variant="default" size="xs" onClick={() => setOpen('edit')}>
            {t('groups.edit')}
          </Button>
          <Button variant="subtle" size="xs" onClick={() => setOpen('remove')}>
            {t('groups.remove')}
          </Button>
          <Dialog
            open={open === 'edit'}
            title={group.name}
            width={440}
            onClose={() => setOpen(undefined)}
          >
            <GroupForm group={group} onDone={() => setOpen(undefined)} />
          </Dialog>
          <Removing group={group} open={open === 'remove'} onClose={() => setOpen(undefined)} />
        </>
      )}
    </li>
  );
}

function GroupForm({ group, onDone }: { group: ContactGroup; onDone: () => void }) {
  const { t } = useTranslation(['contacts', 'common']);
  const edit = useEditGroup();
  const [name, setName] = useState(group.name);
  const [description, setDescription] = useState(group.description);
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        edit.mutate({ id: group.id, name, description }, { onSuccess: onDone });
      }}
    >
      <TextInput
        label={t('groups.name')}
        maxLength={60}
        value={name}
        onChange={({ currentTarget: { value } }) => setName(value)}
      />
      <TextInput
        label={t('groups.description')}
        maxLength={300}
        value={description}
        onChange={({ currentTarget: { value } }) => setDescription(value)}
      />
      <RefusalLine error={edit.error} />
      <div className={classes.end}>
        <Button variant="subtle" onClick={onDone}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" disabled={!name.trim()} loading={edit.isPending}>
          {t('common:save')}
        </Button>
      </div>
    </form>
  );
}

type RemovingProps = { group: ContactGroup; open: boolean; onClose: () => void };

function Removing({ group, open, onClose }: RemovingProps) {
  const { t } = useTranslation(['contacts', 'common']);
  const remove = useDeleteGroup();
  return (
    <Dialog
      open={open}
      title={t('groups.remove_title', { name: group.name })}
      width={440}
      onClose={onClose}
    >
      <div className={classes.form}>
        <p>{t('groups.remove_text')}</p>
        <RefusalLine error={remove.error} />
        <div className={classes.end}>
          <Button variant="subtle" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button
            color="red"
            loading={remove.isPending}
            onClick={() => remove.mutate(group.id, { onSuccess: onClose })}
          >
            {t('groups.remove')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function NewGroup() {
  const { t } = useTranslation('contacts');
  const create = useCreateGroup();
  const [name, setName] = useState('');
  return (
    <section className={classes.section} aria-label={t('groups.new')}>
      <h3>{t('groups.new')}</h3>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate({ name }, { onSuccess: () => setName('') });
        }}
      >
        <div className={classes.acts}>
          <TextInput
            aria-label={t('groups.name')}
            placeholder={t('groups.name')}
            maxLength={60}
            flex={1}
            miw={160}
            value={name}
            onChange={({ currentTarget: { value } }) => setName(value)}
          />
          <Button type="submit" disabled={!name.trim()} loading={create.isPending}>
            {t('groups.add')}
          </Button>
        </div>
        <RefusalLine error={create.error} />
      </form>
    </section>
  );
}
