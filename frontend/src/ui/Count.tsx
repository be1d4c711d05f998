import classes from './Count.module.css';

const CAP = 99;

/** A small figure on accent; silent for screen readers, whose words are in the item's name. */
export function Count({ value, size = 18 }: { value: number; size?: 16 | 18 }) {
  if (value <= 0) return null;
  return (
    <span className={classes.count} data-size={size} aria-hidden="true">
      {value > CAP ? `${CAP}+` : value}
    </span>
  );
}
