// A Nest service that answers messages, directly over NATS. If it is killed, the next process continues where it stopped, and nobody gets an answer twice.
import 'reflect-metadata';
import { Controller, Inject, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx } from '@nestjs/microservices';
import { isIncoming, WabusCommands, WabusEvent, WabusEventContext, WabusEventServer, WabusModule } from '@wabus/nest';

@Controller()
class AnswersController {
  constructor(@Inject(WabusCommands) private readonly wabus: WabusCommands) {}

  /** The messages of a chat arrive one after another, those of different chats concurrently. */
  @WabusEvent('messages.upsert')
  async answer(@Ctx() event: WabusEventContext<'messages.upsert'>): Promise<void> {
    if (!isIncoming(event.envelope)) return;
    const [message] = event.data.messages;
    const text = message?.message?.conversation;
    if (typeof text !== 'string' || !message?.key.remoteJid) return;
    console.log('working', event.id, text);
    await lookUp();
    // The key is the same when the event is delivered again, so the answer is sent once.
    await this.wabus
      .session(event.session)
      .sendMessage(message.key.remoteJid, { text: `You wrote: ${text}` }, { idempotencyKey: event.idempotencyKey() });
    console.log('answered', event.id, text);
  }
}

/** Stands for your database, or for another service. */
function lookUp(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, Number(process.env['WORK_MS'] ?? 0)));
}

@Module({
  imports: [
    WabusModule.forRoot({
      servers: process.env['WABUS_NATS_URL'] ?? 'nats://127.0.0.1:4222',
      // A user of its own with permission to send commands: see "A user for each service" in docs/security.md.
      user: process.env['WABUS_NATS_USER'] ?? 'answers',
      password: process.env['WABUS_NATS_PASSWORD'],
      // After this time, the events of a killed process are delivered to another one.
      ackWaitMs: Number(process.env['ACK_WAIT_MS'] ?? 10_000)
    })
  ],
  controllers: [AnswersController]
})
class AppModule {}

const app = await NestFactory.createMicroservice(AppModule, {
  useFactory: (strategy: WabusEventServer) => ({ strategy }),
  inject: [WabusEventServer]
});
// On SIGTERM, the service finishes the events that it is handling, and returns the rest to NATS.
app.enableShutdownHooks();
await app.listen();
console.log('listening');
