import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, inAccount, unwrap, type Schema } from '@/api/client';

export type Company = Schema['Company'];
export type Branch = Schema['Branch'];
export type Department = Schema['Department'];
export type DepartmentColor = Schema['DepartmentColor'];
export type DepartmentMember = Schema['DepartmentMember'];
export type Settings = Schema['Settings'];
export type CloseReason = Schema['CloseReason'];

const here = () => ({ header: inAccount() });
const at = (id: number) => ({ header: inAccount(), path: { id } });

export const companiesQuery = queryOptions({
  queryKey: ['organisation', 'companies'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/companies', { params: here(), signal })),
});

export const branchesQuery = queryOptions({
  queryKey: ['organisation', 'branches'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/branches', { params: here(), signal })),
});

export const departmentsQuery = queryOptions({
  queryKey: ['organisation', 'departments'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/departments', { params: here(), signal })),
});

export const departmentMembersQuery = (id: number) =>
  queryOptions({
    queryKey: ['organisation', 'members', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/departments/{id}/members', { params: at(id), signal })),
  });

export const settingsQuery = queryOptions({
  queryKey: ['organisation', 'settings'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/settings', { params: here(), signal })),
});

export const reasonsQuery = queryOptions({
  queryKey: ['organisation', 'reasons'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/close-reasons', { params: here(), signal })),
});

/** The same answer the inbox caches: the people to choose from. */
export const accountQuery = queryOptions({
  queryKey: ['account'],
  staleTime: 5 * 60_000,
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/account', { params: here(), signal })),
});

/** What changes here is shown in the lists, in the inbox and among people. */
function useStale() {
  const cache = useQueryClient();
  return async () => {
    await Promise.all(
      ['organisation', 'account', 'team'].map((room) =>
        cache.invalidateQueries({ queryKey: [room] }),
      ),
    );
  };
}

export type CompanyBody = Omit<Company, 'id'>;

/** id 0: a new one. */
export function useSaveCompany(id: number) {
  return useMutation({
    mutationFn: (body: CompanyBody) =>
      id === 0
        ? unwrap(api.POST('/api/v1/companies', { params: here(), body }))
        : unwrap(api.PUT('/api/v1/companies/{id}', { params: at(id), body })),
    onSuccess: useStale(),
  });
}

export function useRemoveCompany() {
  return useMutation({
    mutationFn: (id: number) => unwrap(api.DELETE('/api/v1/companies/{id}', { params: at(id) })),
    onSuccess: useStale(),
  });
}

export type BranchBody = Omit<Branch, 'id'>;

/** id 0: a new one. */
export function useSaveBranch(id: number) {
  return useMutation({
    mutationFn: (body: BranchBody) =>
      id === 0
        ? unwrap(api.POST('/api/v1/branches', { params: here(), body }))
        : unwrap(api.PUT('/api/v1/branches/{id}', { params: at(id), body })),
    onSuccess: useStale(),
  });
}

export function useRemoveBranch() {
  return useMutation({
    mutationFn: (id: number) => unwrap(api.DELETE('/api/v1/branches/{id}', { params: at(id) })),
    onSuccess: useStale(),
  });
}

export type DepartmentBody = Omit<Department, 'id' | 'member_count'>;

export function useCreateDepartment() {
  return useMutation({
    mutationFn: (body: DepartmentBody) =>
      unwrap(api.POST('/api/v1/departments', { params: here(), body })),
    onSuccess: useStale(),
  });
}

export function useEditDepartment(id: number) {
  return useMutation({
    mutationFn: (body: Partial<DepartmentBody>) =>
      unwrap(api.PATCH('/api/v1/departments/{id}', { params: at(id), body })),
    onSuccess: useStale(),
  });
}

export function useRemoveDepartment() {
  return useMutation({
    mutationFn: (id: number) => unwrap(api.DELETE('/api/v1/departments/{id}', { params: at(id) })),
    onSuccess: useStale(),
  });
}

export function useSaveDepartmentMembers(id: number) {
  return useMutation({
    mutationFn: (members: DepartmentMember[]) =>
      unwrap(api.PUT('/api/v1/departments/{id}/members', { params: at(id), body: { members } })),
    onSuccess: useStale(),
  });
}

export function useOrderDepartments() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (department_ids: number[]) =>
      unwrap(api.PUT('/api/v1/departments', { params: here(), body: { department_ids } })),
    onSuccess: (list) => cache.setQueryData(departmentsQuery.queryKey, list),
  });
}

export function useSaveSettings() {
  return useMutation({
    mutationFn: (body: Partial<Settings>) =>
      unwrap(api.PATCH('/api/v1/settings', { params: here(), body })),
    onSuccess: useStale(),
  });
}

export type ReasonBody = Omit<CloseReason, 'id'>;

export function useCreateReason() {
  return useMutation({
    mutationFn: (body: ReasonBody) =>
      unwrap(api.POST('/api/v1/close-reasons', { params: here(), body })),
    onSuccess: useStale(),
  });
}

export function useEditReason(id: number) {
  return useMutation({
    mutationFn: (body: Partial<ReasonBody>) =>
      unwrap(api.PATCH('/api/v1/close-reasons/{id}', { params: at(id), body })),
    onSuccess: useStale(),
  });
}

export function useRemoveReason() {
  return useMutation({
    mutationFn: (id: number) =>
      unwrap(api.DELETE('/api/v1/close-reasons/{id}', { params: at(id) })),
    onSuccess: useStale(),
  });
}

export function useOrderReasons() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (reason_ids: number[]) =>
      unwrap(api.PUT('/api/v1/close-reasons', { params: here(), body: { reason_ids } })),
    onSuccess: (list) => cache.setQueryData(reasonsQuery.queryKey, list),
  });
}
