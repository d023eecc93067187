import type { healthTexts as english } from '../../health/health.texts.js';
import type { Translated } from '../translation.types.js';

export const portugueseHealth: Translated<typeof english> = {
  about: 'A saúde do edge em {{host}}.',
  live: 'Eventos ao vivo',
  checks: { process: 'Processo', broker: 'Broker', 'read-models': 'Modelos de leitura' },
  sessions_one: '{{count}} sessão',
  sessions_other: '{{count}} sessões',
  checked: 'Verificado: {{at}}; de novo a cada três segundos.',
  version: 'Wabus {{version}}.'
};
