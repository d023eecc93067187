import type { sessionSettingTexts as english } from '../../session-settings/session-settings.texts.js';
import type { Translated } from '../translation.types.js';

export const spanishSessionSettings: Translated<typeof english> = {
  overview: 'Resumen',
  title: 'Ajustes',
  readOnly: 'Este token puede leer los ajustes, pero no cambiarlos: le falta el permiso «control».',
  saved: 'Ajustes guardados',
  due: 'Algunos cambios se aplican en la próxima conexión',
  dueHint: 'La versión y el nombre del dispositivo se aplican cuando la sesión vuelve a conectarse.',
  restart: 'Reiniciar ahora',
  connection: 'Conexión',
  ofConnector: 'Igual que el connector',
  proxy: 'Dirección del proxy',
  proxyHint:
    'Empieza por http://, https:// o socks5://. Vacío: el proxy del connector, si tiene uno. Una sesión en marcha se reconecta de inmediato.',
  proxyUser: 'Usuario del proxy',
  proxyUserHint: 'Si el proxy lo exige. Con una dirección nueva hay que volver a escribirlo.',
  proxyPassword: 'Contraseña del proxy',
  proxyPasswordHint: 'Se guarda cifrada y nunca se muestra. Si el usuario y la contraseña quedan vacíos, no cambian.',
  showPassword: 'Mostrar u ocultar la contraseña',
  stored: 'Guardado, no se muestra',
  version: 'Versión de WhatsApp Web',
  versionHint: 'Tres números, como 2.3000.1027934701. WhatsApp rechaza las versiones desconocidas. Se aplica en la próxima conexión.',
  identity: 'Dispositivo vinculado',
  os: 'Nombre en el teléfono',
  osHint: 'El teléfono lo recibe al vincular la sesión.',
  browser: 'Navegador',
  browserHint: 'WhatsApp muestra su icono.',
  browserVersion: 'Versión del navegador',
  browserVersionHint: 'Cualquier texto de hasta 64 caracteres.',
  other: 'Llaves de acceso y chats',
  passkeyCode: 'Código al vincular con llave de acceso',
  passkeyCodeHint: 'Cuándo debe compararlo una persona con el teléfono. Se aplica en la próxima vinculación.',
  codeRules: { auto: 'Comparar cuando WhatsApp lo exige', always: 'Comparar siempre' },
  ignore: 'Chats que se ignoran',
  ignoreHint: 'Sus mensajes se confirman, pero no se descifran ni generan eventos. Se aplica de inmediato.',
  kinds: { status: 'Estados', groups: 'Grupos y comunidades', channels: 'Canales', broadcasts: 'Listas de difusión' }
};
