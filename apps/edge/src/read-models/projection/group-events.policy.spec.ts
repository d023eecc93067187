import { fold, GROUP, LID, OTHER, PN, type Step } from './fold.fixture.js';
import { modelKey } from './model-key.codec.js';

const whole = (group: object, epoch = 1): Step => ['groups.upsert', [{ id: GROUP, ...group }], epoch];
const change = (action: string, ...participants: unknown[]): Step => ['group-participants.update', { id: GROUP, action, participants }];
const group = (...steps: Step[]) => fold(steps).get(modelKey('group', GROUP))?.data;
const members = (...steps: Step[]) => group(...steps)?.['participants'];
const TWO = whole({ subject: 'Team', size: 2, participants: [{ id: PN, admin: 'superadmin' }, { id: OTHER }] });

describe('groups', () => {
  it('take the named fields and keep the others', () => {
    expect(group(TWO, ['groups.update', [{ id: GROUP, subject: 'Crew', announce: true }]])).toMatchObject({
      subject: 'Crew',
      announce: true,
      size: 2
    });
  });

  it.each<[string, Step, unknown[], number]>([
    ['added members', change('add', { id: '3@lid' }), [{ id: PN, admin: 'superadmin' }, { id: OTHER }, { id: '3@lid' }], 3],
    ['no member twice', change('add', { id: OTHER }), [{ id: PN, admin: 'superadmin' }, { id: OTHER }], 2],
    ['no removed members', change('remove', { id: OTHER }), [{ id: PN, admin: 'superadmin' }], 1],
    [
      'admins',
      change('promote', OTHER),
      [
        { id: PN, admin: 'superadmin' },
        { id: OTHER, admin: 'admin' }
      ],
      2
    ],
    ['demoted admins', change('demote', PN), [{ id: PN, admin: null }, { id: OTHER }], 2],
    ['the same after an action without members', change('modify', PN), [{ id: PN, admin: 'superadmin' }, { id: OTHER }], 2],
    [
      'the same after an action named like an object property',
      change('constructor', PN),
      [{ id: PN, admin: 'superadmin' }, { id: OTHER }],
      2
    ]
  ])('have the right members: %s', (_title, step, participants, size) => {
    expect(group(TWO, step)).toMatchObject({ participants, size });
  });

  it('recognize a member by either jid', () => {
    const mapping: Step = ['lid-mapping.update', { lid: LID, pn: PN }];
    expect(members(TWO, mapping, change('remove', { id: LID }))).toEqual([{ id: OTHER }]);
    expect(members(TWO, change('remove', { id: LID, phoneNumber: PN }))).toEqual([{ id: OTHER }]);
    expect(members(TWO, mapping, change('add', { id: LID }))).toHaveLength(2);
  });

  it('show which LID and number of members belong together', () => {
    const records = fold([whole({ participants: [{ id: LID, phoneNumber: PN }] })]);
    expect(records.get(modelKey('alias', LID))?.data).toEqual({ jid: PN });
    expect(records.get(modelKey('alias', PN))?.data).toEqual({ jid: LID });
  });

  it('without an event contain members who joined since', () => {
    expect(group(change('add', PN))).toEqual({ participants: [{ id: PN }] });
  });

  it('use earlier owners only to fill gaps', () => {
    const late: Step = ['groups.update', [{ id: GROUP, subject: 'Old', desc: 'why' }], 4];
    const gone: Step = ['group-participants.update', { id: GROUP, action: 'remove', participants: [PN] }, 4];
    expect(group(whole({ subject: 'Team', participants: [{ id: PN }] }, 5), late, gone)).toMatchObject({
      subject: 'Team',
      desc: 'why',
      participants: [{ id: PN }]
    });
  });

  it('keep the tags that members choose', () => {
    const tag: Step = ['group.member-tag.update', { groupId: GROUP, participant: LID, participantAlt: PN, label: 'chair' }];
    expect(members(TWO, tag)).toEqual([{ id: PN, admin: 'superadmin', memberTag: 'chair' }, { id: OTHER }]);
  });
});
