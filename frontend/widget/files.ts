import { newKey } from './keys';
import type { Notice, Staged } from './store';

/* Each file is a message of its own; more than this in one go is a mistake of the hand. */
const MOST = 10;

export interface Choice {
  staged: readonly Staged[];
  notice: Notice | null; // why some were left out
}

/** Adds chosen files to those already there, leaving out what the channel would refuse. */
export function stageFiles(
  already: readonly Staged[],
  chosen: Iterable<File>,
  limit_bytes: number,
): Choice {
  const staged = [...already];
  let notice: Notice | null = null;
  for (const file of chosen) {
    if (file.size === 0) notice = { slug: 'file_empty', name: file.name };
    else if (file.size > limit_bytes) notice = { slug: 'file_too_large', name: file.name };
    else if (staged.length === MOST) notice = { slug: 'too_many_files' };
    else staged.push({ key: newKey(), file });
  }
  return { staged, notice };
}

/** What a phone shows inline. Others (HEIC, TIFF) are offered as documents. */
export const isPicture = (mime: string) => /^image\/(png|jpe?g|gif|webp|avif)$/.test(mime);
