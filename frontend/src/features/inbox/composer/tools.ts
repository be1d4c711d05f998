import type { ComponentType, RefObject } from 'react';
import type { Attachment } from '../api';

/**
 * What helps to write and comes only when somebody asks for it. The app says what it is: the inbox
 * knows no other feature.
 */
export type AnswerToolProps = {
  ticketId: number;
  /** Where it is written; the tool hears its keys and moves its caret. */
  field: RefObject<HTMLTextAreaElement | null>;
  /** How often its button was pressed. */
  asked: number;
  onChange: (text: string) => void;
  onFiles: (files: readonly Attachment[]) => void;
};
export type LaterToolProps = {
  ticketId: number;
  asked: number;
  text: string;
  attachmentIds: readonly number[];
  onDone: () => void;
};
export type MentionToolProps = {
  field: RefObject<HTMLTextAreaElement | null>;
  onChange: (text: string) => void;
  onMention: (member: Mention) => void;
};
export type Mention = { id: number; name: string };
export type ComposerTools = {
  Answers: ComponentType<AnswerToolProps>;
  Later: ComponentType<LaterToolProps>;
  Mentions: ComponentType<MentionToolProps>;
};

/** A slash at the start or after a space, right before the caret. */
export const beginsSlash = (before: string) => /(^|\s)\/$/.test(before);
