import type { Catalogue } from '../api';
import classes from './tags.module.css';

type Tag = Catalogue['tags'][number];

/** A dot and its word: the colour never speaks alone. */
export function TagMark({ tag }: { tag: Tag }) {
  return (
    <span className={classes.mark} data-color={tag.color}>
      <i aria-hidden="true" />
      <span className="cut">{tag.name}</span>
    </span>
  );
}

type Props = { tags: readonly Tag[]; most: number; label?: string };

/** The first few and how many more there are. */
export function TagMarks({ tags, most, label }: Props) {
  if (tags.length === 0) return null;
  const rest = tags.slice(most);
  return (
    <span
      className={classes.marks}
      {...(label ? { role: 'group', 'aria-label': label } : {})}
      title={tags.map(({ name }) => name).join(', ')}
    >
      {tags.slice(0, most).map((tag) => (
        <TagMark key={tag.id} tag={tag} />
      ))}
      {rest.length > 0 && <small className="num">+{rest.length}</small>}
    </span>
  );
}

/** Only the dots; their names for whoever asks. */
export function TagDots({ tags }: { tags: readonly Tag[] }) {
  if (tags.length === 0) return null;
  return (
    <span className={classes.dots} title={tags.map(({ name }) => name).join(', ')}>
      {tags.slice(0, 3).map((tag) => (
        <span key={tag.id} className={classes.dot} data-color={tag.color}>
          <i aria-hidden="true" />
        </span>
      ))}
    </span>
  );
}
