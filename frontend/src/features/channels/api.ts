import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, inAccount, unwrap, type Schema } from '@/api/client';

export type Channel = Schema['Channel'];
export type ChannelSettings = Schema['ChannelSettings'];
export type ChannelSecrets = Schema['ChannelSecrets'];
export type TestStep = {
  name: string;
  ok: boolean;
  slug: string | null;
  detail: string | null;
  took_ms: number;
};
export type TestResult = { ok: boolean; steps: TestStep[]; tested_at: string };

/** Somebody who has just set a channel up is waiting for its first message. */
const FIRST_MESSAGE_POLL_MS = 3000;

const at = (id: number) => ({ header: inAccount(), path: { id } });

export const channelsQuery = queryOptions({
  queryKey: ['channels', 'list'],
  queryFn: ({ signal }) =>
    unwrap(api.GET('/api/v1/channels', { params: { header: inAccount() }, signal })),
});

export const channelQuery = (id: number) =>
  queryOptions({
    queryKey: ['channels', 'one', id],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/channels/{id}', { params: at(id), signal })),
    refetchInterval: ({ state }) =>
      state.data && !state.data.last_event_at ? FIRST_MESSAGE_POLL_MS : false,
  });

/** The same answer the inbox caches: departments to choose from, and the address of the lab. */
const accountQuery = queryOptions({
  queryKey: ['account'],
  staleTime: 5 * 60_000,
  queryFn: ({ signal }) =>
    unwrap(api.GET('/api/v1/account', { params: { header: inAccount() }, signal })),
});

export const useAccount = () => useQuery(accountQuery);

function useStored() {
  const cache = useQueryClient();
  return (channel: Channel) => {
    cache.setQueryData(channelQuery(channel.id).queryKey, channel);
    void cache.invalidateQueries({ queryKey: channelsQuery.queryKey });
    void cache.invalidateQueries({ queryKey: accountQuery.queryKey });
  };
}

export type NewChannelBody = { kind: Channel['kind']; name: string; department_id: number };

export function useCreateChannel() {
  return useMutation({
    mutationFn: (body: NewChannelBody) =>
      unwrap(api.POST('/api/v1/channels', { params: { header: inAccount() }, body })),
    onSuccess: useStored(),
  });
}

export type ChannelChange = {
  name?: string;
  department_id?: number;
  is_active?: boolean;
  welcome_text?: string;
  settings?: ChannelSettings;
};

export function useEditChannel(id: number) {
  return useMutation({
    mutationFn: (body: ChannelChange) =>
      unwrap(api.PATCH('/api/v1/channels/{id}', { params: at(id), body })),
    onSuccess: useStored(),
  });
}

/** Apart from the rest: the server wants to know once more that it is them (api/step-up asks). */
export function useSetSecrets(id: number) {
  return useMutation({
    mutationFn: (body: ChannelSecrets) =>
      unwrap(api.PUT('/api/v1/channels/{id}/secrets', { params: at(id), body })),
    onSuccess: useStored(),
  });
}

export function useTestChannel(id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (): Promise<TestResult> =>
      unwrap(api.POST('/api/v1/channels/{id}/test', { params: at(id) })),
    onSettled: () => cache.invalidateQueries({ queryKey: ['channels'] }),
  });
}
