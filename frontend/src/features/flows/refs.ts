import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useCan } from '@/lib/session';
import { nameOfTemplate, sendableQuery, type Template } from '@/lib/templates/api';
import { catalogueQuery, companiesQuery, flowsQuery, groupsQuery, hoursQuery } from './api';
import { filesQuery, refOfFile } from './effects';

export type RefChoice = { value: string; label: string };

const named =
  (kind: string) =>
  ({ id, name }: { id: number; name: string }): RefChoice => ({
    value: `${kind}:${id}`,
    label: name,
  });
const active = <T extends { is_active: boolean }>(list: T[] | undefined) =>
  (list ?? []).filter(({ is_active }) => is_active);

export const refOfTemplate = ({ id }: Template) => `template:${id}`;

/** What a setting may name of the account, by kind, as documents write it. */
export function useRefs() {
  const can = useCan();
  const { data: account } = useQuery(catalogueQuery);
  const { data: hours } = useQuery({ ...hoursQuery, enabled: can('departments.view') });
  const { data: companies } = useQuery({ ...companiesQuery, enabled: can('departments.view') });
  const { data: files } = useQuery(filesQuery);
  const { data: flows } = useQuery(flowsQuery(''));
  const { data: groups } = useQuery({ ...groupsQuery, enabled: can('internal_groups.manage') });
  const { data: templates } = useQuery({ ...sendableQuery(), enabled: can('templates.view') });
  return useMemo(() => {
    const choices: Record<string, RefChoice[]> = {
      department: active(account?.departments).map(named('department')),
      user: active(account?.members).map(({ id, display_name }) => ({
        value: `user:${id}`,
        label: display_name,
      })),
      tag: active(account?.tags).map(named('tag')),
      channel: active(account?.channels).map(named('channel')),
      reason: active(account?.close_reasons).map(named('reason')),
      period: (hours?.periods ?? []).map(named('period')),
      shift: (hours?.shifts ?? []).map(named('shift')),
      branch: (hours?.branches ?? []).map(named('branch')),
      company: (companies?.data ?? []).map(named('company')),
      group: (groups?.data ?? []).map(named('group')),
      template: (templates?.data ?? []).map((one) => ({
        value: refOfTemplate(one),
        label: nameOfTemplate(one),
      })),
      flow: (flows?.data ?? []).map(({ key, name }) => ({ value: `flow:${key}`, label: name })),
      file: (files?.data ?? []).map((file) => ({ value: refOfFile(file), label: file.name })),
    };
    return choices;
  }, [account, hours, companies, flows, groups, files, templates]);
}

type Named = { refs?: { ref: string; name: string }[] };

/** The name of what a document refers to: as it is called now, else as the document remembers it. */
export function useNameOfRef(document: object) {
  const choices = useRefs();
  const { refs } = document as Named;
  return useCallback(
    (ref: string) =>
      choices[ref.split(':')[0] ?? '']?.find(({ value }) => value === ref)?.label ??
      refs?.find((one) => one.ref === ref)?.name ??
      ref,
    [choices, refs],
  );
}
