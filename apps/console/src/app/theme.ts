import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const bus: MantineColorsTuple = [
  '#e7f8f2',
  '#d0efe3',
  '#a0dfc8',
  '#6ccfab',
  '#43c193',
  '#29b884',
  '#16a877',
  '#0a8560',
  '#04704f',
  '#005a3f'
];

/** Text has a contrast of at least 4.5:1 against its background in both schemes: see `resolveColors`. */
export const theme = createTheme({
  primaryColor: 'bus',
  colors: { bus },
  primaryShade: { light: 7, dark: 7 },
  autoContrast: true,
  luminanceThreshold: 0.35,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace',
  headings: { fontWeight: '650' }
});

/** Some of Mantine's text colors are too faint on a tinted background. The page also gets a background on which cards stand out. */
export const resolveColors: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-6)',
    '--mantine-color-anchor': 'var(--mantine-color-bus-8)',
    '--wabus-danger': 'var(--mantine-color-red-9)',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
    '--mantine-color-orange-light-color': '#9a3412',
    '--mantine-color-yellow-light-color': '#854d0e',
    '--wabus-ground': '#f5f7f8',
    '--wabus-bubble-in': 'var(--mantine-color-white)',
    '--wabus-bubble-out': '#d5f3e5'
  },
  dark: {
    '--mantine-color-dimmed': 'var(--mantine-color-dark-1)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-2)',
    '--mantine-color-anchor': 'var(--mantine-color-bus-4)',
    '--wabus-danger': 'var(--mantine-color-red-4)',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    '--wabus-ground': '#16181b',
    '--wabus-bubble-in': 'var(--mantine-color-dark-5)',
    '--wabus-bubble-out': '#124b39'
  }
});
