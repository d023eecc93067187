import type { pairingTexts as english } from '../../pairing/pairing.texts.js';
import type { Translated } from '../translation.types.js';

const SCAN_AGAIN = 'Escaneie o novo QR code para tentar de novo.';

export const portuguesePairing: Translated<typeof english> = {
  title: 'Conectar um celular',
  byQr: 'QR code',
  byCode: 'Código de conexão',
  steps: 'No celular: WhatsApp, Configurações, Dispositivos conectados, Conectar dispositivo. Depois aponte a câmera para cá.',
  codeSteps:
    'No celular: WhatsApp, Configurações, Dispositivos conectados, Conectar dispositivo, Conectar com número de telefone. Depois digite o código.',
  qrAlt: 'QR code para conectar {{session}}',
  validFor: 'Válido por {{seconds}} s; o próximo aparece automaticamente',
  attempt: 'Código {{attempt}}',
  wait: 'Aguardando um código do WhatsApp',
  phone: 'Número de telefone da conta',
  phoneHint: 'Com código do país',
  askCode: 'Obter um código',
  codeLabel: 'Código de conexão',
  issued: 'Emitido às {{at}}',
  another: 'Outro número',
  notYours: 'Este token não pode ver códigos que conectam uma conta: falta a permissão “control”.',
  linked: 'Conectado a {{account}}',
  passkey: {
    asked: 'O WhatsApp pede a chave de acesso desta conta',
    why: 'Só uma página do WhatsApp pode usar a chave de acesso, em um navegador que a tenha ou perto de um celular que a tenha.',
    left: 'Restam {{minutes}}:{{seconds}}',
    byExtension: 'Com a extensão do navegador',
    extensionSteps:
      'Clique no ícone da extensão com esta página aberta e depois em Start. Você também pode copiar este endereço de uso único para ela, aqui ou em outro computador.',
    address: 'Endereço de uso único',
    addressHint: 'Quem o tiver pode concluir ou cancelar esta conexão, e nada mais.',
    byDevTools: 'Com as ferramentas do desenvolvedor',
    openWhatsApp: 'Abrir web.whatsapp.com',
    openHint: 'Neste navegador, em uma nova aba. Não é preciso entrar lá.',
    paste: 'Pressione F12, escolha a aba “Console”, cole esta linha e pressione Enter. Se o navegador pedir, digite “allow pasting” antes.',
    line: 'Linha para o console',
    answer: 'O que a linha mostrou',
    answerHint: 'Começa com {"id": e já foi copiado: cole aqui.',
    notTheAnswer: 'Este não é o texto que a linha mostrou. Ele começa com {"id": e termina com }}.',
    send: 'Enviar ao WhatsApp',
    sending: 'Enviando a assinatura ao WhatsApp',
    phone: 'Continue no celular',
    phoneHint: 'O WhatsApp recebeu a assinatura. O celular pergunta se deve continuar.',
    compare: 'O celular mostra este código?',
    compareHint: 'Se mostrar outro, outra pessoa pode estar conectando um dispositivo.',
    codeLabel: 'Código para comparar',
    equal: 'São iguais',
    differs: 'São diferentes',
    finishing: 'O celular está conectando o dispositivo',
    cancel: 'Cancelar a conexão',
    failed: 'A conexão por chave de acesso falhou',
    refusal: 'O WhatsApp respondeu com o código {{statusCode}}.',
    failures: {
      'no-options': { happened: 'O WhatsApp pediu a chave de acesso, mas não disse o que assinar.', remedy: SCAN_AGAIN },
      refused: {
        happened: 'O WhatsApp recusou a conexão.',
        remedy: 'Escaneie o novo QR code para tentar de novo. Depois de várias falhas, espere uma hora: o WhatsApp limita as tentativas.'
      },
      'no-answer': { happened: 'O WhatsApp não respondeu a tempo.', remedy: SCAN_AGAIN },
      'phone-did-not-continue': {
        happened: 'O WhatsApp aceitou a chave de acesso, mas o celular não continuou.',
        remedy:
          'Veja se há uma pergunta no celular. Remova um dispositivo conectado se a conta atingiu o limite, espere uma hora e escaneie o novo QR code.'
      },
      'invalid-answer': { happened: 'O celular enviou uma resposta inválida.', remedy: SCAN_AGAIN },
      'code-differs': {
        happened: 'Os códigos são diferentes, então nada foi conectado.',
        remedy:
          'Outra pessoa pode estar conectando um dispositivo. No celular, confira os dispositivos conectados e depois escaneie o novo QR code.'
      },
      'not-finished': { happened: 'O celular não concluiu a conexão a tempo.', remedy: SCAN_AGAIN },
      'connection-lost': { happened: 'A conexão com o WhatsApp caiu.', remedy: SCAN_AGAIN }
    }
  }
};
