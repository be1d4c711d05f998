import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, inAccount, unwrap, type Schema } from '@/api/client';

export type Member = Schema['Member'];
export type Invite = Schema['Invite'];
export type Group = Schema['Group'];
export type Network = { network: string; note: string };

const here = () => ({ header: inAccount() });
const at = (id: number) => ({ header: inAccount(), path: { id } });

export const membersQuery = queryOptions({
  queryKey: ['team', 'members'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/members', { params: here(), signal })),
});

export const memberQuery = (id: number) =>
  queryOptions({
    queryKey: ['team', 'member', id],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/members/{id}', { params: at(id), signal })),
  });

export const invitesQuery = queryOptions({
  queryKey: ['team', 'invites'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/invites', { params: here(), signal })),
});

export const groupsQuery = queryOptions({
  queryKey: ['team', 'groups'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/groups', { params: here(), signal })),
});

export const permissionsQuery = queryOptions({
  queryKey: ['team', 'permissions'],
  staleTime: Infinity,
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/permissions', { params: here(), signal })),
});

export const branchesQuery = queryOptions({
  queryKey: ['team', 'branches'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/branches', { params: here(), signal })),
});

export const networksQuery = (group: number | null) =>
  queryOptions({
    queryKey: ['team', 'networks', group],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/networks', {
          params: { ...here(), query: group === null ? {} : { group_id: group } },
          signal,
        }),
      ),
  });

export const securityQuery = queryOptions({
  queryKey: ['team', 'security'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/security', { params: here(), signal })),
});

/** The same answer the inbox caches: departments and channels to choose from. */
export const useAccount = () =>
  useQuery({
    queryKey: ['account'],
    staleTime: 5 * 60_000,
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/account', { params: here(), signal })),
  });

/** What changes one person or group shows in several lists. */
function useStale() {
  const cache = useQueryClient();
  return async () => {
    await Promise.all([
      cache.invalidateQueries({ queryKey: ['team'] }),
      cache.invalidateQueries({ queryKey: ['account'] }),
    ]);
  };
}

export type MemberChange = {
  display_name?: string;
  signature?: string;
  group_id?: number;
  department_ids?: number[];
  branch_ids?: number[];
  channel_ids?: number[] | null;
  is_agent?: boolean;
};

export function useEditMember(id: number) {
  return useMutation({
    mutationFn: (body: MemberChange) =>
      unwrap(api.PATCH('/api/v1/members/{id}', { params: at(id), body })),
    onSuccess: useStale(),
  });
}

export type MemberAct = 'deactivate' | 'reactivate' | 'reset-password';

export function useActOnMember(id: number) {
  return useMutation({
    mutationFn: async (act: MemberAct) => {
      await unwrap<unknown>(api.POST(`/api/v1/members/{id}/${act}`, { params: at(id) }));
    },
    onSuccess: useStale(),
  });
}

export type NewInvite = { email: string; group_id: number; department_ids: number[] };

export function useInvite() {
  return useMutation({
    mutationFn: (body: NewInvite) =>
      unwrap(api.POST('/api/v1/invites', { params: here(), body: { is_agent: true, ...body } })),
    onSuccess: useStale(),
  });
}

export function useResendInvite() {
  return useMutation({
    mutationFn: (id: number) => unwrap(api.POST('/api/v1/invites/{id}/resend', { params: at(id) })),
    onSuccess: useStale(),
  });
}

export function useEndInvite() {
  return useMutation({
    mutationFn: (id: number) => unwrap(api.DELETE('/api/v1/invites/{id}', { params: at(id) })),
    onSuccess: useStale(),
  });
}

export type GroupBody = Pick<
  Group,
  'name' | 'description' | 'permissions' | 'scope' | 'channel_ids' | 'masks' | 'factor_from'
>;

export function useCreateGroup() {
  return useMutation({
    mutationFn: (body: GroupBody) => unwrap(api.POST('/api/v1/groups', { params: here(), body })),
    onSuccess: useStale(),
  });
}

export function useEditGroup(id: number) {
  return useMutation({
    mutationFn: (body: Partial<GroupBody>) =>
      unwrap(api.PATCH('/api/v1/groups/{id}', { params: at(id), body })),
    onSuccess: useStale(),
  });
}

export function useDeleteGroup() {
  return useMutation({
    mutationFn: (id: number) => unwrap(api.DELETE('/api/v1/groups/{id}', { params: at(id) })),
    onSuccess: useStale(),
  });
}

export function useSaveNetworks(group: number | null) {
  return useMutation({
    mutationFn: (networks: Network[]) =>
      unwrap(
        api.PUT('/api/v1/networks', {
          params: here(),
          body: { networks, ...(group === null ? {} : { group_id: group }) },
        }),
      ),
    onSuccess: useStale(),
  });
}

export type Security = {
  password_min: number;
  session_idle_s: number;
  session_absolute_s: number;
  allows_several_sessions: boolean;
  trusted_device_days: number;
};

export function useSaveSecurity() {
  return useMutation({
    mutationFn: (body: Partial<Security>) =>
      unwrap(api.PATCH('/api/v1/security', { params: here(), body })),
    onSuccess: useStale(),
  });
}

/** For whoever holds a mailed link: its token is in the fragment, and travels in the body. */
export function useLookAtInvite(token: string) {
  return useQuery({
    queryKey: ['invite', token],
    retry: false,
    queryFn: () => unwrap(api.POST('/api/v1/invites/look', { body: { token } })),
  });
}

export function useAcceptInvite() {
  return useMutation({
    mutationFn: (body: {
      token: string;
      name?: string;
      password?: string;
      locale?: 'pt-BR' | 'en';
    }) => unwrap(api.POST('/api/v1/invites/accept', { body })),
  });
}

export function useAskForReset() {
  return useMutation({
    mutationFn: async (email: string) => {
      await unwrap<unknown>(api.POST('/api/v1/password-resets', { body: { email } }));
    },
  });
}

export function useConfirmReset() {
  return useMutation({
    mutationFn: (body: { token: string; password: string }) =>
      unwrap(api.POST('/api/v1/password-resets/confirm', { body })),
  });
}

export function useEmailLink(act: 'confirm' | 'undo') {
  return useMutation({
    mutationFn: (token: string) =>
      unwrap(api.POST(`/api/v1/email-changes/${act}`, { body: { token } })),
  });
}
