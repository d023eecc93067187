import type { firstStepTexts as english } from '../../first-steps/first-steps.texts.js';
import type { Translated } from '../translation.types.js';

export const portugueseFirstSteps: Translated<typeof english> = {
  title: 'Primeiros passos',
  about: '{{done}} de {{all}} concluídos. Coloque seu token de acesso na variável TOKEN.',
  done: 'Concluído',
  open: 'A fazer',
  steps: {
    link: {
      title: 'Conectar um celular',
      text: 'Crie uma sessão e escaneie o QR code dela com o WhatsApp: Configurações, Dispositivos conectados.'
    },
    send: { title: 'Enviar uma mensagem', text: 'Na página Conversas ou com um comando. Este escreve para a sua própria conta:' },
    connect: {
      title: 'Conectar um programa',
      text: 'Crie um token para ele na página Tokens. Este programa mostra cada mensagem:'
    },
    webhook: {
      title: 'Adicionar um webhook',
      text: 'Na página Webhooks ou com um comando. O Wabus passa a enviar as mensagens para o seu endereço:'
    }
  },
  toChats: 'Conversas',
  toTokens: 'Tokens',
  toWebhooks: 'Webhooks',
  docs: 'Documentação HTTP'
};
