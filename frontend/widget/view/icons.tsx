import type { ComponentChildren } from 'preact';

/* Drawn on 24 × 24, stroke 1.75, always beside or inside something that has the words. */
function Icon({ children, size = 20 }: { children: ComponentChildren; size?: number }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      {children}
    </svg>
  );
}

export const ChatIcon = () => (
  <Icon size={28}>
    <path d="M12 4.25c-4.7 0-8.25 3-8.25 7 0 2.2 1.1 4.1 2.9 5.4l-.65 3.1 3.6-1.75c.75.17 1.55.25 2.4.25 4.7 0 8.25-3 8.25-7s-3.55-7-8.25-7z" />
    <path d="M8.6 11.6c1.1-1.5 2.3-1.5 3.4-.5s2.3 1 3.4-.5" />
  </Icon>
);
export const DownIcon = ({ size = 24 }: { size?: number }) => (
  <Icon size={size}>
    <path d="M6 9.5l6 6 6-6" />
  </Icon>
);
export const CrossIcon = ({ size = 20 }: { size?: number }) => (
  <Icon size={size}>
    <path d="M6.5 6.5l11 11m0-11l-11 11" />
  </Icon>
);
export const ClipIcon = () => (
  <Icon>
    <path d="M20 11.2l-8 8a5 5 0 0 1-7.1-7.1l8.2-8.2a3.35 3.35 0 0 1 4.75 4.75l-8.2 8.2a1.7 1.7 0 0 1-2.4-2.4l7.5-7.5" />
  </Icon>
);
export const SendIcon = () => (
  <Icon>
    <path d="M5 12.2h8M4.5 5.2l15.5 7-15.5 7L7 12.2z" />
  </Icon>
);
export const FileIcon = () => (
  <Icon>
    <path d="M13.5 4H8a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h8a2 2 0 0 0 2-2V8.5zM13.5 4v4.5H18M9.5 13h5m-5 3.25h3.5" />
  </Icon>
);
export const ClockIcon = () => (
  <Icon size={14}>
    <circle cx="12" cy="12" r="8.25" />
    <path d="M12 7.5V12l3 2" />
  </Icon>
);
export const CheckIcon = () => (
  <Icon size={14}>
    <path d="M5 12.5l4.5 4.5L19 7.5" />
  </Icon>
);
export const ChecksIcon = () => (
  <Icon size={14}>
    <path d="M2.5 12.5L7 17l8.5-9.5M12 16l1 1 8.5-9.5" />
  </Icon>
);
export const AlertIcon = () => (
  <Icon size={14}>
    <circle cx="12" cy="12" r="8.25" />
    <path d="M12 7.75v5m0 3.2v.1" />
  </Icon>
);
