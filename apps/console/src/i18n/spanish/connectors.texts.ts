import type { connectorTexts as english } from '../../connectors/connectors.texts.js';
import type { Translated } from '../translation.types.js';

export const spanishConnectors: Translated<typeof english> = {
  about: 'Cada sesión la gestiona exactamente un connector. Los edges atienden a los clientes y sirven esta página.',
  none: 'No hay ningún connector en ejecución',
  noneHint:
    'Las sesiones solo se conectan a WhatsApp mientras hay un connector en ejecución. Inicia uno con el mismo NATS y la misma clave.',
  columns: {
    connector: 'Connector',
    edge: 'Edge',
    state: 'Estado',
    version: 'Versión',
    sessions: 'Sesiones',
    memory: 'Memoria',
    cpu: 'Procesador',
    startedAt: 'En ejecución desde'
  },
  states: { ready: 'Listo', draining: 'Deteniéndose', lost: 'Perdido' },
  lostHint: 'Ya no responde. Otros connectors se hacen cargo de sus sesiones.',
  unknown: 'Desconocido',
  memoryOf: '{{used}} de {{limit}}',
  unfold: 'Sesiones de {{connector}}',
  noSessions: 'Este connector no gestiona ninguna sesión en este momento.',
  versions: {
    title: 'Hay más de una versión de Wabus en ejecución',
    text: 'Es normal durante una actualización. Si no hay ninguna en curso, reemplaza los procesos más antiguos.',
    earlier: 'Una versión anterior',
    edges_one: '{{count}} edge',
    edges_other: '{{count}} edges'
  },
  edges: 'Edges',
  answering: 'sirve esta página',
  unowned: 'Sin connector',
  session: 'Sesión',
  state: 'Estado',
  epoch: 'Época',
  since: 'Estado actualizado'
};
