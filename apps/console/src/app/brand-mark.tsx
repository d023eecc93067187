import type { ReactNode } from 'react';

/** The Wabus logo: stations on one line. */
export function Brand({ size = 28 }: { size?: number }): ReactNode {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false" style={{ flexShrink: 0 }}>
      <rect width="32" height="32" rx="8" fill="var(--mantine-primary-color-filled)" />
      <g fill="none" stroke="#fff" strokeWidth="2.4" strokeLinecap="round">
        <path d="M5 16h22M10 16V9.5M16 16v6.5M22 16V9.5" />
      </g>
      <g fill="#fff">
        <circle cx="10" cy="8" r="2.6" />
        <circle cx="16" cy="24" r="2.6" />
        <circle cx="22" cy="8" r="2.6" />
      </g>
    </svg>
  );
}
