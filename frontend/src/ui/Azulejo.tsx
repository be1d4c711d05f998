import { useId } from 'react';

const QUARTERS = [0, 90, 180, 270];
const CORNERS = [
  [0, 0],
  [96, 0],
  [0, 96],
  [96, 96],
] as const;
const LEAF = 'M48 46C40 38 40 24 48 12c8 12 8 26 0 34z';
const SMALL_LEAF = 'M50 46c0-8 5-14 13-15-1 8-5 13-13 15z';

function TileDrawing() {
  return (
    <>
      <rect width="96" height="96" fill="var(--b-tile-ground)" />
      <path d="M0 0h96v96" fill="none" stroke="var(--b-tile-grid)" strokeWidth="1" />
      {QUARTERS.map((turn) => (
        <g key={turn} transform={`rotate(${turn} 48 48)`}>
          <path d={LEAF} fill="var(--b-tile-leaf)" />
          <path d={SMALL_LEAF} fill="var(--b-tile-leaf-2)" />
        </g>
      ))}
      {CORNERS.map(([cx, cy]) => (
        <g key={`${cx} ${cy}`}>
          <circle cx={cx} cy={cy} r="26" fill="none" stroke="var(--b-tile-leaf)" strokeWidth="3" />
          <circle cx={cx} cy={cy} r="17" fill="var(--b-tile-leaf)" />
          <circle cx={cx} cy={cy} r="8" fill="var(--b-sun)" />
        </g>
      ))}
      <circle cx="48" cy="48" r="4.5" fill="var(--b-sun)" />
    </>
  );
}

/** A wall of painted tiles that fills its parent. */
export function AzulejoWall({ className }: { className?: string | undefined }) {
  const id = useId();
  return (
    <svg className={className} aria-hidden="true">
      <defs>
        <pattern id={id} width="96" height="96" patternUnits="userSpaceOnUse">
          <TileDrawing />
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill={`url(#${id})`} />
    </svg>
  );
}

/** One tile, for empty states. */
export function AzulejoTile({ size = 64 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 96 96" aria-hidden="true">
      <TileDrawing />
    </svg>
  );
}
