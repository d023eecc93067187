import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { createTempFolder } from '../temp-folder.js';
import { makeCertificates } from './certificate-maker.js';

test('OpenSSL accepts certificates of every length', () => {
  const folder = createTempFolder('certificates');
  try {
    // A signature is 70 to 72 bytes long at random: one in four certificates fills its last line.
    for (let i = 0; i < 60; i++) {
      const { caFile, certFile, keyFile } = makeCertificates(folder.path);
      expect(() =>
        createSecureContext({ ca: readFileSync(caFile), cert: readFileSync(certFile), key: readFileSync(keyFile) })
      ).not.toThrow();
    }
  } finally {
    folder.remove();
  }
});
