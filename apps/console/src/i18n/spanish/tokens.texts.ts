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
    read: 'ver sesiones, eventos y chats',
    send: 'enviar mensajes y marcar chats',
    control: 'crear, vincular, detener y eliminar sesiones, y gestionar webhooks',
    admin: 'todo, incluidos los tokens y los connectors'
  },
  sessions: 'Sesiones',
  allSessions: 'todas las sesiones',
  life: 'Válido durante',
  forever: 'no caduca',
  days_one: '{{count}} día',
  days_other: '{{count}} días',
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
  loggedIn: 'desde: {{at}}',
  logOut: 'Cerrar sesión',
  logOutOf: 'Cerrar la sesión de {{name}}',
  loggedOut: 'Se cerró la sesión de {{name}}'
};
