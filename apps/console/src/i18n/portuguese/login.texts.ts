import type { loginTexts as english } from '../../login/login.texts.js';
import type { Translated } from '../translation.types.js';

export const portugueseLogin: Translated<typeof english> = {
  title: 'Entrar no Wabus',
  subtitle: 'Contas do WhatsApp como um barramento de eventos',
  token: 'Token de acesso',
  tokenHint: 'Fica guardado só nesta aba, até você fechá-la.',
  show: 'Mostrar ou ocultar o token',
  submit: 'Entrar',
  checking: 'Verificando o token',
  where: 'Com <code>npm start</code>, o primeiro token fica em <code>.wabus/access-token</code>.',
  docs: 'Documentação HTTP',
  refused: 'O edge não reconhece este token, ou ele expirou.',
  ended: 'O token não é mais válido: foi revogado ou expirou. Entre com outro.'
};
