import type { tokenTexts as english } from '../../tokens/tokens.texts.js';
import type { Translated } from '../translation.types.js';

export const spanishTokens: Translated<typeof english> = {
  about: 'Los programas y las personas usan tokens para acceder a este edge. Los tokens del archivo de tokens no aparecen aquí.',
  create: 'Nuevo token',
  createIt: 'Crear',
  none: 'Aún no se ha creado ningún token aquí',
  noneHint: 'Crea uno para cada programa, solo con los permisos que necesita. Así puedes revocar cada uno por separado.',
  name: 'Nombre',
  nameHint: 'Para qué o para quién es.',
  scopes: 'Permisos',
  permits: {
    read: 'Ver sesiones, eventos y chats',
    send: 'Enviar mensajes y marcar chats',
    control: 'Crear, vincular, detener y eliminar sesiones, y gestionar webhooks',
    admin: 'Todo, incluidos los tokens y los connectors'
  },
  sessions: 'Sesiones',
  allSessions: 'todas las sesiones',
  life: 'Caduca',
  forever: 'Nunca',
  days_one: 'Después de {{count}} día',
  days_other: 'Después de {{count}} días',
  created: 'creado: {{at}}, por {{by}}',
  expires: 'caduca: {{at}}',
  used: 'último uso: {{at}}',
  secretTitle: 'El token «{{name}}»',
  secretHint: 'Se muestra una sola vez. Solo se guarda su hash.',
  revoke: 'Revocar',
  revokeOf: 'Revocar {{name}}',
  revokeTitle: '¿Revocar «{{name}}»?',
  revokeText: 'A partir de ahora se rechaza y se cierran sus conexiones abiertas.',
  revoked: '«{{name}}» se revocó',
  logins: 'Navegadores con la sesión iniciada',
  loginsAbout: 'Un inicio de sesión puede hacer lo que permite su token y termina con él.',
  unknownBrowser: 'Navegador desconocido',
  thisBrowser: 'este navegador',
  withToken: 'con el token {{name}}',
  loggedIn: 'desde {{at}}',
  logOut: 'Cerrar sesión',
  logOutOf: 'Cerrar la sesión de {{name}}',
  loggedOut: 'Se cerró la sesión de {{name}}'
};
