import { JetStreamApiError } from '@nats-io/jetstream';
import { errors } from '@nats-io/transport-node';
import { WabusError } from '@wabus/contracts';
import { commandError, isPassing, jetStreamCode, storageError } from './broker-error.mapper.js';

const api = (code: number, status: number): JetStreamApiError =>
  new JetStreamApiError({ code: status, err_code: code, description: 'whatever it says' });

describe('the error of a command without a reply', () => {
  it.each([
    ['no subscribers', new errors.NoRespondersError('x'), 'NO_OWNER'],
    ['no subscribers, nested', new errors.RequestError('x', { cause: new errors.NoRespondersError('x') }), 'NO_OWNER'],
    ['no answer in time', new errors.TimeoutError(), 'TIMEOUT'],
    ['no answer in time, nested', new errors.RequestError('x', { cause: new errors.TimeoutError() }), 'TIMEOUT'],
    ['the connection is closed', new errors.ClosedConnectionError(), 'BROKER_UNAVAILABLE'],
    ['something that is not an error', 'odd', 'BROKER_UNAVAILABLE']
  ])('has its own code for each class: %s', (_what, thrown, code) => {
    const error = commandError(thrown);
    expect(error.code).toBe(code);
    expect(error.cause).toBe(thrown);
  });

  it('keeps a Wabus error', () => {
    const ours = new WabusError('PAYLOAD_TOO_LARGE');
    expect(commandError(ours)).toBe(ours);
  });
});

describe('storage that refuses', () => {
  it.each([
    ['too large for the stream', api(10054, 400), 'PAYLOAD_TOO_LARGE'],
    ['no leader', api(10008, 503), 'BROKER_UNAVAILABLE'],
    ['no responders', new errors.NoRespondersError('x'), 'BROKER_UNAVAILABLE'],
    ['no answer in time', new errors.TimeoutError(), 'BROKER_UNAVAILABLE']
  ])('is reported with a Wabus code: %s', (_what, thrown, code) => {
    expect(storageError(thrown).code).toBe(code);
  });

  it.each([
    ['no answer in time', new errors.TimeoutError(), true],
    ['no leader yet', api(10008, 503), true],
    ['no peers yet', api(10005, 400), true],
    ['a wrong configuration', api(10052, 400), false],
    ['more replicas than servers', api(10074, 500), false],
    ['a missing permission', new errors.PermissionViolationError('x', 'publish', 'x'), false],
    ['wrong credentials', new errors.AuthorizationError('x'), false]
  ])('is retried only if that can help: %s', (_what, thrown, passing) => {
    expect(isPassing(thrown)).toBe(passing);
  });

  it('has a JetStream code only if JetStream answered', () => {
    expect(jetStreamCode(api(10071, 400))).toBe(10071);
    expect(jetStreamCode(new Error('10071'))).toBeNull();
  });
});
