import type { BaileysEventMap } from '@whiskeysockets/baileys';
import type { Stimulus } from './stimulus.js';
import { accountStimuli, callStimuli, connectionStimuli } from './account.stimuli.js';
import { chatStimuli, labelStimuli } from './chats.stimuli.js';
import { contactStimuli } from './contacts.stimuli.js';
import { groupStimuli } from './groups.stimuli.js';
import { historyStimuli } from './history.stimuli.js';
import { messageStimuli } from './messages.stimuli.js';
import { newsletterStimuli } from './newsletters.stimuli.js';

/**
 * One way to provoke each event of the installed Baileys on every linked device of an account. `provoke` resolves once the stanzas are queued; the
 * event follows. If a Baileys version adds an event, this table no longer compiles.
 */
export const stimuli = {
  ...connectionStimuli,
  ...historyStimuli,
  ...chatStimuli,
  ...contactStimuli,
  ...messageStimuli,
  ...groupStimuli,
  ...accountStimuli,
  ...labelStimuli,
  ...callStimuli,
  ...newsletterStimuli
} satisfies Record<keyof BaileysEventMap, Stimulus>;
