import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, inAccount, unwrap, type Schema } from '@/api/client';

export type Survey = Schema['Survey'];
export type Scores = Schema['SurveyFigures'];
export type Scope = Schema['SurveyScope'];

export type Figures = Schema['SurveyCounts'];

/** Instants: `until` is excluded. */
export type Asked = {
  from: string;
  until: string;
  department_id?: number;
  member_id?: number;
  counts_for?: Scope;
};
export type Answered = Asked & { score?: number; commented?: boolean };

const here = () => ({ header: inAccount() });
const PAGE = 40;
const PAGE_OF_FILE = 100;

/** What was shown stays readable while others are asked for. */
export const figuresQuery = (asked: Asked) =>
  queryOptions({
    queryKey: ['surveys', 'figures', asked] as const,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/surveys/figures', { params: { ...here(), query: asked }, signal })),
  });

const page = (answered: Answered, after: string, limit: number, signal?: AbortSignal) =>
  unwrap(
    api.GET('/api/v1/surveys', {
      params: {
        ...here(),
        query: { ...answered, state: 'answered', limit, ...(after ? { after } : {}) },
      },
      ...(signal ? { signal } : {}),
    }),
  );

export const answersQuery = (answered: Answered) =>
  infiniteQueryOptions({
    queryKey: ['surveys', 'answers', answered] as const,
    placeholderData: keepPreviousData,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => page(answered, pageParam, PAGE, signal),
    getNextPageParam: ({ next }) => next,
  });

/** All of them for a file; `is_whole` says whether there were more than `most`. */
export async function everyAnswer(answered: Answered, most: number) {
  const all: Survey[] = [];
  let after: string | null = '';
  while (after !== null && all.length < most) {
    const { data, next }: { data: Survey[]; next: string | null } = await page(
      answered,
      after,
      PAGE_OF_FILE,
    );
    all.push(...data);
    after = next;
  }
  return { all, is_whole: after === null };
}

/** The same answer the inbox caches: names of departments and people. */
export const namesQuery = queryOptions({
  queryKey: ['account'],
  staleTime: 5 * 60_000,
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/account', { params: here(), signal })),
});
