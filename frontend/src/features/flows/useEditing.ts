import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { asRefusal } from '@/api/refusal';
import { draftQuery, findingsQuery, saveDraft, type Draft } from './api';
import type { FlowDocument } from './model/document';
import { editingReducer, isUnsaved, open } from './model/editing';

/** Hands rest this long before what they did is saved. */
const REST_MS = 800;

/** When what is done may be saved: once hands rest, at once because somebody waits for the pencil, or not by this page. */
export type Saving = 'at_rest' | 'at_once' | 'never';

/** The draft under one's hands: every change is kept by itself, and nothing of anybody is written over. */
export function useEditing(flowId: number, draft: Draft, when: Saving) {
  const cache = useQueryClient();
  const [editing, dispatch] = useReducer(editingReducer, draft, open);
  const { history, saved, saving, theirs, problem } = editing;
  const unsaved = isUnsaved(editing);
  const waits = unsaved && !saving && !theirs && !problem && when !== 'never';

  if (!saving && !theirs && draft.revision > saved.revision) dispatch({ kind: 'heard', draft });

  const save = useCallback(async () => {
    dispatch({ kind: 'sent' });
    const document = history.now;
    try {
      const kept = await saveDraft(flowId, saved.revision, document);
      const { revision, saved_at, saved_by, findings, error_count, warning_count } = kept;
      cache.setQueryData(findingsQuery(flowId).queryKey, {
        revision,
        findings,
        error_count,
        warning_count,
      });
      dispatch({ kind: 'kept', document, revision, at: saved_at, by: saved_by });
    } catch (thrown) {
      dispatch({ kind: 'refused', refusal: asRefusal(thrown) });
    }
  }, [cache, flowId, history.now, saved.revision]);

  useEffect(() => {
    if (!waits) return;
    const timer = setTimeout(() => void save(), when === 'at_once' ? 0 : REST_MS);
    return () => clearTimeout(timer);
  }, [waits, when, save]);

  /* Whoever goes while hands have just come to rest loses nothing. */
  const last = useRef({ waits, save });
  useEffect(() => void (last.current = { waits, save }));
  useEffect(
    () => () => {
      if (last.current.waits) void last.current.save();
      void cache.invalidateQueries({ queryKey: draftQuery(flowId).queryKey, refetchType: 'none' });
    },
    [cache, flowId],
  );

  return {
    document: history.now,
    saved,
    saving,
    unsaved,
    theirs,
    problem,
    /** Something is on its way to the server, or soon will be. */
    isBusy: saving || waits,
    /** Something was done that this page may not save any more: the pencil went elsewhere before. */
    isStranded: unsaved && !saving && !theirs && when === 'never',
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    act: useCallback((document: FlowDocument) => dispatch({ kind: 'did', document }), []),
    undo: useCallback(() => dispatch({ kind: 'undid' }), []),
    redo: useCallback(() => dispatch({ kind: 'redid' }), []),
    retry: useCallback(() => dispatch({ kind: 'retried' }), []),
    giveWay: useCallback(() => dispatch({ kind: 'gave_way' }), []),
  };
}

export type EditingHands = ReturnType<typeof useEditing>;
