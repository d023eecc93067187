export const bringingTexts = {
  tab: 'Import',
  intro:
    'Takes over a session that is linked in another gateway, without a new QR code: the folder of Baileys, WAHA or Evolution API, or an archive of it. Databases are imported on the command line.',
  stopped: 'The old gateway is stopped, and will not be started with this session again',
  drop: 'Drop the folder, or a zip or tar of it, here',
  folder: 'Choose a folder',
  file: 'Choose a file',
  reading: 'Reading the session',
  sending: 'Uploading: {{percent}}%',
  storing: 'Checking and storing it',
  unreadable: 'This cannot be imported',
  done: 'Imported: {{records}} records'
};
