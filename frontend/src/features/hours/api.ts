import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, inAccount, unwrap, type Schema } from '@/api/client';

export type Hours = Schema['Hours'];
export type Period = Schema['Period'];
export type Range = Schema['OpenRange'];
export type WeekRange = Schema['WeekRange'];
export type Exception = { on: string; name: string; ranges: Range[] };
export type PeriodBody = Pick<Period, 'name' | 'branch_id' | 'keeps_holidays' | 'week'> & {
  exceptions: Exception[];
};
/** One that is not kept yet has no number. */
export type Shift = Schema['ShiftWish'];
export type Trial = Schema['HoursTrial'];
export type Holiday = Schema['Holiday'];
export type CityHoliday = Hours['city'][number];
export type Branch = Hours['branches'][number];
export type Follower = Hours['channels'][number];

const here = () => ({ header: inAccount() });

export const hoursQuery = queryOptions({
  queryKey: ['hours', 'all'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/hours', { params: here(), signal })),
});

/** The same answer the inbox caches: names of departments and channels. */
export const useAccount = () =>
  useQuery({
    queryKey: ['account'],
    staleTime: 5 * 60_000,
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/account', { params: here(), signal })),
  });

export const holidaysQuery = (year: number, uf: string | null) =>
  queryOptions({
    queryKey: ['hours', 'holidays', year, uf],
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/hours/holidays', {
          params: { ...here(), query: uf === null ? { year } : { year, uf } },
          signal,
        }),
      ),
  });

export type TrialOf = { period_id?: number; department_id?: number; channel_id?: number };

export const trialQuery = (of: TrialOf, at: string) =>
  queryOptions({
    queryKey: ['hours', 'trial', of, at],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/hours/trial', { params: { ...here(), query: { ...of, at } }, signal }),
      ),
  });

/** Every act answers with all hours as they are now. */
function useAct<Body>(act: (body: Body) => Promise<Hours>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (hours) => {
      cache.setQueryData(hoursQuery.queryKey, hours);
      void cache.invalidateQueries({ queryKey: ['hours', 'trial'] });
      return cache.invalidateQueries({ queryKey: ['account'] });
    },
  });
}

export const useCreatePeriod = () =>
  useAct((body: PeriodBody) => unwrap(api.POST('/api/v1/hours/periods', { params: here(), body })));

export const useSavePeriod = (id: number) =>
  useAct((body: PeriodBody) =>
    unwrap(
      api.PUT('/api/v1/hours/periods/{id}', {
        params: { ...here(), path: { id } },
        body,
      }),
    ),
  );

export const useRemovePeriod = () =>
  useAct((id: number) =>
    unwrap(
      api.DELETE('/api/v1/hours/periods/{id}', {
        params: { ...here(), path: { id } },
      }),
    ),
  );

export type Following = {
  account: { period_id: number | null; away_text: string };
  departments: Hours['departments'];
  channels: Hours['channels'];
};

export const useFollow = () =>
  useAct((body: Following) => unwrap(api.PUT('/api/v1/hours/followers', { params: here(), body })));

export const useKeepHolidays = () =>
  useAct((body: Pick<Hours, 'switches' | 'city'>) =>
    unwrap(api.PUT('/api/v1/hours/holidays', { params: here(), body })),
  );

export const useSaveShifts = () =>
  useAct((body: { shifts: Shift[] }) =>
    unwrap(api.PUT('/api/v1/hours/shifts', { params: here(), body })),
  );

export const useSavePlaces = () =>
  useAct((body: Pick<Hours, 'uf'> & { branches: Pick<Branch, 'id' | 'time_zone' | 'uf'>[] }) =>
    unwrap(api.PUT('/api/v1/hours/places', { params: here(), body })),
  );
