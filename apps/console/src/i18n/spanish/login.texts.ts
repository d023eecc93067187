import type { loginTexts as english } from '../../login/login.texts.js';
import type { Translated } from '../translation.types.js';

export const spanishLogin: Translated<typeof english> = {
  title: 'Iniciar sesión en Wabus',
  subtitle: 'Cuentas de WhatsApp como bus de eventos',
  token: 'Token de acceso',
  tokenHint: 'Solo se guarda en esta pestaña, hasta que se cierre.',
  show: 'Mostrar u ocultar el token',
  submit: 'Iniciar sesión',
  checking: 'Comprobando el token',
  where: 'Con <code>npm start</code>, el primer token está en <code>.wabus/access-token</code>.',
  docs: 'Documentación HTTP',
  refused: 'El edge no reconoce este token o el token ha caducado.',
  ended: 'El token ya no es válido: se revocó o ha caducado. Inicia sesión con otro.'
};
