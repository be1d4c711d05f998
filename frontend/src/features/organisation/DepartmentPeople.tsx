import { Checkbox, Select } from '@mantine/core';
import IconTrash from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import form from '@/lib/panes/form.module.css';
import { photoAddress } from '@/lib/photo';
import { Avatar } from '@/ui/Avatar';
import { IconButton } from '@/ui/IconButton';
import { accountQuery, type DepartmentMember } from './api';
import classes from './organisation.module.css';

type Props = {
  members: DepartmentMember[];
  /** What the department itself says of transfers. */
  notifies: boolean;
  fixed: boolean;
  onChange: (next: DepartmentMember[]) => void;
};

/** Who serves here, who answers for it, and whom a transfer is told. */
export function DepartmentPeople({ members, notifies, fixed, onChange }: Props) {
  const { t } = useTranslation('organisation');
  const { data: account } = useQuery(accountQuery);
  const people = account?.members ?? [];
  const isHere = (id: number) => members.some(({ member_id }) => member_id === id);
  const change = (id: number, to: Partial<DepartmentMember>) =>
    onChange(members.map((one) => (one.member_id === id ? { ...one, ...to } : one)));

  return (
    <section className={form.section} aria-label={t('people.title')}>
      <h3>{t('people.title')}</h3>
      <p>{t('people.text')}</p>
      {members.length > 0 ? (
        <ul className={classes.people}>
          {members.map((member) => {
            const person = people.find(({ id }) => id === member.member_id);
            return (
              <PersonRow
                key={member.member_id}
                member={member}
                name={person?.display_name ?? '…'}
                photo={person?.photo_id ?? null}
                notifies={notifies}
                fixed={fixed}
                onChange={(to) => change(member.member_id, to)}
                onRemove={() => onChange(members.filter((one) => one !== member))}
              />
            );
          })}
        </ul>
      ) : (
        <p>{t('people.none')}</p>
      )}
      {!fixed && (
        <Select
          mt={12}
          searchable
          aria-label={t('people.add')}
          placeholder={t('people.add')}
          nothingFoundMessage={t('people.nobody')}
          data={people
            .filter(({ id, is_active }) => is_active && !isHere(id))
            .map(({ id, display_name }) => ({ value: String(id), label: display_name }))}
          value={null}
          onChange={(next) =>
            next &&
            onChange([
              ...members,
              { member_id: Number(next), is_responsible: false, notifies_transfer: null },
            ])
          }
        />
      )}
    </section>
  );
}

type RowProps = {
  member: DepartmentMember;
  name: string;
  photo: number | null;
  notifies: boolean;
  fixed: boolean;
  onChange: (to: Partial<DepartmentMember>) => void;
  onRemove: () => void;
};

const NOTICES = { default: null, yes: true, no: false } as const;

function PersonRow({ member, name, photo, notifies, fixed, onChange, onRemove }: RowProps) {
  const { t } = useTranslation('organisation');
  const chosen = member.notifies_transfer;
  return (
    <li className={classes.person}>
      <Avatar name={name} size={30} photo={photoAddress(photo)} />
      <b className="cut">{name}</b>
      <Checkbox
        label={t('people.responsible')}
        aria-label={t('people.responsible_of', { name })}
        disabled={fixed}
        checked={member.is_responsible}
        onChange={({ currentTarget }) => onChange({ is_responsible: currentTarget.checked })}
      />
      <Select
        aria-label={t('people.notice_of', { name })}
        allowDeselect={false}
        disabled={fixed}
        data={[
          { value: 'default', label: t(notifies ? 'people.default_yes' : 'people.default_no') },
          { value: 'yes', label: t('people.yes') },
          { value: 'no', label: t('people.no') },
        ]}
        value={chosen === null ? 'default' : chosen ? 'yes' : 'no'}
        onChange={(next) => next && onChange({ notifies_transfer: NOTICES[next] })}
      />
      {!fixed && (
        <IconButton size={36} label={t('people.remove', { name })} onClick={onRemove}>
          <IconTrash size={16} stroke={1.75} />
        </IconButton>
      )}
    </li>
  );
}
