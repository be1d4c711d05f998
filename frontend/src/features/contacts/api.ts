import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { api, inAccount, unwrap, type Schema } from '@/api/client';
import type { BookSearch } from './place';

export type Contact = Schema['Contact'];
export type ContactLine = Schema['ContactLine'];
export type ContactField = Schema['ContactField'];
export type ContactGroup = Schema['ContactGroup'];
export type ConsentEvent = Schema['ConsentEvent'];
export type Customer = Schema['Customer'];
export type FieldValue = { field_id: number; value: string | null };

const here = () => ({ header: inAccount() });
const at = (id: number) => ({ header: inAccount(), path: { id } });

const STATES = ['blocked', 'unsaved', 'deleted'] as const;
const stateOf = (only: BookSearch['only']) => STATES.find((state) => state === only);

/** Which of them, as the list is asked. */
function filterOf({ q, only, group }: BookSearch) {
  const state = stateOf(only);
  const consent = only && !state ? (only as Contact['consent']) : undefined;
  return {
    ...(q && { q }),
    ...(group && { group_id: group }),
    ...(state && { state }),
    ...(consent && { consent }),
  };
}

export const bookQuery = ({ q, sort, only, group }: BookSearch) =>
  infiniteQueryOptions({
    queryKey: ['contacts', 'list', { q, sort, only, group }],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/v1/contacts', {
          params: {
            ...here(),
            query: {
              ...filterOf({ q, only, group }),
              ...(sort && { order: sort }),
              ...(pageParam && { after: pageParam }),
            },
          },
          signal,
        }),
      ),
    getNextPageParam: ({ next }) => next,
  });

/** The same answers that the panel beside a conversation caches. */
export const contactQuery = (id: number) =>
  queryOptions({
    queryKey: ['contacts', id],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/contacts/{id}', { params: at(id), signal })),
  });

export const ticketsQuery = (id: number) =>
  queryOptions({
    queryKey: ['contacts', id, 'tickets'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/contacts/{id}/tickets', { params: at(id), signal })),
  });

export const consentsQuery = (id: number) =>
  queryOptions({
    queryKey: ['contacts', id, 'consents'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/contacts/{id}/consents', { params: at(id), signal })),
  });

export const customersQuery = (id: number) =>
  queryOptions({
    queryKey: ['contacts', id, 'customers'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/contacts/{id}/customers', { params: at(id), signal })),
  });

export const blockedQuery = (id: number) =>
  queryOptions({
    queryKey: ['contacts', id, 'blocked'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/contacts/{id}/blocked-messages', { params: at(id), signal })),
  });

export const fieldsQuery = queryOptions({
  queryKey: ['contact-fields'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/contact-fields', { params: here(), signal })),
});

export const groupsQuery = queryOptions({
  queryKey: ['contact-groups'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/contact-groups', { params: here(), signal })),
});

/** The same answer the inbox caches: names of members and channels. */
export const useAccount = () =>
  useQuery({
    queryKey: ['account'],
    staleTime: 5 * 60_000,
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/account', { params: here(), signal })),
  });

/** The answer is the contact as it is now; lists and what hangs on it are asked again. */
function useContactAct<Body>(act: (body: Body) => Promise<Contact>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (contact) => {
      cache.setQueryData(contactQuery(contact.id).queryKey, contact);
      void cache.invalidateQueries({ queryKey: ['contacts', 'list'] });
      void cache.invalidateQueries({ queryKey: ['contact-groups'] });
      void cache.invalidateQueries({ queryKey: ['tickets'] });
    },
  });
}

export type NewContact = {
  name: string;
  phone?: string;
  email?: string;
  fields?: FieldValue[];
};

export const useCreateContact = () =>
  useContactAct((body: NewContact) =>
    unwrap(api.POST('/api/v1/contacts', { params: here(), body })),
  );

export const useEditContact = (id: number) =>
  useContactAct((body: { name?: string; email?: string; notes?: string; fields?: FieldValue[] }) =>
    unwrap(api.PATCH('/api/v1/contacts/{id}', { params: at(id), body })),
  );

export const useAddIdentity = (id: number) =>
  useContactAct((body: { kind: 'phone' | 'external'; address: string }) =>
    unwrap(api.POST('/api/v1/contacts/{id}/identities', { params: at(id), body })),
  );

const identityAt = (id: number, identity: number) => ({
  header: inAccount(),
  path: { id, identity },
});

export const useVerifyIdentity = (id: number) =>
  useContactAct(({ identity, is_verified }: { identity: number; is_verified: boolean }) =>
    unwrap(
      api.PATCH('/api/v1/contacts/{id}/identities/{identity}', {
        params: identityAt(id, identity),
        body: { is_verified },
      }),
    ),
  );

export const useRemoveIdentity = (id: number) =>
  useContactAct((identity: number) =>
    unwrap(
      api.DELETE('/api/v1/contacts/{id}/identities/{identity}', {
        params: identityAt(id, identity),
      }),
    ),
  );

export type Act = 'delete' | 'block';
export const useActWithReason = (id: number, act: Act) =>
  useContactAct((reason: string) =>
    unwrap(api.POST(`/api/v1/contacts/{id}/${act}`, { params: at(id), body: { reason } })),
  );

export const useTakeBack = (id: number, act: 'restore' | 'unblock' | 'save') =>
  useContactAct(() => unwrap(api.POST(`/api/v1/contacts/{id}/${act}`, { params: at(id) })));

/** Into a group or out of it: the answer is the group, so the contact is asked again. */
export function useGroupMembership(contactId: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ group, joins }: { group: number; joins: boolean }) =>
      unwrap(
        api.POST(`/api/v1/contact-groups/{id}/${joins ? 'add' : 'remove'}`, {
          params: at(group),
          body: { contact_ids: [contactId] },
        }),
      ),
    onSuccess: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: ['contacts'] }),
        cache.invalidateQueries({ queryKey: ['contact-groups'] }),
      ]),
  });
}

export type NewConsent = {
  kind: ConsentEvent['kind'];
  act: ConsentEvent['act'];
  wording?: string;
  note?: string;
};

export function useRecordConsent(id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: NewConsent) =>
      unwrap(api.POST('/api/v1/contacts/{id}/consents', { params: at(id), body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['contacts'] }),
  });
}

function useCustomersAct<Body>(id: number, act: (body: Body) => Promise<{ data: Customer[] }>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (customers) => cache.setQueryData(customersQuery(id).queryKey, customers),
  });
}

export const useLinkCustomer = (id: number) =>
  useCustomersAct(id, (body: { document: string; name?: string }) =>
    unwrap(api.POST('/api/v1/contacts/{id}/customers', { params: at(id), body })),
  );

export const useUnlinkCustomer = (id: number) =>
  useCustomersAct(id, (customer: number) =>
    unwrap(
      api.DELETE('/api/v1/contacts/{id}/customers/{customer}', {
        params: { header: inAccount(), path: { id, customer } },
      }),
    ),
  );

export type CustomerChange = Partial<
  Record<'name' | 'email' | 'phone' | 'birth_on' | 'street' | 'city' | 'state', string>
>;

export function useEditCustomer(id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: CustomerChange) =>
      unwrap(api.PATCH('/api/v1/customers/{id}', { params: at(id), body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['contacts'] }),
  });
}

/** What was masked, in full, for as long as somebody looks: no cache keeps it. */
export const useReveal = (id: number, field: 'phone' | 'email' | 'name') =>
  useMutation({
    gcTime: 0,
    mutationFn: async () =>
      (await unwrap(api.POST('/api/v1/contacts/{id}/reveal', { params: at(id), body: { field } })))
        .value,
  });

function useListAct<Body>(key: string, act: (body: Body) => Promise<unknown>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (body: Body) => {
      await act(body);
    },
    onSuccess: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: [key] }),
        cache.invalidateQueries({ queryKey: ['contacts'] }),
      ]),
  });
}

export type NewField = {
  name: string;
  kind: ContactField['kind'];
  choices?: string[];
  is_required?: boolean;
};
export const useCreateField = () =>
  useListAct('contact-fields', (body: NewField) =>
    unwrap(api.POST('/api/v1/contact-fields', { params: here(), body })),
  );
export type FieldChange = {
  name?: string;
  choices?: string[];
  is_required?: boolean;
  position?: number;
};
export const useEditField = () =>
  useListAct('contact-fields', ({ id, ...body }: FieldChange & { id: number }) =>
    unwrap<unknown>(api.PATCH('/api/v1/contact-fields/{id}', { params: at(id), body })),
  );
export const useDeleteField = () =>
  useListAct('contact-fields', (id: number) =>
    unwrap<unknown>(api.DELETE('/api/v1/contact-fields/{id}', { params: at(id) })),
  );

export const useCreateGroup = () =>
  useListAct('contact-groups', (body: { name: string; description?: string }) =>
    unwrap(api.POST('/api/v1/contact-groups', { params: here(), body })),
  );
export const useEditGroup = () =>
  useListAct(
    'contact-groups',
    ({ id, ...body }: { id: number; name: string; description: string }) =>
      unwrap(api.PATCH('/api/v1/contact-groups/{id}', { params: at(id), body })),
  );
export const useDeleteGroup = () =>
  useListAct('contact-groups', (id: number) =>
    unwrap<unknown>(api.DELETE('/api/v1/contact-groups/{id}', { params: at(id) })),
  );

export type Pair = {
  contact: Schema['ContactSketch'];
  other: Schema['ContactSketch'];
  reasons: Reason[];
};
export type Reason = 'phone' | 'email' | 'document' | 'name';

/** A window of contacts at a time: one without any pair is no end. */
export const duplicatesQuery = infiniteQueryOptions({
  queryKey: ['contacts', 'duplicates'],
  initialPageParam: '',
  queryFn: ({ pageParam, signal }) =>
    unwrap(
      api.GET('/api/v1/contact-duplicates', {
        params: { ...here(), query: pageParam ? { after: pageParam } : {} },
        signal,
      }),
    ),
  getNextPageParam: ({ next }) => next,
});

export const duplicatesOfQuery = (id: number) =>
  queryOptions({
    queryKey: ['contacts', id, 'duplicates'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/contacts/{id}/duplicates', { params: at(id), signal })),
  });

export const mergesQuery = (id: number) =>
  queryOptions({
    queryKey: ['contacts', id, 'merges'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/contacts/{id}/merges', { params: at(id), signal })),
  });

/** Whoever was two is one now, wherever they are shown. */
function usePairAct<Body, Answer>(act: (body: Body) => Promise<Answer>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: ['contacts'] }),
        cache.invalidateQueries({ queryKey: ['tickets'] }),
      ]),
  });
}

export const useMerge = () =>
  usePairAct(({ kept, gone }: { kept: number; gone: number }) =>
    unwrap(
      api.POST('/api/v1/contacts/{id}/merge', { params: at(kept), body: { contact_id: gone } }),
    ),
  );

export const useUndoMerge = () =>
  usePairAct((merge: number) =>
    unwrap(api.POST('/api/v1/contact-merges/{id}/undo', { params: at(merge) })),
  );

export const useTellApart = () =>
  usePairAct((body: { contact_id: number; other_id: number }) =>
    unwrap<unknown>(api.POST('/api/v1/contact-duplicates/dismiss', { params: here(), body })),
  );

export type Import = Schema['ContactImport'];
export type OpenImport = Schema['OpenContactImport'];

/** Stages that go on by themselves: they are looked at again until they are over. */
const GOES_ON: readonly Import['state'][] = ['reading', 'trying', 'running', 'undoing'];
export const goesOn = (one: Pick<Import, 'state'> | undefined) =>
  one !== undefined && GOES_ON.includes(one.state);
const LOOK_AGAIN_MS = 1000;

export const importsQuery = queryOptions({
  queryKey: ['contact-imports'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/contact-imports', { params: here(), signal })),
});

export const importQuery = (id: number) =>
  queryOptions({
    queryKey: ['contact-imports', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/contact-imports/{id}', { params: at(id), signal })),
    refetchInterval: ({ state }) => (goesOn(state.data) ? LOOK_AGAIN_MS : false),
  });

/** The lines that were wrong, as a file for a spreadsheet. */
export const importErrors = (id: number) =>
  unwrap<string>(
    api.GET('/api/v1/contact-imports/{id}/errors', { params: at(id), parseAs: 'text' }),
  );

function useImportAct<Body>(act: (body: Body) => Promise<OpenImport>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (one) => {
      cache.setQueryData(importQuery(one.id).queryKey, one);
      void cache.invalidateQueries({ queryKey: importsQuery.queryKey, exact: true });
    },
  });
}

/** The file first, then what is to become of it. */
export const useUploadImport = () =>
  useImportAct(async (file: File) => {
    const { id } = await unwrap(
      api.PUT('/api/v1/uploads', {
        params: { header: inAccount(), query: { filename: file.name } },
        body: '',
        bodySerializer: () => file,
        headers: { 'Content-Type': file.type || 'text/csv' },
      }),
    );
    return unwrap(
      api.POST('/api/v1/contact-imports', { params: here(), body: { attachment_id: id } }),
    );
  });

export const useTryImport = (id: number) =>
  useImportAct((body: { mapping: string[]; group_id?: number }) =>
    unwrap(api.POST('/api/v1/contact-imports/{id}/try', { params: at(id), body })),
  );

export const useMoveImport = (id: number) =>
  useImportAct((act: 'run' | 'cancel' | 'undo') =>
    unwrap(api.POST(`/api/v1/contact-imports/{id}/${act}`, { params: at(id) })),
  );

export type Export = Schema['ContactExport'];

/** Looked at again while one is being written. */
export const exportsQuery = queryOptions({
  queryKey: ['contact-exports'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/contact-exports', { params: here(), signal })),
  refetchInterval: ({ state }) =>
    state.data?.data.some((one) => one.state === 'running') ? LOOK_AGAIN_MS : false,
});

function useExportAct<Body>(act: (body: Body) => Promise<Export>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () => cache.invalidateQueries({ queryKey: exportsQuery.queryKey }),
  });
}

type NewExport = { search: BookSearch; format: Export['format']; locale: 'pt-BR' | 'en' };

export const useStartExport = () =>
  useExportAct(({ search, format, locale }: NewExport) => {
    const filter = Object.entries(filterOf(search)).map(([name, value]) => [name, String(value)]);
    return unwrap(
      api.POST('/api/v1/contact-exports', {
        params: here(),
        body: { format, locale, filter: new URLSearchParams(filter).toString() },
      }),
    );
  });

export const useCancelExport = () =>
  useExportAct((id: number) =>
    unwrap(api.POST('/api/v1/contact-exports/{id}/cancel', { params: at(id) })),
  );

/** The file itself; no cache keeps it. */
export const useDownloadExport = () =>
  useMutation({
    gcTime: 0,
    mutationFn: (id: number) =>
      unwrap<Blob>(
        api.POST('/api/v1/contact-exports/{id}/download', { params: at(id), parseAs: 'blob' }),
      ),
  });
