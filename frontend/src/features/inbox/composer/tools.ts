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
export type ComposerTools = { Answers: ComponentType<AnswerToolProps> };

/** A slash at the start or after a space, right before the caret. */
export const beginsSlash = (before: string) => /(^|\s)\/$/.test(before);
