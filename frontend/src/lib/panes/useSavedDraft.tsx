import type { UseMutationResult } from '@tanstack/react-query';
import { asRefusal } from '@/api/refusal';
import { sayRefusal } from '../refusal';
import { toast } from '../toast';
import { FormFoot } from './FormFoot';
import { useDraft } from './useDraft';

/** A draft that is saved on purpose: what was refused stands at its field, and what is unsaved at the foot. */
export function useSavedDraft<T extends object, Saved>(
  saved: T,
  save: UseMutationResult<Saved, unknown, Partial<T>>,
  done: string,
) {
  const draft = useDraft(saved);
  const refusal = save.error ? asRefusal(save.error) : undefined;
  return {
    ...draft,
    wrong: (field: keyof T) => (refusal?.field === field ? { error: sayRefusal(refusal) } : {}),
    foot: (
      <FormFoot
        changes={draft.changes}
        saving={save.isPending}
        error={save.error}
        onSave={() =>
          save.mutate(draft.change, {
            onSuccess: () => {
              draft.discard();
              toast({ message: done });
            },
          })
        }
        onDiscard={() => {
          draft.discard();
          save.reset();
        }}
      />
    ),
  };
}
