import type { loginTexts as english } from '../../login/login.texts.js';
import type { Translated } from '../translation.types.js';

export const spanishLogin: Translated<typeof english> = {
  title: 'Iniciar sesión en Wabus',
  subtitle: 'Cuentas de WhatsApp como bus de eventos',
  token: 'Token de acceso',
  tokenHint: 'La página no lo guarda: el navegador recibe un inicio de sesión en su lugar.',
  show: 'Mostrar u ocultar el token',
  remember: 'Mantener la sesión iniciada',
  rememberHint: 'Durante 30 días en este dispositivo. Si no, hasta que cierres el navegador, 12 horas como máximo.',
  submit: 'Iniciar sesión',
  where: '`npm start` muestra un enlace que inicia la sesión. Su token está en `.wabus/access-token`.',
  docs: 'Documentación HTTP',
  refused: 'El edge no reconoce este token o el token ha caducado.',
  codeRefused: 'Este enlace ya se usó o tiene más de 10 minutos. Entra con un token o vuelve a iniciar Wabus para obtener otro enlace.',
  ended: 'Tu sesión ha terminado: ha caducado, o se ha revocado la sesión o su token.'
};
