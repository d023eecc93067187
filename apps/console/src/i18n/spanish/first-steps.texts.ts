import type { firstStepTexts as english } from '../../first-steps/first-steps.texts.js';
import type { Translated } from '../translation.types.js';

export const spanishFirstSteps: Translated<typeof english> = {
  title: 'Primeros pasos',
  about: '{{done}} de {{all}} completados. Pon tu token de acceso en la variable TOKEN.',
  done: 'Hecho',
  open: 'Pendiente',
  steps: {
    link: {
      title: 'Vincula un teléfono',
      text: 'Crea una sesión y escanea su código QR con WhatsApp: Ajustes, Dispositivos vinculados.'
    },
    send: { title: 'Envía un mensaje', text: 'Desde la página Chats o con un comando. Este escribe a tu propia cuenta:' },
    connect: {
      title: 'Conecta un programa',
      text: 'Crea un token para él en la página Tokens. Este programa muestra cada mensaje:'
    },
    webhook: {
      title: 'Añade un webhook',
      text: 'En la página Webhooks o con un comando. Wabus enviará entonces los mensajes a tu dirección:'
    }
  },
  toChats: 'Chats',
  toTokens: 'Tokens',
  toWebhooks: 'Webhooks',
  docs: 'Documentación HTTP'
};
