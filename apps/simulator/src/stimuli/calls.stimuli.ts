import { randomBytes } from 'node:crypto';
import { element } from '../stanza/stanza.js';
import { provokedBy } from './stimulus.builder.js';

/** Calls. */
export const callStimuli = {
  call: provokedBy(
    'the contact rings with video and gives up: an offer, then a timeout, which also leaves a missed-call message',
    ({ world, account, contact }) => {
      const from = contact.jid(world.settings.addressing);
      const call = { 'call-id': randomBytes(16).toString('hex').toUpperCase(), 'call-creator': from };
      const offer = element('offer', { ...call, caller_pn: contact.jid('pn') }, [element('video', { enc: 'vp8' })]);
      world.deliverToAll(account, element('call', { from, notify: contact.name }, [offer]));
      world.deliverToAll(account, element('call', { from }, [element('terminate', { ...call, reason: 'timeout' })]));
      return `the call is ${call['call-id']}`;
    }
  )
};
