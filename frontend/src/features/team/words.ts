import { useTranslation } from 'react-i18next';
import { wordsFor } from '@/lib/i18n';
import type { Group } from './api';

/** A built-in group's name is a word of the server's; an account's own is a name. */
export function useGroupName() {
  const { t } = useTranslation('team');
  return (group: Pick<Group, 'name' | 'builtin'>) =>
    group.builtin === null ? group.name : t(`builtin.${group.builtin}`);
}

/** Permissions come from the server's table: one we have no words for shows its own name. */
export function permissionWords(name: string): { label: string; text: string } {
  return {
    label: wordsFor('team', `permission.${name}.label`) ?? name,
    text: wordsFor('team', `permission.${name}.text`) ?? '',
  };
}
