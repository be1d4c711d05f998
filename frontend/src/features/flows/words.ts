import { wordsFor } from '@/lib/i18n';
import type { Outlet } from './model/palette';

/** A word of a setting as people read it; one that is new here shows itself. */
export const sayWord = (field: string, word: string) =>
  wordsFor('flows', `word_of.${field}.${word}`) ?? wordsFor('flows', `word.${word}`) ?? word;

/** What a field is called: its own words of the table, or ours. */
export const sayField = (scope: string, { name, label }: { name: string; label?: string }) =>
  label ??
  wordsFor('flows', `field.${scope}.${name}`) ??
  wordsFor('flows', `field.${name}`) ??
  name;

export const hintOf = (scope: string, { name, help }: { name: string; help?: string }) =>
  help ?? wordsFor('flows', `hint.${scope}.${name}`);

/** The author's words for an option; for what is fixed those of the table, which the check says too. Without any, ours. */
export const sayOutlet = ({ name, label }: Outlet) => label || sayWord('outlet', name);
