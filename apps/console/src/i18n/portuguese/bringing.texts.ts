import type { bringingTexts as english } from '../../bringing/bringing.texts.js';
import type { Translated } from '../translation.types.js';

export const portugueseBringing: Translated<typeof english> = {
  tab: 'Importar',
  intro:
    'Assume uma sessão já conectada em outro gateway, sem um novo QR code: a pasta do Baileys, do WAHA ou da Evolution API, ou um arquivo compactado dela. Bancos de dados são importados pela linha de comando.',
  stopped: 'O gateway antigo está parado e não será mais iniciado com esta sessão',
  drop: 'Solte aqui a pasta, ou um zip ou tar dela',
  folder: 'Escolher uma pasta',
  file: 'Escolher um arquivo',
  reading: 'Lendo a sessão',
  sending: 'Enviando: {{percent}}%',
  storing: 'Verificando e salvando',
  unreadable: 'Não é possível importar isto',
  done: 'Importados: {{records}} registros'
};
