import { useState, type ReactNode } from 'react';
import classes from './Avatar.module.css';

const TONES = 6;

function initials(name: string) {
  const words = name
    .replace(/[^\p{L}\p{N}\s]/gu, ' ')
    .trim()
    .split(/\s+/)
    .filter(Boolean);
  const first = words[0]?.[0] ?? '?';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : (words[0]?.[1] ?? '');
  return (first + last).toLocaleUpperCase();
}

/** The same person keeps the same tone, on every screen and every day. */
function toneOf(name: string) {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return sum % TONES;
}

type Props = {
  name: string;
  size?: 24 | 30 | 36 | 48;
  /** Address of a picture. */
  photo?: string | undefined;
  children?: ReactNode;
};

/** A photo, or initials on a quiet ground. Decorative: the name is always in text beside it. */
export function Avatar({ name, size = 36, photo, children }: Props) {
  const tone = toneOf(name);
  const [lost, setLost] = useState<string>();
  return (
    <span
      className={classes.avatar}
      data-size={size}
      style={{
        background: `var(--b-avatar-${tone})`,
        color: `var(--b-avatar-${tone}-text)`,
        width: size,
        height: size,
      }}
    >
      {photo && photo !== lost ? (
        <img src={photo} alt="" onError={() => setLost(photo)} />
      ) : (
        <span aria-hidden="true">{initials(name)}</span>
      )}
      {children && <span className={classes.mark}>{children}</span>}
    </span>
  );
}
