import { Button, Select, Switch, TagsInput, TextInput } from '@mantine/core';
import IconDown from '@tabler/icons-react/dist/esm/icons/IconArrowDown.mjs';
import IconUp from '@tabler/icons-react/dist/esm/icons/IconArrowUp.mjs';
import IconTrash from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePageMark } from '@/lib/page-mark';
import { Detail } from '@/lib/panes/Detail';
import panes from '@/lib/panes/panes.module.css';
import { RefusalLine, RefusalState } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { Chip } from '@/ui/Chip';
import { Dialog } from '@/ui/Dialog';
import { IconButton } from '@/ui/IconButton';
import {
  fieldsQuery,
  useCreateField,
  useDeleteField,
  useEditField,
  type ContactField,
} from './api';
import classes from './contacts.module.css';

/** What the account wants to know of its contacts beyond what everybody has. */
export function FieldsPage() {
  const { t } = useTranslation('contacts');
  const can = useCan();
  const fields = useQuery(fieldsQuery);
  usePageMark(t('field.title'), 0);
  const rows = fields.data?.data ?? [];
  return (
    <Detail title={t('field.title')} sub={t('field.lead')}>
      <div className={panes.form}>
        <div className={`${panes.scroll} scrolls`}>
          <section className={classes.section} aria-label={t('field.title')}>
            {fields.isError && !fields.data && (
              <RefusalState error={fields.error} onRetry={() => void fields.refetch()} />
            )}
            {fields.data && rows.length === 0 && <p className={classes.quiet}>{t('field.none')}</p>}
            {rows.length > 0 && (
              <ul className={classes.card}>
                {rows.map((field, place) => (
                  <Row
                    key={field.id}
                    field={field}
                    before={rows[place - 1]}
                    after={rows[place + 1]}
                    fixed={!can('contact_fields.manage')}
                  />
                ))}
              </ul>
            )}
          </section>
          {can('contact_fields.manage') && <NewField />}
        </div>
      </div>
    </Detail>
  );
}

type RowProps = {
  field: ContactField;
  before: ContactField | undefined;
  after: ContactField | undefined;
  fixed: boolean;
};

function Row({ field, before, after, fixed }: RowProps) {
  const { t } = useTranslation('contacts');
  const edit = useEditField();
  const [going, setGoing] = useState(false);
  /* Two neighbours change places. */
  const swap = async (other: ContactField) => {
    await edit.mutateAsync({ id: field.id, position: other.position });
    await edit.mutateAsync({ id: other.id, position: field.position });
  };
  return (
    <li>
      <span className={classes.what}>
        <b className="cut">{field.name}</b>
        <small className="cut">
          {[t(`field.kind.${field.kind}`), field.choices.join(', ')].filter(Boolean).join(' · ')}
        </small>
        <RefusalLine error={edit.error} />
      </span>
      {fixed ? (
        field.is_required && <Chip>{t('field.required')}</Chip>
      ) : (
        <>
          <Switch
            label={t('field.required')}
            checked={field.is_required}
            disabled={edit.isPending}
            onChange={({ currentTarget: { checked } }) =>
              edit.mutate({ id: field.id, is_required: checked })
            }
          />
          <IconButton
            size={36}
            label={t('field.up', { name: field.name })}
            disabled={!before}
            onClick={() => before && void swap(before)}
          >
            <IconUp size={16} stroke={1.75} />
          </IconButton>
          <IconButton
            size={36}
            label={t('field.down', { name: field.name })}
            disabled={!after}
            onClick={() => after && void swap(after)}
          >
            <IconDown size={16} stroke={1.75} />
          </IconButton>
          <IconButton
            size={36}
            label={t('field.remove', { name: field.name })}
            onClick={() => setGoing(true)}
          >
            <IconTrash size={16} stroke={1.75} />
          </IconButton>
          <Removing field={field} open={going} onClose={() => setGoing(false)} />
        </>
      )}
    </li>
  );
}

type RemovingProps = { field: ContactField; open: boolean; onClose: () => void };

function Removing({ field, open, onClose }: RemovingProps) {
  const { t } = useTranslation(['contacts', 'common']);
  const remove = useDeleteField();
  return (
    <Dialog
      open={open}
      title={t('field.remove', { name: field.name })}
      width={440}
      onClose={onClose}
    >
      <div className={classes.form}>
        <p>{t('field.remove_text')}</p>
        <RefusalLine error={remove.error} />
        <div className={classes.end}>
          <Button variant="subtle" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button
            color="red"
            loading={remove.isPending}
            onClick={() => remove.mutate(field.id, { onSuccess: onClose })}
          >
            {t('field.remove_send')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

const KINDS = ['text', 'number', 'date', 'flag', 'choice'] as const;
const NOTHING = { name: '', kind: 'text' as ContactField['kind'], choices: [] as string[] };

function NewField() {
  const { t } = useTranslation('contacts');
  const create = useCreateField();
  const [typed, setTyped] = useState(NOTHING);
  return (
    <section className={classes.section} aria-label={t('field.new')}>
      <h3>{t('field.new')}</h3>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          const { choices, ...rest } = typed;
          create.mutate(
            { ...rest, ...(typed.kind === 'choice' && { choices }) },
            { onSuccess: () => setTyped(NOTHING) },
          );
        }}
      >
        <div className={classes.pair}>
          <TextInput
            label={t('field.name')}
            maxLength={60}
            value={typed.name}
            onChange={({ currentTarget: { value } }) =>
              setTyped((was) => ({ ...was, name: value }))
            }
          />
          <Select
            label={t('field.kind_label')}
            allowDeselect={false}
            data={KINDS.map((value) => ({ value, label: t(`field.kind.${value}`) }))}
            value={typed.kind}
            onChange={(kind) => kind && setTyped((was) => ({ ...was, kind: kind }))}
          />
        </div>
        {typed.kind === 'choice' && (
          <TagsInput
            label={t('field.choices')}
            description={t('field.choices_hint')}
            maxTags={50}
            value={typed.choices}
            onChange={(choices) => setTyped((was) => ({ ...was, choices }))}
          />
        )}
        <RefusalLine error={create.error} />
        <div className={classes.acts}>
          <Button type="submit" disabled={!typed.name.trim()} loading={create.isPending}>
            {t('field.add')}
          </Button>
        </div>
      </form>
    </section>
  );
}
