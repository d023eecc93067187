import type { healthTexts as english } from '../../health/health.texts.js';
import type { Translated } from '../translation.types.js';

export const spanishHealth: Translated<typeof english> = {
  about: 'El estado del edge en {{host}}.',
  live: 'Eventos en vivo',
  checks: { process: 'Proceso', broker: 'Bróker', 'read-models': 'Modelos de lectura' },
  sessions_one: '{{count}} sesión',
  sessions_other: '{{count}} sesiones',
  checked: 'Última comprobación: {{at}}; se repite cada tres segundos.',
  version: 'Versión de Wabus: {{version}}.',
  charts: {
    heading: 'Los últimos 15 minutos de este edge',
    waiting: 'Los gráficos aparecen en unos segundos.',
    titles: {
      rates: 'Tráfico por minuto',
      times: 'Tiempos medios',
      backlogs: 'Eventos en espera',
      memory: 'Memoria del edge',
      log: 'Tamaño del registro de eventos'
    },
    lines: {
      messages: 'Eventos de mensajes',
      commands: 'Comandos ejecutados',
      deliveryTime: 'Entregas a webhooks',
      commandTime: 'Comandos',
      webhooks: 'Para webhooks',
      models: 'Para modelos de lectura',
      memory: 'Memoria usada',
      log: 'Eventos guardados'
    },
    summary: '{{line}}: {{last}} ahora, de {{least}} a {{most}}.',
    past: '{{line}}: nada ahora; antes, de {{least}} a {{most}}.',
    none: '{{line}}: aún sin datos.',
    limit: '{{share}} del límite de {{limit}}.'
  }
};
