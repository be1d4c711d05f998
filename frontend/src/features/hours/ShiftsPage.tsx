import { Button, Skeleton, TextInput } from '@mantine/core';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import IconTrash from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { usePageMark } from '@/lib/page-mark';
import { Detail } from '@/lib/panes/Detail';
import { FormFoot } from '@/lib/panes/FormFoot';
import panes from '@/lib/panes/panes.module.css';
import { useDraft } from '@/lib/panes/useDraft';
import { RefusalState, sayRefusal } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { toast } from '@/lib/toast';
import { IconButton } from '@/ui/IconButton';
import { hoursQuery, useSaveShifts, type Shift } from './api';
import { TimeField } from './TimeField';
import { passesMidnight, rangeOf } from './week';
import classes from './hours.module.css';

export function ShiftsPage() {
  const { t } = useTranslation('hours');
  const hours = useQuery(hoursQuery);
  usePageMark(t('shifts.title'), 0);
  return (
    <Detail title={t('shifts.title')} sub={t('shifts.lead')}>
      <div className={panes.form}>
        {hours.data ? (
          <ShiftsForm saved={hours.data.shifts} />
        ) : hours.isError ? (
          <RefusalState error={hours.error} onRetry={() => void hours.refetch()} />
        ) : (
          <div className={panes.scroll}>
            <Skeleton height={120} />
          </div>
        )}
      </div>
    </Detail>
  );
}

function ShiftsForm({ saved }: { saved: Shift[] }) {
  const { t } = useTranslation('hours');
  const fixed = !useCan()('hours.manage');
  const save = useSaveShifts();
  const { values, set, changes, discard } = useDraft({ shifts: saved });
  const { shifts } = values;
  const refusal = save.error ? asRefusal(save.error) : undefined;
  const setOne = (at: number, change: Partial<Shift>) =>
    set(
      'shifts',
      shifts.map((one, place) => (place === at ? { ...one, ...change } : one)),
    );
  return (
    <>
      <div className={`${panes.scroll} scrolls`}>
        <section className={classes.section}>
          <p>{t(shifts.length === 0 ? 'shifts.none' : 'shifts.hint')}</p>
          <ul className={classes.shifts}>
            {shifts.map((shift, at) => (
              <li key={at}>
                <TextInput
                  aria-label={t('shifts.name', { n: at + 1 })}
                  placeholder={t('shifts.name_example')}
                  maxLength={40}
                  disabled={fixed}
                  value={shift.name}
                  error={refusal?.field === `shifts[${at}].name` ? sayRefusal(refusal) : undefined}
                  onChange={({ currentTarget: { value } }) => setOne(at, { name: value })}
                />
                <TimeField
                  label={t('shifts.from', { n: at + 1 })}
                  value={shift.from_min}
                  disabled={fixed}
                  onChange={(from) => setOne(at, rangeOf(from, shift.until_min))}
                />
                <span aria-hidden="true">–</span>
                <TimeField
                  label={t('shifts.until', { n: at + 1 })}
                  value={shift.until_min}
                  disabled={fixed}
                  onChange={(until) => setOne(at, rangeOf(shift.from_min, until))}
                />
                {!fixed && (
                  <IconButton
                    size={36}
                    label={t('shifts.remove', { n: at + 1 })}
                    onClick={() =>
                      set(
                        'shifts',
                        shifts.filter((_, place) => place !== at),
                      )
                    }
                  >
                    <IconTrash size={16} stroke={1.75} />
                  </IconButton>
                )}
                {passesMidnight(shift) && <small>{t('range.next_day')}</small>}
              </li>
            ))}
          </ul>
          {!fixed && (
            <Button
              variant="default"
              leftSection={<IconPlus size={16} stroke={1.75} />}
              onClick={() =>
                set('shifts', [...shifts, { name: '', from_min: 360, until_min: 720 }])
              }
            >
              {t('shifts.add')}
            </Button>
          )}
        </section>
      </div>
      {!fixed && (
        <FormFoot
          changes={changes}
          saving={save.isPending}
          error={save.error}
          onSave={() =>
            save.mutate(values, {
              onSuccess: () => {
                discard();
                toast({ message: t('saved') });
              },
            })
          }
          onDiscard={() => {
            discard();
            save.reset();
          }}
        />
      )}
    </>
  );
}
