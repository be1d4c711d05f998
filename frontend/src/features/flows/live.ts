import type { LivePatches } from '@/lib/realtime/LiveProvider';

/** Lists, findings and drafts are asked anew; an open editor decides for itself what to do with a newer draft. */
export const flowPatches: LivePatches = {
  'flow.changed': (cache) => void cache.invalidateQueries({ queryKey: ['flows'] }),
  'flow.pages': (cache) => void cache.invalidateQueries({ queryKey: ['flow-pages'] }),
};
