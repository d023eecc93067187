import type { bringingTexts as english } from '../../bringing/bringing.texts.js';
import type { Translated } from '../translation.types.js';

export const spanishBringing: Translated<typeof english> = {
  tab: 'Importar',
  intro:
    'Traslada una sesión ya vinculada en otra pasarela, sin un código QR nuevo: la carpeta de Baileys, WAHA o Evolution API, o un archivo comprimido de ella. Las bases de datos se importan desde la línea de comandos.',
  stopped: 'La pasarela anterior está detenida y no volverá a iniciarse con esta sesión',
  drop: 'Suelta aquí la carpeta, o un zip o tar de ella',
  folder: 'Elegir una carpeta',
  file: 'Elegir un archivo',
  reading: 'Leyendo la sesión',
  sending: 'Enviando: {{percent}} %',
  storing: 'Comprobando y guardando',
  unreadable: 'Esto no se puede importar',
  done: 'Importados: {{records}} registros'
};
