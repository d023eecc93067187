import type { healthTexts as english } from '../../health/health.texts.js';
import type { Translated } from '../translation.types.js';

export const spanishHealth: Translated<typeof english> = {
  about: 'El estado del edge en {{host}}.',
  live: 'Eventos en directo',
  checks: { process: 'Proceso', broker: 'Bróker', 'read-models': 'Modelos de lectura' },
  sessions_one: '{{count}} sesión',
  sessions_other: '{{count}} sesiones',
  checked: 'Última comprobación: {{at}}; se repite cada tres segundos.',
  version: 'Versión de Wabus: {{version}}.'
};
