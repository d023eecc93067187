import type { QrFormat } from '@wabus/contracts';
import { toDataURL, toString as toText } from 'qrcode';

/** A QR text in one of the formats: the text itself, an SVG document, a PNG as a data URL, or coloured half blocks for a terminal. */
export async function renderQr(text: string, format: QrFormat): Promise<string> {
  switch (format) {
    case 'raw':
      return text;
    case 'svg':
      return toText(text, { type: 'svg' });
    case 'png':
      return toDataURL(text, { type: 'image/png', scale: 6 });
    case 'terminal':
      return toText(text, { type: 'terminal', small: true });
  }
}
