import { NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Schema } from '@/api/client';
import form from '@/lib/panes/form.module.css';
import { photoAddress } from '@/lib/photo';
import { Avatar } from '@/ui/Avatar';
import { Chip, type Tone } from '@/ui/Chip';
import type { Capacity } from './api';
import classes from './distribution.module.css';

const TONES: Record<Capacity['state'], Tone> = {
  free: 'ok',
  full: 'warn',
  full_here: 'warn',
  on_break: 'note',
  away: 'plain',
  offline: 'plain',
  inactive: 'plain',
};

type Props = {
  members: Capacity[];
  people: Schema['AccountCatalogue']['members'];
  limits: Record<string, number | null>;
  onChange: (memberId: number, limit: number | null) => void;
};

/** Who serves here: whether they could be given one now, what they hold, and how much they may. */
export function CapacityTable({ members, people, limits, onChange }: Props) {
  const { t } = useTranslation('distribution');
  return (
    <section className={form.section} aria-label={t('capacity')}>
      <h3>{t('capacity')}</h3>
      <p>{t(members.length === 0 ? 'nobody' : 'capacity_text')}</p>
      {members.length > 0 && (
        <ul className={classes.people}>
          {members.map(({ member_id, state, held, held_here }) => {
            const person = people.find(({ id }) => id === member_id);
            const name = person?.display_name ?? '…';
            return (
              <li key={member_id} className={classes.person}>
                <Avatar name={name} size={30} photo={photoAddress(person?.photo_id ?? null)} />
                <div>
                  <b className="cut">{name}</b>
                  <small className="num">{t('held_of', { count: held, here: held_here })}</small>
                </div>
                <Chip tone={TONES[state]}>{t(`state.${state}`)}</Chip>
                <NumberInput
                  aria-label={t('limit_of', { name })}
                  placeholder={t('no_limit')}
                  min={1}
                  max={999}
                  allowDecimal={false}
                  value={limits[member_id] ?? ''}
                  onChange={(next) => onChange(member_id, typeof next === 'number' ? next : null)}
                />
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
