import type { tokenTexts as english } from '../../tokens/tokens.texts.js';
import type { Translated } from '../translation.types.js';

export const portugueseTokens: Translated<typeof english> = {
  about: 'Programas e pessoas usam tokens para acessar este edge. Os tokens do arquivo de tokens não aparecem aqui.',
  create: 'Novo token',
  createIt: 'Criar',
  none: 'Nenhum token foi criado aqui ainda',
  noneHint: 'Crie um para cada programa, só com as permissões de que ele precisa. Assim você pode revogar cada um separadamente.',
  name: 'Nome',
  nameHint: 'Para que ou para quem ele é.',
  scopes: 'Permissões',
  permits: {
    read: 'Ver sessões, eventos e conversas',
    send: 'Enviar mensagens e marcar conversas',
    control: 'Criar, conectar, parar e excluir sessões e gerenciar webhooks',
    admin: 'Tudo, inclusive tokens e connectors'
  },
  sessions: 'Sessões',
  allSessions: 'todas as sessões',
  life: 'Expira',
  forever: 'Nunca',
  days_one: 'Após {{count}} dia',
  days_other: 'Após {{count}} dias',
  created: 'criado por {{by}}: {{at}}',
  expires: 'expira: {{at}}',
  used: 'último uso: {{at}}',
  secretTitle: 'O token “{{name}}”',
  secretHint: 'Ele só é mostrado uma vez. Apenas o hash dele é armazenado.',
  revoke: 'Revogar',
  revokeOf: 'Revogar {{name}}',
  revokeTitle: 'Revogar “{{name}}”?',
  revokeText: 'A partir de agora ele é recusado, e as conexões abertas dele são encerradas.',
  revoked: '“{{name}}” foi revogado',
  logins: 'Navegadores com login ativo',
  loginsAbout: 'Um login pode fazer o que o token dele permite e termina junto com ele.',
  unknownBrowser: 'Navegador desconhecido',
  thisBrowser: 'este navegador',
  withToken: 'com o token {{name}}',
  loggedIn: 'desde {{at}}',
  logOut: 'Encerrar o login',
  logOutOf: 'Encerrar o login de {{name}}',
  loggedOut: 'O login de {{name}} foi encerrado'
};
