import type { loginTexts as english } from '../../login/login.texts.js';
import type { Translated } from '../translation.types.js';

export const portugueseLogin: Translated<typeof english> = {
  title: 'Entrar no Wabus',
  subtitle: 'Contas do WhatsApp como um barramento de eventos',
  token: 'Token de acesso',
  tokenHint: 'A página não o guarda: o navegador recebe um login no lugar dele.',
  show: 'Mostrar ou ocultar o token',
  remember: 'Manter conectado',
  rememberHint: 'Por 30 dias neste dispositivo. Caso contrário, até você fechar o navegador, no máximo 12 horas.',
  submit: 'Entrar',
  where: '`npm start` mostra um link que faz o login. O token dele fica em `.wabus/access-token`.',
  docs: 'Documentação HTTP',
  refused: 'O edge não reconhece este token, ou ele expirou.',
  codeRefused: 'Este link já foi usado ou tem mais de 10 minutos. Entre com um token ou inicie o Wabus de novo para receber outro link.',
  ended: 'Seu login terminou: expirou, ou o login ou o token dele foi revogado.'
};
