import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, inAccount, unwrap, type Schema } from '@/api/client';

export type ContactSettings = Schema['ContactSettings'];
export type Terms = Schema['Terms'];

const here = () => ({ header: inAccount() });

export const contactSettingsQuery = queryOptions({
  queryKey: ['organisation', 'contact-settings'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/settings/contacts', { params: here(), signal })),
});

export const termsQuery = queryOptions({
  queryKey: ['organisation', 'terms'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/settings/terms', { params: here(), signal })),
});

export type ContactSettingsChange = Partial<Omit<ContactSettings, 'request_default'>>;

export function useSaveContactSettings() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: ContactSettingsChange) =>
      unwrap(api.PATCH('/api/v1/settings/contacts', { params: here(), body })),
    onSuccess: (settings) => cache.setQueryData(contactSettingsQuery.queryKey, settings),
  });
}

export function useSaveTerms() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: { url?: string; is_required?: boolean }) =>
      unwrap(api.PATCH('/api/v1/settings/terms', { params: here(), body })),
    onSuccess: (terms) => cache.setQueryData(termsQuery.queryKey, terms),
  });
}
