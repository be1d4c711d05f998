type Props = { size?: number; label?: string };

/** A counter, the bell on it, and the til as the sound of the bell. */
export function Logo({ size = 32, label }: Props) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 32 32"
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      <rect width="32" height="32" rx="8" fill="#2B50C4" />
      <path
        d="M10.6 9.1c1.7-2.3 3.6-2.3 5.4-.9s3.7 1.4 5.4-.9"
        fill="none"
        stroke="#F2B33D"
        strokeWidth="2.2"
        strokeLinecap="round"
      />
      <path d="M8.2 20a7.8 7.8 0 0 1 15.6 0z" fill="#fff" />
      <rect x="5.5" y="22" width="21" height="3.2" rx="1.6" fill="#fff" />
    </svg>
  );
}
