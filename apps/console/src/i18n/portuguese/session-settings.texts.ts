import type { sessionSettingTexts as english } from '../../session-settings/session-settings.texts.js';
import type { Translated } from '../translation.types.js';

export const portugueseSessionSettings: Translated<typeof english> = {
  overview: 'Visão geral',
  title: 'Configurações',
  readOnly: 'Este token pode ler as configurações, mas não alterá-las: falta a permissão “control”.',
  saved: 'Configurações salvas',
  due: 'Algumas alterações valem a partir da próxima conexão',
  dueHint: 'A versão e o nome do aparelho valem quando a sessão se conectar de novo.',
  restart: 'Reiniciar agora',
  connection: 'Conexão',
  ofConnector: 'Igual à do connector',
  proxy: 'Endereço do proxy',
  proxyHint:
    'Começa com http://, https:// ou socks5://. Vazio: o proxy do connector, se houver. Uma sessão em execução se reconecta na hora.',
  proxyUser: 'Usuário do proxy',
  proxyUserHint: 'Se o proxy exigir. Com um endereço novo, informe de novo.',
  proxyPassword: 'Senha do proxy',
  proxyPasswordHint: 'É guardada criptografada e nunca é mostrada. Com usuário e senha vazios, nada muda.',
  showPassword: 'Mostrar ou ocultar a senha',
  stored: 'Guardado, não é mostrado',
  version: 'Versão do WhatsApp Web',
  versionHint: 'Três números, como 2.3000.1027934701. O WhatsApp recusa versões desconhecidas. Vale a partir da próxima conexão.',
  identity: 'Dispositivo conectado',
  os: 'Nome no celular',
  osHint: 'O celular o recebe ao conectar a sessão.',
  browser: 'Navegador',
  browserHint: 'O WhatsApp mostra o ícone dele.',
  browserVersion: 'Versão do navegador',
  browserVersionHint: 'Qualquer texto de até 64 caracteres.',
  other: 'Chaves de acesso e conversas',
  passkeyCode: 'Código ao conectar com chave de acesso',
  passkeyCodeHint: 'Quando alguém precisa compará-lo com o celular. Vale a partir da próxima vez que conectar.',
  codeRules: { auto: 'Comparar quando o WhatsApp exigir', always: 'Comparar sempre' },
  ignore: 'Conversas ignoradas',
  ignoreHint: 'As mensagens são confirmadas, mas não descriptografadas, e não geram eventos. Vale na hora.',
  kinds: { status: 'Publicações de status', groups: 'Grupos e comunidades', channels: 'Canais', broadcasts: 'Listas de transmissão' }
};
