import type { healthTexts as english } from '../../health/health.texts.js';
import type { Translated } from '../translation.types.js';

export const portugueseHealth: Translated<typeof english> = {
  about: 'A saúde do edge em {{host}}.',
  live: 'Eventos ao vivo',
  checks: { process: 'Processo', broker: 'Broker', 'read-models': 'Modelos de leitura' },
  sessions_one: '{{count}} sessão',
  sessions_other: '{{count}} sessões',
  checked: 'Verificado: {{at}}; de novo a cada três segundos.',
  version: 'Wabus {{version}}.',
  charts: {
    heading: 'Os últimos 15 minutos deste edge',
    waiting: 'Os gráficos aparecem em alguns segundos.',
    titles: {
      rates: 'Tráfego por minuto',
      times: 'Tempos médios',
      backlogs: 'Eventos em espera',
      memory: 'Memória do edge',
      log: 'Tamanho do log de eventos'
    },
    lines: {
      messages: 'Eventos de mensagens',
      commands: 'Comandos executados',
      deliveryTime: 'Entregas a webhooks',
      commandTime: 'Comandos',
      webhooks: 'Para webhooks',
      models: 'Para modelos de leitura',
      memory: 'Memória usada',
      log: 'Eventos guardados'
    },
    summary: '{{line}}: {{last}} agora, de {{least}} a {{most}}.',
    past: '{{line}}: nada agora; antes, de {{least}} a {{most}}.',
    none: '{{line}}: ainda sem dados.',
    limit: '{{share}} do limite de {{limit}}.'
  }
};
