import type { QueryClient } from '@tanstack/react-query';

/** Something that a page heard of and its member may want to know. */
export type Heard = {
  kind: 'queue' | 'assigned' | 'reply' | 'mention' | 'sla' | 'channel' | 'chat';
  ticket?: { id: number; protocol: string };
  /** Who gave it; absent: its queue. */
  by?: string | undefined;
  /** Of a promise: broken, not only short. */
  is_late?: boolean | undefined;
  channel_id?: number;
  /** Where it can be looked at; what is open there already is not told. */
  path?: string;
};

/** Tells the reader by the ways they chose. How comes when it is first needed. */
export type Notify = (cache: QueryClient, heard: Heard) => void;
