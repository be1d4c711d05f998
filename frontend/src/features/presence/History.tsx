import { Button, Select, Skeleton, TextInput } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '@/lib/now';
import { RefusalState } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import { EmptyState } from '@/ui/EmptyState';
import {
  accountQuery,
  breaksQuery,
  reasonsQuery,
  totalsQuery,
  type Break,
  type BreakFilter,
} from './api';
import { lengthOf } from './clock';
import classes from './presence.module.css';

type Choice = { id: number; name: string };
type Subject = 'member_id' | 'reason_id' | 'department_id';
type Wish = Partial<Record<Subject, number | undefined>> & { from: string; to: string };

const NOTHING: Wish = { from: '', to: '' };

/* Of the calendar: the same in every zone. */
const dayAfter = (day: string) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** Breaks that were taken, by whom and why, and what they add up to. */
export function History() {
  const { t } = useTranslation('presence');
  const format = useFormat();
  const [wish, setWish] = useState(NOTHING);
  const { data: account } = useQuery(accountQuery);
  const { data: reasons } = useQuery(reasonsQuery);
  const { from, to, member_id, reason_id, department_id } = wish;
  const filter: BreakFilter = {
    ...(member_id && { member_id }),
    ...(reason_id && { reason_id }),
    ...(department_id && { department_id }),
    ...(from && { from: format.startOfDay(from) }),
    ...(to && { to: format.startOfDay(dayAfter(to)) }),
  };
  const people = account?.members.map(({ id, display_name }) => ({ id, name: display_name })) ?? [];
  const pick = (subject: Subject) => (id: number | undefined) =>
    setWish({ ...wish, [subject]: id });
  return (
    <>
      <form className={classes.filters} aria-label={t('history.filters')}>
        <Pick
          label={t('history.person')}
          from={people}
          value={wish.member_id}
          set={pick('member_id')}
        />
        <Pick
          label={t('history.reason')}
          from={reasons?.data ?? []}
          value={wish.reason_id}
          set={pick('reason_id')}
        />
        <Pick
          label={t('history.department')}
          from={account?.departments ?? []}
          value={wish.department_id}
          set={pick('department_id')}
        />
        {(['from', 'to'] as const).map((end) => (
          <TextInput
            key={end}
            type="date"
            label={t(`history.${end}`)}
            value={wish[end]}
            onChange={({ currentTarget: { value } }) => setWish({ ...wish, [end]: value })}
          />
        ))}
      </form>
      <Totals filter={filter} names={reasons?.data ?? []} />
      <Taken filter={filter} names={reasons?.data ?? []} people={people} />
    </>
  );
}

type PickProps = {
  label: string;
  from: Choice[];
  value: number | undefined;
  set: (id: number | undefined) => void;
};

function Pick({ label, from, value, set }: PickProps) {
  const { t } = useTranslation('presence');
  return (
    <Select
      label={label}
      placeholder={t('history.any')}
      clearable
      searchable
      data={from.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={value === undefined ? null : String(value)}
      onChange={(next) => set(next === null ? undefined : Number(next))}
    />
  );
}

const nameOf = (choices: Choice[], id: number) =>
  choices.find((choice) => choice.id === id)?.name ?? '';

function Totals({ filter, names }: { filter: BreakFilter; names: Choice[] }) {
  const { t } = useTranslation('presence');
  const format = useFormat();
  const { data: totals } = useQuery(totalsQuery(filter));
  if (!totals || totals.data.length === 0) return null;
  return (
    <table className={classes.totals}>
      <caption>{t('history.totals')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('history.reason')}</th>
          <th scope="col">{t('history.breaks')}</th>
          <th scope="col">{t('history.time')}</th>
          <th scope="col">{t('history.over')}</th>
        </tr>
      </thead>
      <tbody className="num">
        {totals.data.map((total) => (
          <tr key={total.reason_id}>
            <th scope="row">{nameOf(names, total.reason_id)}</th>
            <td>{format.number(total.breaks)}</td>
            <td>{format.duration(total.seconds)}</td>
            <td>
              {total.over_breaks === 0
                ? '0'
                : t('history.over_of', {
                    count: total.over_breaks,
                    time: format.duration(total.over_seconds),
                  })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type TakenProps = { filter: BreakFilter; names: Choice[]; people: Choice[] };

function Taken({ filter, names, people }: TakenProps) {
  const { t } = useTranslation('presence');
  const breaks = useInfiniteQuery(breaksQuery(filter));
  const rows = breaks.data?.pages.flatMap(({ data }) => data);
  if (breaks.isError && !rows)
    return <RefusalState error={breaks.error} onRetry={() => void breaks.refetch()} />;
  if (!rows)
    return (
      <div className={classes.loading}>
        <Skeleton height={44} mb={8} />
        <Skeleton height={44} />
      </div>
    );
  if (rows.length === 0)
    return <EmptyState title={t('history.empty')} text={t('history.empty_why')} />;
  return (
    <>
      <ul aria-label={t('team.history')}>
        {rows.map((taken) => (
          <TakenRow
            key={taken.id}
            taken={taken}
            person={nameOf(people, taken.member_id)}
            reason={nameOf(names, taken.reason_id)}
            ender={taken.ended_by === null ? '' : nameOf(people, taken.ended_by)}
          />
        ))}
      </ul>
      {breaks.hasNextPage && (
        <Button
          className={classes.more ?? ''}
          variant="subtle"
          loading={breaks.isFetchingNextPage}
          onClick={() => void breaks.fetchNextPage()}
        >
          {t('history.more')}
        </Button>
      )}
    </>
  );
}

type TakenRowProps = { taken: Break; person: string; reason: string; ender: string };

function TakenRow({ taken, person, reason, ender }: TakenRowProps) {
  const { t } = useTranslation('presence');
  const format = useFormat();
  const { seconds, left } = lengthOf(taken, useNow());
  const by =
    taken.ended_at === null
      ? t('history.lasts')
      : taken.ended_by === null
        ? t('history.forgotten')
        : taken.ended_by !== taken.member_id && t('history.ended_by', { name: ender });
  return (
    <li className={classes.row}>
      <div className={classes.who}>
        <b className="cut">{person}</b>
        <small className="cut">{reason}</small>
      </div>
      <small className={`num ${classes.what}`}>
        <time dateTime={taken.started_at} title={format.exact(taken.started_at)}>
          {format.timed(taken.started_at)}
        </time>
        {by && <span>{by}</span>}
      </small>
      <small className="num" data-over={left < 0 || undefined}>
        {t('history.length', { time: format.duration(seconds), count: taken.planned_min })}
      </small>
    </li>
  );
}
