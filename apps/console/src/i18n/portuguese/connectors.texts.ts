import type { connectorTexts as english } from '../../connectors/connectors.texts.js';
import type { Translated } from '../translation.types.js';

export const portugueseConnectors: Translated<typeof english> = {
  about: 'Cada sessão é executada por exatamente um connector. Os edges atendem os clientes e esta página.',
  none: 'Nenhum connector está em execução',
  noneHint: 'As sessões só se conectam ao WhatsApp enquanto há um connector em execução. Inicie um com o mesmo NATS e a mesma chave.',
  columns: {
    connector: 'Connector',
    edge: 'Edge',
    state: 'Estado',
    version: 'Versão',
    sessions: 'Sessões',
    memory: 'Memória',
    cpu: 'Processador',
    startedAt: 'Em execução desde'
  },
  states: { ready: 'Pronto', draining: 'Encerrando', lost: 'Perdido' },
  lostHint: 'Não responde mais. Outros connectors assumem as sessões dele.',
  unknown: 'Desconhecido',
  memoryOf: '{{used}} de {{limit}}',
  unfold: 'Sessões de {{connector}}',
  noSessions: 'Este connector não executa nenhuma sessão no momento.',
  versions: {
    title: 'Há mais de uma versão do Wabus em execução',
    text: 'Isso é normal durante uma atualização. Caso contrário, substitua os processos mais antigos.',
    earlier: 'Uma versão anterior',
    edges_one: '{{count}} edge',
    edges_other: '{{count}} edges'
  },
  edges: 'Edges',
  answering: 'serve esta página',
  unowned: 'Sem connector',
  session: 'Sessão',
  state: 'Estado',
  epoch: 'Época',
  since: 'Hora do status'
};
