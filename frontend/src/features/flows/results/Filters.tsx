import { Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { useCan, useFormat } from '@/lib/session';
import { versionsQuery, type Flow } from '../api';
import type { Period } from './api';
import classes from './results.module.css';

const route = getRouteApi('/in/fluxos/$flowId/resultados');

const SPANS = ['7', '30', '90'] as const;
const USUAL = '30';
const OWN = 'own';
const ALL = 'all';
const DAY_MS = 86_400_000;

/** The days that stand in the address: so many up to today, or a first and a last one. */
export function usePeriod(): Period {
  const { span = USUAL, from, to } = route.useSearch();
  const today = useFormat().dayKey(new Date().toISOString());
  if (from || to) return { from, to };
  const first = Date.parse(`${today}T00:00:00Z`) - (Number(span) - 1) * DAY_MS;
  return { from: new Date(first).toISOString().slice(0, 10), to: today };
}

export function Filters({ flow }: { flow: Flow | undefined }) {
  const { t } = useTranslation('flows');
  const navigate = useNavigate({ from: paths.flowResults });
  const { flowId } = route.useParams();
  const { span = USUAL, from, to, v } = route.useSearch();
  const period = usePeriod();
  const may = useCan()('flows.view');
  const versions = useQuery({ ...versionsQuery(Number(flowId)), enabled: may });
  const isOwn = from !== undefined || to !== undefined;
  return (
    <form className={classes.filters} aria-label={t('results.filters')}>
      <Select
        label={t('results.span')}
        allowDeselect={false}
        value={isOwn ? OWN : span}
        data={[
          ...SPANS.map((value) => ({
            value,
            label: t('results.days', { count: Number(value) }),
          })),
          { value: OWN, label: t('results.own') },
        ]}
        onChange={(next) =>
          void navigate({
            search: (place) =>
              next === OWN
                ? { ...place, ...period }
                : {
                    ...place,
                    from: undefined,
                    to: undefined,
                    span: SPANS.find((one) => one === next),
                  },
          })
        }
      />
      {isOwn &&
        (['from', 'to'] as const).map((end) => (
          <TextInput
            key={end}
            type="date"
            label={t(`results.${end}`)}
            value={period[end] ?? ''}
            onChange={({ currentTarget: { value } }) =>
              value &&
              void navigate({
                search: (place) => ({ ...place, ...period, [end]: value }),
                replace: true,
              })
            }
          />
        ))}
      {may && (
        <Select
          label={t('results.version')}
          allowDeselect={false}
          value={v === undefined ? ALL : String(v)}
          data={[
            { value: ALL, label: t('results.all_versions') },
            ...(versions.data?.data ?? []).map(({ number }) => ({
              value: String(number),
              label: t(number === flow?.live?.number ? 'results.live_version' : 'version', {
                number,
              }),
            })),
          ]}
          onChange={(next) =>
            void navigate({
              search: (place) => ({ ...place, v: next === ALL ? undefined : Number(next) }),
            })
          }
        />
      )}
    </form>
  );
}
