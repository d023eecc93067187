import { setTimeout as delay } from 'node:timers/promises';
import type { CommandOutcome, ErrorBody } from '@wabus/contracts';
import type { WabusFixture } from '../../wabus.fixture.js';
import type { Random } from '../seeded-random.js';
import type { Player } from './rehearsal-cast.js';
import type { Expected, Rehearsed } from './rehearsal.checker.js';

/** Meta's assistant, which writes to accounts. */
const BOT = '13135550002@bot';
/** The ways in which streams end, and the names that Wabus gives them. */
const CUTS = [
  { how: 'reset', reasons: ['connection-closed', 'connection-lost', 'connection-failed'] },
  { how: 'close', reasons: ['connection-closed', 'connection-lost', 'connection-failed'] },
  { how: 'stream-error', code: 503, reasons: ['unavailable', 'connection-closed'] },
  { how: 'stream-error', code: 515, reasons: ['restart-required'] }
] as const;

type Step = (n: number) => Promise<void>;

/** The traffic of one session in a rehearsal: one step after another, at random intervals. */
export class RehearsalTraffic {
  readonly written: Expected[] = [];
  readonly sent: Expected[] = [];
  readonly refusals: Rehearsed['refusals'][number][] = [];
  readonly provoked = new Set<string>();
  private stopping = false;

  constructor(
    private readonly wabus: WabusFixture,
    readonly player: Player,
    private readonly random: Random
  ) {}

  /** Resolves once `stop` was called and the step in progress has ended. */
  async run(everyMs: number): Promise<void> {
    const steps = this.steps();
    for (let n = 1; !this.stopping; n++) {
      await steps[Math.floor(this.random() * steps.length)]!(n);
      await delay(everyMs * (0.5 + this.random()));
    }
  }

  stop(): void {
    this.stopping = true;
  }

  /** Makes the contact write first, as customers do, so that the account did not begin the chat. */
  open(): Promise<void> {
    return this.write(-1);
  }

  /** Writes the messages that nothing may delay: last, so that they follow all others. */
  async close(): Promise<void> {
    await this.write(0);
  }

  private steps(): Step[] {
    const { kind, group } = this.player;
    const common: Step[] = [
      n => this.write(n),
      n => this.write(n),
      n => this.answer(n),
      n => this.answer(n),
      () => this.look(),
      () => this.cut()
    ];
    const inGroup: Step[] = group === null ? [] : [n => this.writeToGroup(n, group), n => this.answerGroup(n, group)];
    switch (kind) {
      case 'status-posts':
        return [...common, n => this.post(n), n => this.post(n)];
      case 'bot':
        return [...common, n => this.botWrites(n)];
      case 'forgetful-contact':
        return [...common, ...inGroup, () => this.forget()];
      case 'plain':
        return [...common, n => this.change(n)];
      case 'time-locked':
      case 'near-quota':
        return [...common, n => this.addressStranger(n)];
      case 'by-number':
      case 'migrating':
      case 'hidden-contact':
      case 'group':
      case 'hosted-device':
      case 'outdated':
      case 'banned':
      case 'locked':
        return [...common, ...inGroup];
    }
  }

  private get control(): WabusFixture['control'] {
    return this.wabus.control;
  }

  private async write(n: number): Promise<void> {
    const { contact, account, session } = this.player;
    const text = `rehearsal ${session} in ${n}`;
    await this.control.sendMessage({ from: contact.phoneNumber, to: account.phoneNumber, message: { conversation: text } });
    this.written.push({ who: session, text });
  }

  private async writeToGroup(n: number, groupJid: string): Promise<void> {
    const { contact, session } = this.player;
    const text = `rehearsal ${session} group ${n}`;
    await this.control.sendGroupMessage({ from: contact.phoneNumber, groupJid, message: { conversation: text } });
    this.written.push({ who: session, text });
  }

  /** Writes a status post; every third one cannot be read. */
  private async post(n: number): Promise<void> {
    const { contact, account, session } = this.player;
    const text = `rehearsal ${session} post ${n}`;
    await this.control.sendMessage({ from: contact.phoneNumber, to: account.phoneNumber, message: { conversation: text }, status: true });
    this.written.push({ who: session, text });
    if (n % 3 !== 0) return;
    const attrs = {
      from: 'status@broadcast',
      participant: contact.pnJid,
      type: 'text',
      id: `UNREADABLE${session}${n}`,
      notify: contact.name
    };
    await this.control.sendStanza({ phoneNumber: account.phoneNumber, stanza: { tag: 'status', attrs, content: [noise('msg')] } });
  }

  /** Sends an answer of a bot in a form that the current Baileys cannot read. */
  private async botWrites(n: number): Promise<void> {
    const { account, session } = this.player;
    const attrs = { from: BOT, type: 'text', id: `BOT${session}${n}`, notify: 'Meta AI' };
    await this.control.sendStanza({ phoneNumber: account.phoneNumber, stanza: { tag: 'message', attrs, content: [noise('msmsg')] } });
  }

  private async forget(): Promise<void> {
    const what = this.random() < 0.5 ? 'sessions' : 'sender-keys';
    await this.control.forgetSessions({ phoneNumber: this.player.contact.phoneNumber, what });
  }

  private async answer(n: number): Promise<void> {
    const { contact, session, kind } = this.player;
    const text = `rehearsal ${session} out ${n}`;
    const jid = kind === 'hidden-contact' ? contact.lidJid : contact.pnJid;
    if (await this.command('sendMessage', { jid, content: { text } })) this.sent.push({ who: contact.phoneNumber, text });
  }

  /** Begins a new chat, which WhatsApp may refuse; the refusal must have a name. */
  private async addressStranger(n: number): Promise<void> {
    const text = `rehearsal ${this.player.session} stranger ${n}`;
    const stranger = await this.control.createAccount({ name: `Stranger ${n}` });
    if (await this.command('sendMessage', { jid: stranger.pnJid, content: { text } }))
      await this.control.received({ phoneNumber: stranger.phoneNumber, atLeast: 1, waitMs: 5_000 });
  }

  private async answerGroup(n: number, jid: string): Promise<void> {
    const text = `rehearsal ${this.player.session} to group ${n}`;
    if (await this.command('sendMessage', { jid, content: { text } })) this.sent.push({ who: this.player.contact.phoneNumber, text });
  }

  /** Sends queries and small changes, as an application does. */
  private async look(): Promise<void> {
    const { contact, kind } = this.player;
    const jid = kind === 'hidden-contact' ? contact.lidJid : contact.pnJid;
    const questions: [string, object][] = [
      ['sendPresenceUpdate', { type: 'composing', toJid: jid }],
      ['fetchStatus', { jids: [jid] }],
      ['onWhatsApp', { phoneNumbers: [`+${contact.phoneNumber}`, '+15559999999'] }],
      ['profilePictureUrl', { jid }],
      ['updateBlockStatus', { jid, action: 'unblock' }]
    ];
    await this.command(...questions[Math.floor(this.random() * questions.length)]!);
  }

  /** Makes changes that the service expects in another form than a year ago. */
  private async change(n: number): Promise<void> {
    const { contact, session } = this.player;
    const changes: [string, object][] = [
      ['updateProfileStatus', { status: `About ${session}, ${n}`, duration: 3_600, emoji: '⛵' }],
      ['groupCreate', { subject: `Made by ${session}`, participants: [contact.lidJid] }],
      ['updateBlockStatus', { jid: contact.lidJid, action: 'unblock' }],
      ['newsletterCreate', { name: `News of ${session}`, description: 'What is new' }]
    ];
    await this.command(...changes[Math.floor(this.random() * changes.length)]!);
  }

  private async cut(): Promise<void> {
    const cut = CUTS[Math.floor(this.random() * CUTS.length)]!;
    for (const reason of cut.reasons) this.provoked.add(reason);
    const { phoneNumber } = this.player.account;
    await this.control.disconnect({ phoneNumber, how: cut.how, ...('code' in cut ? { code: cut.code } : {}) });
  }

  /** Runs a command and resolves with whether it succeeded. A refusal must have a name, and a code if WhatsApp refused. */
  private async command(command: string, args: object): Promise<boolean> {
    const { session } = this.player;
    const { body } = await this.wabus.edge.post<CommandOutcome | ErrorBody>(`/api/sessions/${session}/commands/${command}`, { args });
    if ('ok' in body && body.ok) return true;
    const error = 'ok' in body ? body.error : body;
    const statusCode = error.details?.['statusCode'];
    const named = error.code !== 'INTERNAL' && (error.code !== 'REFUSED_BY_WHATSAPP' || typeof statusCode === 'number');
    this.refusals.push({ session, command, code: error.code, named });
    return false;
  }
}

function noise(type: string): { tag: string; attrs: Record<string, string>; content: { base64: string } } {
  return { tag: 'enc', attrs: { v: '2', type }, content: { base64: Buffer.from('nobody can read this').toString('base64') } };
}
