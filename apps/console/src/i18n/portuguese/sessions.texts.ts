import type { sessionTexts as english } from '../../sessions/sessions.texts.js';
import type { Translated } from '../translation.types.js';

export const portugueseSessions: Translated<typeof english> = {
  about: 'Cada sessão é uma conta do WhatsApp, conectada como um dispositivo.',
  create: 'Nova sessão',
  createIt: 'Criar e conectar',
  id: 'ID da sessão',
  idHint: 'Identifica a sessão em eventos, comandos e endereços.',
  idWrong: 'De 1 a 64 caracteres: A–Z, a–z, 0–9, _ e -',
  none: 'Ainda não há sessões',
  noneHint: 'Crie uma e conecte-a com o celular: por QR code ou por código de conexão.',
  noneForYou: 'Este token não pode usar nenhuma sessão.',
  gone: 'Não há uma sessão “{{session}}”',
  goneHint: 'Ela foi excluída, ou este token não pode usá-la.',
  notLinked: 'Nenhuma conta conectada',
  scan: 'Escanear o QR code',
  traffic: '{{received}} recebidas · {{sent}} enviadas',
  search: 'Pesquisar por ID, nome ou número',
  sort: 'Ordem',
  sorts: { trouble: 'Problemas primeiro', name: 'Por ID', recent: 'Última mensagem primeiro' },
  filter: 'Estado',
  all: 'Todas · {{count}}',
  noMatch: 'Nenhuma sessão encontrada.',
  select: 'Selecionar {{session}}',
  selectAll_one: 'Selecionar {{count}} sessão',
  selectAll_other: 'Selecionar todas as {{count}} sessões',
  bulk: {
    selected_one: '{{count}} sessão selecionada',
    selected_other: '{{count}} sessões selecionadas',
    clear: 'Limpar a seleção',
    label: 'Progresso',
    progress: '{{done}} de {{all}} concluídas',
    failed_one: '{{count}} sessão falhou',
    failed_other: '{{count}} sessões falharam',
    confirm: {
      stop_one: 'Parar {{count}} sessão?',
      stop_other: 'Parar {{count}} sessões?',
      restart_one: 'Reiniciar {{count}} sessão?',
      restart_other: 'Reiniciar {{count}} sessões?',
      text: 'As mensagens que chegarem nesse meio-tempo serão recebidas depois.'
    }
  },
  more: 'Mais ações para {{session}}',
  wishOf: '{{wish}} {{session}}',
  deleting: 'Excluindo',
  trouble: 'Sem conexão: {{reason}}, {{at}}',
  nextAttempt: 'Próxima tentativa: {{at}}.',
  looping: 'A conexão está caindo desde {{at}}. As tentativas continuam, com menos frequência.',
  restriction: {
    title: 'O WhatsApp está restringindo esta conta',
    until: 'Ela não pode iniciar novas conversas até {{at}}. Ainda pode responder a quem escreveu para ela.',
    openEnd: 'Por enquanto, ela não pode iniciar novas conversas. Ainda pode responder a quem escreveu para ela.',
    newChats: 'Novas conversas: {{used}} de {{total}}',
    cycleEnd: 'Recomeça em {{at}}',
    label: 'Parcela usada das novas conversas'
  },
  refusal: {
    until: 'O WhatsApp recusa esta conta até {{at}}.',
    said: 'O WhatsApp diz: {{text}}',
    more: 'O que o WhatsApp diz sobre isso',
    restricted: 'A conta estava restrita quando o WhatsApp desconectou este dispositivo. Não se sabe quando a restrição termina.',
    restrictedUntil: 'A conta estava restrita até {{at}} quando o WhatsApp desconectou este dispositivo.',
    appeal: 'Análise oferecida pelo WhatsApp: {{at}}. O token dela está em status.appeal de GET /api/sessions/{{session}}.',
    causes: {
      'too-many-people': 'A conta escreveu para pessoas demais que não a têm como contato.',
      'blocked-by-many': 'Pessoas demais bloquearam a conta.',
      'too-many-groups': 'A conta criou grupos demais com pessoas que não a têm como contato.',
      'same-message': 'A conta enviou a mesma mensagem vezes demais.',
      'broadcast-list': 'A conta enviou mensagens demais a uma lista de transmissão.'
    }
  },
  states: {
    stopped: 'Parada',
    starting: 'Iniciando',
    connecting: 'Conectando',
    pairing: 'Pareando',
    open: 'Conectada',
    waiting: 'Reconectando',
    'logged-out': 'Desconectada',
    failed: 'Falhou'
  },
  desired: { running: 'Em execução', stopped: 'Parada', 'logged-out': 'Desconectada', deleted: 'Excluída' },
  wishes: { start: 'Iniciar', stop: 'Parar', restart: 'Reiniciar', logout: 'Desconectar', delete: 'Excluir' },
  confirm: {
    start: { title: 'Iniciar {{session}}?', text: 'A sessão se conecta ao WhatsApp.' },
    stop: {
      title: 'Parar {{session}}?',
      text: 'A conexão é encerrada. A sessão continua entre os dispositivos conectados da conta; as mensagens esperam no WhatsApp até que ela seja iniciada de novo.'
    },
    restart: {
      title: 'Reiniciar {{session}}?',
      text: 'A conexão é encerrada e aberta de novo. A sessão continua entre os dispositivos conectados da conta.'
    },
    logout: {
      title: 'Desconectar {{session}}?',
      text: 'O dispositivo é removido da conta. Para usar a sessão de novo, conecte-a novamente com o celular.'
    },
    delete: {
      title: 'Excluir {{session}}?',
      text: 'O dispositivo é removido da conta, e as credenciais, as configurações, os webhooks e os eventos passados da sessão são apagados.'
    }
  },
  facts: {
    linked: 'Conta',
    account: 'Número de telefone',
    name: 'Nome',
    platform: 'Plataforma',
    life: 'Sessão',
    connector: 'Connector',
    nobody: 'nenhum no momento',
    epoch: 'Época',
    desired: 'Estado desejado',
    created: 'Data de criação',
    lastInbound: 'Últimos dados do WhatsApp',
    lastMessage: 'Última mensagem recebida',
    clientVersion: 'Versão do WhatsApp Web',
    clientExpires: 'Aceita pelo WhatsApp até',
    unannounced: 'não anunciado',
    snapshots: 'Snapshots das credenciais',
    traffic: 'Tráfego',
    messagesIn: 'Mensagens recebidas',
    messagesOut: 'Mensagens enviadas',
    events: 'Eventos publicados',
    opens: 'Conexões abertas',
    reconnects: 'Reconexões'
  }
};
