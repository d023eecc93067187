import type { pairingTexts as english } from '../../pairing/pairing.texts.js';
import type { Translated } from '../translation.types.js';

const SCAN_AGAIN = 'Escanea el nuevo código QR para volver a intentarlo.';

export const spanishPairing: Translated<typeof english> = {
  title: 'Vincular un teléfono',
  byQr: 'Código QR',
  byCode: 'Código de vinculación',
  steps: 'En el teléfono: WhatsApp, Ajustes, Dispositivos vinculados, Vincular dispositivo. Después apunta la cámara aquí.',
  codeSteps:
    'En el teléfono: WhatsApp, Ajustes, Dispositivos vinculados, Vincular dispositivo, Vincular con el número de teléfono. Después escribe el código.',
  qrAlt: 'Código QR para vincular {{session}}',
  validFor: 'Válido durante {{seconds}} s; el siguiente aparece automáticamente',
  attempt: 'Código {{attempt}}',
  wait: 'Esperando un código de WhatsApp',
  phone: 'Número de teléfono de la cuenta',
  phoneHint: 'Con el código de país',
  askCode: 'Obtener un código',
  codeLabel: 'Código de vinculación',
  issued: 'Emitido: {{at}}',
  another: 'Otro número',
  notYours: 'Este token no puede ver los códigos que vinculan una cuenta: le falta el permiso «control».',
  linked: 'Vinculado a {{account}}',
  passkey: {
    asked: 'WhatsApp pide la llave de acceso de esta cuenta',
    why: 'Solo una página de WhatsApp puede usar la llave de acceso, en un navegador que la tenga o cerca de un teléfono que la tenga.',
    left: 'Quedan {{minutes}}:{{seconds}}',
    byExtension: 'Con la extensión del navegador',
    extensionSteps:
      'Haz clic en el icono de la extensión con esta página abierta y presiona Start. También puedes copiar en ella esta dirección de un solo uso, aquí o en otro equipo.',
    address: 'Dirección de un solo uso',
    addressHint: 'Quien la tenga puede terminar o cancelar esta vinculación, y nada más.',
    byDevTools: 'Con las herramientas de desarrollo',
    openWhatsApp: 'Abrir web.whatsapp.com',
    openHint: 'En este navegador, en una pestaña nueva. No hace falta iniciar sesión allí.',
    paste:
      'Presiona F12, elige la pestaña «Consola», pega esta línea y presiona Enter. Si el navegador lo pide, escribe antes «allow pasting».',
    line: 'Línea para la consola',
    answer: 'Lo que mostró la línea',
    answerHint: 'Empieza por {"id": y ya está copiado: pégalo aquí.',
    notTheAnswer: 'Este no es el texto que mostró la línea. Empieza por {"id": y termina en }}.',
    send: 'Enviar a WhatsApp',
    sending: 'Enviando la firma a WhatsApp',
    phone: 'Continúa en el teléfono',
    phoneHint: 'WhatsApp tiene la firma. El teléfono pregunta si quieres continuar.',
    compare: '¿El teléfono muestra este código?',
    compareHint: 'Si muestra otro, puede que alguien más esté vinculando un dispositivo.',
    codeLabel: 'Código para comparar',
    equal: 'Son iguales',
    differs: 'Son distintos',
    finishing: 'El teléfono está vinculando el dispositivo',
    cancel: 'Cancelar la vinculación',
    failed: 'La vinculación con llave de acceso falló',
    refusal: 'WhatsApp respondió con el código {{statusCode}}.',
    failures: {
      'no-options': { happened: 'WhatsApp pidió la llave de acceso, pero no indicó qué firmar.', remedy: SCAN_AGAIN },
      refused: {
        happened: 'WhatsApp rechazó la vinculación.',
        remedy: 'Escanea el nuevo código QR para volver a intentarlo. Tras varios fallos, espera una hora: WhatsApp limita los intentos.'
      },
      'no-answer': { happened: 'WhatsApp no respondió a tiempo.', remedy: SCAN_AGAIN },
      'phone-did-not-continue': {
        happened: 'WhatsApp aceptó la llave de acceso, pero el teléfono no continuó.',
        remedy:
          'Busca una pregunta en el teléfono. Quita un dispositivo vinculado si la cuenta llegó a su límite, espera una hora y escanea el nuevo código QR.'
      },
      'invalid-answer': { happened: 'El teléfono envió una respuesta no válida.', remedy: SCAN_AGAIN },
      'code-differs': {
        happened: 'Los códigos son distintos, así que no se vinculó nada.',
        remedy:
          'Puede que alguien más esté vinculando un dispositivo. Revisa los dispositivos vinculados en el teléfono y escanea el nuevo código QR.'
      },
      'not-finished': { happened: 'El teléfono no terminó la vinculación a tiempo.', remedy: SCAN_AGAIN },
      'connection-lost': { happened: 'Se perdió la conexión con WhatsApp.', remedy: SCAN_AGAIN }
    }
  }
};
