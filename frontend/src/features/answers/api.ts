import {
  keepPreviousData,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { currentAccount } from '@/api/account';
import { api, inAccount, unwrap, type Schema } from '@/api/client';

export type Answer = Schema['QuickAnswer'];
export type Scope = Answer['scope'];
export type Attachment = Schema['Attachment'];
export type Variable = Schema['Variable'];
export type Problem = Schema['VariableProblem'];

/** As it is written in the form; who it belongs to follows from the scope. */
export type AnswerBody = {
  scope: Scope;
  department_id: number | null;
  title: string;
  shortcut: string;
  body: string;
  is_active: boolean;
  files: Attachment[];
};

const at = (id: number) => ({ header: inAccount(), path: { id } });
const MOST = 200;

/** Where the bytes of a file of an answer are. */
export const fileAddress = ({ id }: Pick<Attachment, 'id'>) =>
  `/media/answers/${id}?account=${currentAccount()}`;

export const answersQuery = (words: string) =>
  queryOptions({
    queryKey: ['answers', 'list', words] as const,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/answers', {
          params: { header: inAccount(), query: { limit: MOST, ...(words ? { q: words } : {}) } },
          signal,
        }),
      ),
  });

export const answerQuery = (id: number) =>
  queryOptions({
    queryKey: ['answers', 'one', id] as const,
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/answers/{id}', { params: at(id), signal })),
  });

export const suggestionsQuery = (words: string) =>
  queryOptions({
    queryKey: ['answers', 'suggestions', words] as const,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/answers/suggestions', {
          params: { header: inAccount(), query: { q: words, limit: 20 } },
          signal,
        }),
      ),
  });

export const variablesQuery = queryOptions({
  queryKey: ['variables'],
  staleTime: Infinity,
  queryFn: ({ signal }) =>
    unwrap(api.GET('/api/v1/variables', { params: { header: inAccount() }, signal })),
});

export const previewQuery = (text: string) =>
  queryOptions({
    queryKey: ['variables', 'preview', text] as const,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      unwrap(
        api.POST('/api/v1/variables/preview', {
          params: { header: inAccount() },
          body: { text },
          signal,
        }),
      ),
  });

/** The same answer the inbox caches: departments to choose from, and their names. */
export const useAccount = () =>
  useQuery({
    queryKey: ['account'],
    staleTime: 5 * 60_000,
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/account', { params: { header: inAccount() }, signal })),
  });

const wire = ({ files, department_id, ...rest }: AnswerBody) => ({
  ...rest,
  ...(rest.scope === 'department' && department_id !== null ? { department_id } : {}),
  attachment_ids: files.map(({ id }) => id),
});

/** Makes one, or (with an id) writes it anew. */
export function useSaveAnswer(id?: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: AnswerBody) =>
      id === undefined
        ? unwrap(api.POST('/api/v1/answers', { params: { header: inAccount() }, body: wire(body) }))
        : unwrap(api.PUT('/api/v1/answers/{id}', { params: at(id), body: wire(body) })),
    onSuccess: (answer) => {
      cache.setQueryData(answerQuery(answer.id).queryKey, answer);
      return Promise.all([
        cache.invalidateQueries({ queryKey: ['answers', 'list'] }),
        cache.invalidateQueries({ queryKey: ['answers', 'suggestions'] }),
      ]);
    },
  });
}

export function useRemoveAnswer() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => unwrap(api.DELETE('/api/v1/answers/{id}', { params: at(id) })),
    onSuccess: (_, id) => {
      cache.removeQueries({ queryKey: answerQuery(id).queryKey });
      return Promise.all([
        cache.invalidateQueries({ queryKey: ['answers', 'list'] }),
        cache.invalidateQueries({ queryKey: ['answers', 'suggestions'] }),
      ]);
    },
  });
}

/** An answer made ready for a ticket: what it says there is decided by the server. */
export const useReadyAnswer = (ticketId: number) =>
  useMutation({
    mutationFn: (answer: number) =>
      unwrap(
        api.POST('/api/v1/tickets/{id}/answers/{answer}', {
          params: { header: inAccount(), path: { id: ticketId, answer } },
        }),
      ),
  });
