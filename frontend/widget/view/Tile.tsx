/** The azulejo of the house, in white on the account's colour: one leaf ×4, a ring at the corners. */
export function Tile() {
  const leaf = 'M24 22.5c-4-4-4-11 0-17 4 6 4 13 0 17z';
  const corners = [
    [0, 0],
    [48, 0],
    [0, 48],
    [48, 48],
  ] as const;
  return (
    <svg class="tile" aria-hidden="true">
      <defs>
        <pattern id="azulejo" width="48" height="48" patternUnits="userSpaceOnUse">
          {[0, 90, 180, 270].map((turn) => (
            <path key={turn} d={leaf} transform={`rotate(${turn} 24 24)`} fill="#fff" />
          ))}
          {corners.map(([x, y]) => (
            <g key={`${x} ${y}`} fill="none" stroke="#fff">
              <circle cx={x} cy={y} r="12" stroke-width="1.5" />
              <circle cx={x} cy={y} r="5" fill="#fff" />
            </g>
          ))}
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill="url(#azulejo)" />
    </svg>
  );
}
